// Which git directory a session belongs to, so that a copy of a repository does not take its original's session along.
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { readFile, replaceFile } from './private-files.ts';

const HOME_FILE = 'repository';

/** The git directory that the session was opened from last. For the lock's holder alone. */
export function keepHome(directory: string, gitDir: string): void {
  if (readHome(directory) !== gitDir) replaceFile(join(directory, HOME_FILE), Buffer.from(`${gitDir}\n`));
}

/** Whether the session lives on in another git directory than this one: `has` says whether one still holds its id. */
export function livesElsewhere(directory: string, gitDir: string, has: (gitDir: string) => boolean): boolean {
  const home = readHome(directory);
  return home !== undefined && home !== gitDir && has(home) && !isSame(home, gitDir);
}

export function readHome(directory: string): string | undefined {
  return readFile(join(directory, HOME_FILE))?.toString().replace(/\n$/, '') || undefined;
}

/** One directory may have several names: by links, by mounts. */
function isSame(a: string, b: string): boolean {
  const [one, other] = [a, b].map((path) => statSync(path, { bigint: true, throwIfNoEntry: false }));
  return one !== undefined && other !== undefined && one.ino === other.ino && one.dev === other.dev;
}
