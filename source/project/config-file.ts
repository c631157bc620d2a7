// Reads one config file, and says of anything wrong in it where it stands and what would be right.
import { access } from 'node:fs/promises';
import { dirname } from 'node:path';
import { parse, TomlError } from 'smol-toml';
import { AppError } from '../engine/errors.ts';
import {
  type ConfigKey,
  type ConfigValues,
  configKeys,
  type KeyRow,
  type OpenTable,
  openTables,
} from './config-keys.ts';
import { parseValue } from './config-value.ts';
import { nearest } from './nearest.ts';
import { readText } from './read-text.ts';

/** `open`: by full key, `references.cli`. */
export interface ConfigPart {
  readonly values: Partial<ConfigValues>;
  readonly open: Readonly<Record<string, string>>;
  readonly bindings: readonly ConfiguredKeys[];
  /** What is wrong with the value of a key, as an error that names file and line. */
  refuse(key: ConfigKey, reason: string): AppError;
}

/** Keys for an action, `[bindings.tests] "run tests" = ["R"]`. What places and actions there are is for the screen to say. */
export interface ConfiguredKeys {
  readonly where: string;
  readonly action: string;
  readonly keys: readonly string[];
  /** What is wrong with them, as an error that names file and line. */
  refuse(reason: string): AppError;
}

export interface ConfigFile {
  readonly path: string;
  /** The person's own file may say everything, the project's only what cannot widen it. */
  readonly whose: 'person' | 'project';
  readonly home: string;
}

type Table = Readonly<Record<string, unknown>>;

/** More than anybody writes; the search for a mistake's line takes its square. */
const CHARACTERS = 32_768;

/** Empty where there is no such file. Rejects with `AppError('config')` that names file and line. */
export async function readConfigFile({ path, whose, home }: ConfigFile): Promise<ConfigPart> {
  const text = await readText(path);
  if (text === undefined && (await exists(path)))
    throw wrong(path, 1, 'cannot be read; see what kind of file it is, and its permissions');
  return text === undefined ? noConfigFile : readParts(text, { path, whose, home });
}

/** What a file says that is not there. */
export const noConfigFile: ConfigPart = {
  values: {},
  open: {},
  bindings: [],
  refuse: (key, reason) => new AppError('config', `${key}: ${reason}.`),
};

function readParts(text: string, { path, whose, home }: ConfigFile): ConfigPart {
  const values: Record<string, unknown> = {};
  const open: Record<string, string> = {};
  const bindings: ConfiguredKeys[] = [];
  if (text.length > CHARACTERS)
    throw wrong(path, 1, `has more than ${CHARACTERS} characters; a config file is shorter`);
  for (const [keys, raw] of leaves(parseToml(path, text), [])) {
    const key = keys.join('.');
    const refuse = (reason: string): AppError => wrong(path, findLine(text, keys), reason);
    const row = rowOf(key);
    const table = openTableOf(keys);
    const known = row ?? table;
    if (known === undefined) throw refuse(describeUnknown(key));
    if (whose === 'project' && !known.project) throw refuse(describeRefused(key));
    const parsed = parseValue(row?.kind ?? table?.kind ?? { of: 'text' }, raw, {
      home,
      folder: dirname(path),
    });
    if ('wrong' in parsed) throw refuse(`${quote(key)} ${parsed.wrong}`);
    const [above, where = '', action = ''] = keys;
    if (row !== undefined) values[key] = parsed.value;
    else if (above !== 'bindings') open[key] = String(parsed.value);
    else bindings.push({ where, action, keys: parsed.value as string[], refuse });
  }
  return {
    values,
    open,
    bindings,
    refuse: (key, reason) => wrong(path, findLine(text, key.split('.')), reason),
  };
}

function parseToml(path: string, text: string): Table {
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const reason = error.message.split('\n', 1)[0]?.replace(/^Invalid TOML document: /, '');
    throw wrong(path, error.line, `is not valid TOML (${reason})`);
  }
}

/** Keys with their values, tables resolved; the value of a known key may itself be a table, which is then wrong. */
function leaves(table: Table, above: readonly string[]): [readonly string[], unknown][] {
  return Object.entries(table).flatMap(([key, value]): [readonly string[], unknown][] => {
    const keys = [...above, key];
    const name = keys.join('.');
    const isLeaf =
      rowOf(name) !== undefined || !isTable(value) || (Object.keys(value).length === 0 && !isTableName(name));
    return isLeaf ? [[keys, value]] : leaves(value, keys);
  });
}

function isTable(value: unknown): value is Table {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}

/** By own properties alone: a file may well say `constructor`. */
function rowOf(key: string): KeyRow | undefined {
  return Object.hasOwn(configKeys, key) ? configKeys[key as ConfigKey] : undefined;
}

function openTableOf(keys: readonly string[]): OpenTable | undefined {
  const [name] =
    Object.entries(openTables).find(([table, { depth = 1 }]) => keys.slice(0, -depth).join('.') === table) ??
    [];
  return name === undefined ? undefined : openTables[name];
}

function isTableName(name: string): boolean {
  return readable().some((key) => key === name || key.startsWith(`${name}.`));
}

function readable(): string[] {
  return [...Object.keys(configKeys), ...Object.keys(openTables)];
}

function describeUnknown(key: string): string {
  if (isTableName(key))
    return `${quote(key)} is a table; write [${key}] on a line of its own and its keys below`;
  if (key.startsWith('bindings.'))
    return `${quote(key)} is not bound anywhere; write the place on a line of its own, like [bindings.everywhere], and the action below`;
  return `there is no key ${quote(key)}; the nearest is "${nearest(key, readable())}"`;
}

function describeRefused(key: string): string {
  return `${quote(key)} is not read from a project, because a repository must not widen what you allow; set it in your own config.toml`;
}

/** A name out of a file that anybody may have written, fit for a terminal. */
function quote(key: string): string {
  return JSON.stringify(key.slice(0, 100));
}

/**
 * The line on which a key begins. The parser gives no places, so the shortest beginning of the file that parses and
 * has the key ends with it, and it begins after the longest such beginning that does not have it.
 */
function findLine(text: string, keys: readonly string[]): number {
  const lines = text.split('\n');
  let before = 0;
  for (let count = 1; count <= lines.length; count += 1) {
    const table = parseOrUndefined(lines.slice(0, count).join('\n'));
    if (table === undefined) continue;
    if (hasKey(table, keys)) return before + 1;
    before = count;
  }
  return 1;
}

function parseOrUndefined(text: string): Table | undefined {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}

function hasKey(table: Table, [key, ...rest]: readonly string[]): boolean {
  if (key === undefined) return true;
  const value = Object.hasOwn(table, key) ? table[key] : undefined;
  return value !== undefined && (rest.length === 0 || (isTable(value) && hasKey(value, rest)));
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

function wrong(path: string, line: number, reason: string): AppError {
  return new AppError('config', `${path}:${line}: ${reason}.`);
}
