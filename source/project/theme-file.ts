// A theme of the person's own: a JSON file in their config folder, found by its name.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readText } from './read-text.ts';

export type ThemeFile =
  | {
      readonly path: string;
      readonly source: unknown;
      /** The line on which a word stands in it, from 1; 1 where it does not. */
      lineOf(word: string): number;
    }
  /** Why it cannot be used, and where. */
  | { readonly path: string; readonly wrong: string; readonly line: number }
  /** There is none; the names of those that are there. */
  | { readonly names: readonly string[] };

/** `config`: the person's config folder, where `themes/NAME.json` lies. */
export async function readThemeFile(config: string, name: string): Promise<ThemeFile> {
  const folder = join(config, 'themes');
  const names = (await readdir(folder).catch(() => []))
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.slice(0, -'.json'.length));
  if (!names.includes(name)) return { names };
  const path = join(folder, `${name}.json`);
  const text = await readText(path);
  if (text === undefined) return { path, line: 1, wrong: 'cannot be read' };
  try {
    const source: unknown = JSON.parse(text);
    return { path, source, lineOf: (word) => lineOf(text, JSON.stringify(word)) };
  } catch (error) {
    // The parser says where for some mistakes alone.
    const line = Number(/line (\d+)/.exec(String(error))?.[1] ?? 1);
    const reason = /Error: ([^,]+)/.exec(String(error))?.[1];
    return { path, line, wrong: `is not valid JSON${reason ? ` (${reason})` : ''}` };
  }
}

function lineOf(text: string, word: string): number {
  const at = text.indexOf(word);
  return at < 0 ? 1 : text.slice(0, at).split('\n').length;
}
