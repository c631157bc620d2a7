// What the person, the project, the environment and the command line say, as one immutable config.
import { join } from 'node:path';
import { AppError } from '../engine/errors.ts';
import type { Settings } from '../engine/face.ts';
import { type ConfigPart, type ConfiguredKeys, noConfigFile, readConfigFile } from './config-file.ts';
import { type ConfigKey, type ConfigValues, configKeys, type KeyRow } from './config-keys.ts';
import { parseValue } from './config-value.ts';
import { sizeContext } from './context-window.ts';
import type { Environment, Places } from './environment.ts';

export interface Config {
  /** By key, as in the documentation; durations in ms. */
  readonly values: ConfigValues;
  /** Keys of the open tables, by full key: `references.cli`. */
  readonly open: Readonly<Record<string, string>>;
  readonly bindings: readonly ConfiguredKeys[];
  /** What is wrong with a key of the person's file, as an error that names file and line. */
  readonly refuse: ConfigPart['refuse'];
  /** What the engine goes by. */
  readonly settings: Settings;
  /** From the environment alone: a file would end up in a backup or a repository. */
  readonly apiKey?: string;
}

export interface ConfigFlags {
  readonly model?: string;
  readonly effort?: string;
  readonly baseUrl?: string;
}

export interface ConfigSources {
  readonly places: Places;
  /** Root of the worktree, where `hullspeed.toml` may lie; absent where there is no repository. */
  readonly root?: string;
  readonly environment: Environment;
  readonly flags: ConfigFlags;
}

/** Defaults < person < project < environment < flags. Rejects with `AppError('config')` that says where and what. */
export async function loadConfig({ places, root, environment, flags }: ConfigSources): Promise<Config> {
  const { home } = places;
  const person = await readConfigFile({ path: join(places.config, 'config.toml'), whose: 'person', home });
  const project: ConfigPart =
    root === undefined
      ? noConfigFile
      : await readConfigFile({ path: join(root, 'hullspeed.toml'), whose: 'project', home });
  const said = {
    ...single('base_url', 'OPENAI_BASE_URL', environment.OPENAI_BASE_URL),
    ...single('model', '--model', flags.model),
    ...single('effort', '--effort', flags.effort),
    ...single('base_url', '--base-url', flags.baseUrl),
  };
  const values: ConfigValues = { ...defaults(), ...person.values, ...project.values, ...said };
  const apiKey = environment.OPENAI_API_KEY?.trim();
  return {
    values,
    open: { ...person.open, ...project.open },
    refuse: person.refuse,
    bindings: [...person.bindings, ...project.bindings],
    settings: toSettings(values),
    ...(apiKey && { apiKey }),
  };
}

function defaults(): ConfigValues {
  const entries = Object.entries<KeyRow>(configKeys).map(([key, row]) => [key, row.fallback]);
  return Object.fromEntries(entries) as ConfigValues;
}

/** A value that is not in a file; empty counts as not there, as is the custom with variables. */
function single(key: ConfigKey, source: string, raw: string | undefined): Partial<ConfigValues> {
  if (!raw) return {};
  const parsed = parseValue(configKeys[key].kind, raw, { home: '/', folder: '/' });
  if ('wrong' in parsed) throw new AppError('config', `${source} ${parsed.wrong}.`);
  return { [key]: parsed.value };
}

function priceOf(values: ConfigValues): Pick<Settings, 'price'> {
  const input = values['price.input'];
  if (input === undefined) return {};
  return {
    price: { input, cached: values['price.cached'] ?? input, output: values['price.output'] ?? input },
  };
}

function toSettings(values: ConfigValues): Settings {
  const configured = { contextWindow: values.context_window, compactAt: values.compact_at };
  return {
    model: values.model,
    effort: values.effort,
    autoShip: values.auto_ship,
    // The table's choices are these three.
    shipWhen: values['ship.when'] as Settings['shipWhen'],
    maxRed: values['ship.max_red'],
    maxSteps: values['turn.max_steps'],
    ...sizeContext(values.model, configured),
    testTimeoutMs: values['tests.timeout'],
    testSilenceMs: values['tests.silence'],
    speculative: values['tests.speculative'],
    patienceMs: values.patience,
    attribution: values.attribution,
    ...priceOf(values),
    restartOnShip: values['run.restart'] === 'ship',
  };
}
