// The session of the repository around a directory, found by looking at files alone: git's own answer takes a process,
// and the first frame is drawn before one is started.
import { readdirSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { readHome } from './home.ts';
import { readSmall } from './private-files.ts';

/** In the git directory. */
export const ID_FILE = 'hullspeed-session';
/** Of that file, and of a `.git` that is one. */
const MOST_BYTES = 10_000;

/** Undefined where there is none yet, or where only git can say which it is. Throws what the file system throws. */
export function knownSession(stateRoot: string, cwd: string, name?: string): string | undefined {
  const gitDir = gitDirAbove(realpathSync(cwd));
  const id = gitDir && readId(join(gitDir, ID_FILE));
  if (id === undefined) return undefined;
  const known = directoriesIn(stateRoot).find((entry) => entry.endsWith(endingOf(id, name)));
  const directory = known && join(stateRoot, known);
  return directory && readHome(directory) === gitDir ? directory : undefined;
}

/** What tells a session's directory from all others; before it stands what people know it by. */
export function endingOf(id: string, name?: string): string {
  return name === undefined ? `-${id}` : `-${id}-${name}`;
}

export function readId(file: string): string | undefined {
  const text = readSmall(file, MOST_BYTES)?.trim() ?? '';
  return /^[0-9a-f]{12}$/.test(text) ? text : undefined;
}

export function directoriesIn(path: string): string[] {
  try {
    const entries = readdirSync(path, { withFileTypes: true });
    return entries
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name)
      .sort();
  } catch {
    return [];
  }
}

/** A worktree beside the first one has a file instead, which says where its directory is (gitrepository-layout(5)). */
function gitDirAbove(directory: string): string | undefined {
  const path = join(directory, '.git');
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat?.isDirectory()) return path;
  if (stat !== undefined) {
    const told = /^gitdir: (.+)\n?$/.exec(readSmall(path, MOST_BYTES) ?? '')?.[1];
    return told && realpathSync(resolve(directory, told));
  }
  const above = dirname(directory);
  return above === directory ? undefined : gitDirAbove(above);
}
