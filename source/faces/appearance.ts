// What the person's config makes of the screen: read before anything is opened, so that a mistake is a plain error.
import { AppError } from '../engine/errors.ts';
import type { Config } from '../project/config.ts';
import { nearest } from '../project/nearest.ts';
import { readThemeFile } from '../project/theme-file.ts';
import type { ThemeChoice, ThemeName } from '../ui/choose-theme.ts';
import type { Keymap } from '../ui/keymap.ts';
import { makeKeymap, type Preset } from '../ui/rebind.ts';
import { loadTheme, ThemeError, themeSources } from '../ui/theme.ts';
import type { Program } from '../wire.ts';

export interface Appearance {
  readonly keymap: Keymap;
  readonly theme: ThemeChoice;
  readonly mouse: boolean;
  readonly notify: boolean;
  readonly reducedMotion: boolean;
}

/** Rejects with `AppError('config')`, which names file, line and the nearest right name. */
export async function readAppearance({ places, environment }: Program, config: Config): Promise<Appearance> {
  const { values } = config;
  return {
    keymap: readKeymap(config),
    theme: await readTheme(places.config, config),
    mouse: values.mouse,
    notify: values.notify,
    reducedMotion: values.reduced_motion || Boolean(environment.ACCESSIBLE),
  };
}

function readKeymap({ values, bindings }: Config): Keymap {
  // The config's choices are the presets there are.
  const keymap = makeKeymap(values.keys as Preset, bindings);
  if (!('refused' in keymap)) return keymap;
  const { wish, reason, word, among } = keymap.refused;
  const said = bindings.find(({ where, action }) => where === wish.where && action === wish.action);
  throw said?.refuse(reason + guess(word, among)) ?? new AppError('config', `${reason}.`);
}

async function readTheme(folder: string, { values, refuse }: Config): Promise<ThemeChoice> {
  const name = values.theme;
  const shipped = ['auto', ...Object.keys(themeSources)];
  if (shipped.includes(name)) return name as ThemeName;
  const file = await readThemeFile(folder, name);
  if ('names' in file)
    throw refuse(
      'theme',
      `there is no theme ${JSON.stringify(name.slice(0, 40))}${guess(name, [...shipped, ...file.names])}; your own are in ${folder}/themes`,
    );
  if ('wrong' in file) throw new AppError('config', `${file.path}:${file.line}: ${file.wrong}.`);
  try {
    loadTheme(file.source, 3);
  } catch (error) {
    if (!(error instanceof ThemeError)) throw error;
    const { message, at, word, among } = error;
    throw new AppError('config', `${file.path}:${file.lineOf(at)}: ${message}${guess(word, among)}.`);
  }
  return { own: file.source };
}

function guess(word = '', among: readonly string[] | undefined): string {
  return among === undefined ? '' : `; the nearest is "${nearest(word, among)}"`;
}
