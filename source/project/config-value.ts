// Turns a value as it stands in a file, the environment or a flag into one that the program uses.
import { resolve } from 'node:path';
import type { Kind } from './config-keys.ts';
import { nearest } from './nearest.ts';

export interface ValueContext {
  readonly home: string;
  /** Where relative folders begin. */
  readonly folder: string;
}

/** The value, or what is wrong with it and how it would be right. */
export type Parsed = { readonly value: unknown } | { readonly wrong: string };

export function parseValue(kind: Kind, raw: unknown, context: ValueContext): Parsed {
  switch (kind.of) {
    case 'text':
      return typeof raw === 'string' ? { value: raw } : { wrong: 'must be text in quotes' };
    case 'url':
      return isHttpUrl(raw) ? { value: raw } : { wrong: 'must be a URL like "http://localhost:11434/v1"' };
    case 'flag':
      return typeof raw === 'boolean' ? { value: raw } : { wrong: 'must be true or false' };
    case 'count':
      return Number.isInteger(raw) && Number(raw) > 0
        ? { value: raw }
        : { wrong: 'must be a whole number above 0' };
    case 'seconds':
      return isDuration(raw)
        ? { value: raw * 1_000 }
        : { wrong: 'must be a number of seconds above 0, without a unit' };
    case 'dollars':
      return typeof raw === 'number' && raw >= 0 && raw < 1e6
        ? { value: raw }
        : { wrong: 'must be a number of dollars like 1.25' };
    case 'texts':
      return isTexts(raw) ? { value: raw } : { wrong: 'must be a list of texts like ["a", "b"]' };
    case 'suites':
      return parseSuites(raw);
    case 'keys':
      return typeof raw === 'string' || isTexts(raw)
        ? { value: [raw].flat() }
        : { wrong: 'must be a key like "ctrl+r", or a list of keys; [] for none' };
    case 'folders':
      return isTexts(raw)
        ? { value: raw.map((path) => expand(path, context)) }
        : { wrong: 'must be a list of folders like ["~/Projects"]' };
    case 'choice':
      return typeof raw === 'string' && kind.among.includes(raw)
        ? { value: raw }
        : { wrong: describeChoice(kind.among, raw) };
    default:
      return kind satisfies never;
  }
}

function parseSuites(raw: unknown): Parsed {
  const right =
    '[[tests.suites]] with paths = ["web/**"], command = "npm test" and, if need be, folder = "web"';
  if (!Array.isArray(raw)) return { wrong: `must be tables: ${right}` };
  const suites = raw.flatMap((table: Readonly<Record<string, unknown>>) => {
    const { paths, command, folder = '.', ...rest } = table ?? {};
    const whole = isTexts(paths) && paths.length > 0 && typeof command === 'string' && command.trim() !== '';
    if (!whole || !isFolderInside(folder) || Object.keys(rest).length > 0) return [];
    return [{ paths, command: command.trim(), folder: folder.replace(/^\.\/|\/$/g, '') || '.' }];
  });
  return suites.length === raw.length ? { value: suites } : { wrong: `must be ${right}, and nothing else` };
}

/** Relative, and not out of the repository. */
function isFolderInside(raw: unknown): raw is string {
  return (
    typeof raw === 'string' && raw !== '' && !/^[/~]|[\0-\x1f]/.test(raw) && !raw.split('/').includes('..')
  );
}

function describeChoice(among: readonly string[], raw: unknown): string {
  const all = `must be one of ${among.map((each) => `"${each}"`).join(', ')}`;
  return typeof raw === 'string' ? `${all}; the nearest is "${nearest(raw, among)}"` : all;
}

function expand(path: string, { home, folder }: ValueContext): string {
  return path === '~' || path.startsWith('~/') ? resolve(home, path.slice(2)) : resolve(folder, path);
}

function isTexts(raw: unknown): raw is string[] {
  return Array.isArray(raw) && raw.every((each) => typeof each === 'string');
}

/** Up to what a timer can hold. */
function isDuration(raw: unknown): raw is number {
  return typeof raw === 'number' && raw > 0 && raw <= 2_000_000;
}

function isHttpUrl(raw: unknown): boolean {
  return typeof raw === 'string' && /^https?:$/.test(URL.parse(raw)?.protocol ?? '');
}
