// The root of a project as detectors see it: which files there are, and what small ones say.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readText } from './read-text.ts';
import type { Seen } from './seen.ts';

export interface Root {
  has(name: string): boolean;
  /** '' where there is no such file. */
  read(name: string): Promise<string>;
  /** Names in a folder of the root; none where there is no such folder. */
  list(folder: string): Promise<readonly string[]>;
}

/** `seen`: told what is read. */
export async function openRoot(folder: string, seen?: Seen): Promise<Root> {
  const note = (path: string): string => {
    seen?.note(path);
    return path;
  };
  const list = (inner: string): Promise<string[]> => readdir(note(join(folder, inner))).catch(() => []);
  const names = new Set(await list('.'));
  return {
    has: (name) => names.has(name),
    read: async (name) => (names.has(name) && (await readText(note(join(folder, name))))) || '',
    list,
  };
}
