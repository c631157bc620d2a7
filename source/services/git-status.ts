// HEAD and the paths that differ from it, with what the disk says about each.
import type { Stats } from 'node:fs';
import { lstat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { sameStat } from '../engine/file-stat.ts';
import type { DirtyPath, Head, Status } from '../engine/git-ports.ts';
import type { Git } from './git.ts';
import { readHeadFast } from './git-head-stamp.ts';
import { nameIndex } from './git-index.ts';
import type { GitPlace } from './git-place.ts';

interface StatusEntry {
  readonly path: string;
  readonly xy: string;
  readonly submodule: boolean;
  readonly base?: DirtyPath['base'];
}

/** Untracked files each on their own; a repository inside the worktree counts as a submodule. Nothing is run inside of either. */
export async function readStatus(git: Git, gitDir: string): Promise<Status> {
  const index = await nameIndex(gitDir);
  const options = ['--untracked-files=all', '--ignore-submodules=dirty', '--no-renames', '--no-ahead-behind'];
  const fields = await git.fields(['status', '--porcelain=v2', '--branch', '-z', ...options]);
  const parents = new Map<string, Promise<number>>();
  return { head: parseHead(fields), dirty: await Promise.all(parseStatus(fields).map(withStats)), index };

  async function withStats(entry: StatusEntry): Promise<DirtyPath> {
    const path = join(git.root, entry.path);
    const [stats, parentCtimeMs] = await Promise.all([
      lstatOrNull(path),
      parentCtime(dirname(path), parents),
    ]);
    return { ...entry, stat: stats && numbers(stats), parentCtimeMs };
  }
}

/** Whether nothing that a look told of is another thing by now. */
export async function standsStill(place: GitPlace, look: Status): Promise<boolean> {
  const head = await readHeadFast(place);
  if (head === undefined || head.sha !== look.head.sha || head.branch !== look.head.branch) return false;
  const now = await Promise.all(look.dirty.map(({ path }) => readStat(place.root, path)));
  if (!look.dirty.every(({ stat }, at) => sameStat(stat, now[at]))) return false;
  return (await nameIndex(place.gitDir)) === look.index;
}

/** The headers `# branch.oid` and `# branch.head` of porcelain v2. */
export function parseHead(fields: readonly string[]): Head {
  const header = (name: string, none: string): string | null => {
    const start = `# branch.${name} `;
    const value = fields.find((field) => field.startsWith(start))?.slice(start.length);
    return value === undefined || value === none ? null : value;
  };
  return { sha: header('oid', '(initial)'), branch: header('head', '(detached)') };
}

/** Porcelain v2 with `-z` and without renames: `1` changed, `u` unmerged, `?` untracked. */
export function parseStatus(fields: readonly string[]): StatusEntry[] {
  const entries: StatusEntry[] = [];
  const unstaged = new Map<string, DirtyPath['base']>();
  for (const field of fields) {
    const words = field.split(' ');
    const [kind, xy = '', sub = ''] = words;
    const after = (count: number): string => words.slice(count).join(' ');
    const submodule = sub.startsWith('S');
    if (kind === '1') {
      const [path, base] = [after(8), baseOf(words)];
      entries.push({ path, xy, submodule, base });
      if (xy.startsWith('D')) unstaged.set(path, base);
    }
    if (kind === 'u') entries.push({ path: after(10), xy, submodule });
    if (kind === '?') {
      const path = field.slice(2).replace(/\/$/, '');
      // Taken out of the index and still there: git lists it twice, the tracked one first.
      entries.push({ path, xy: '??', submodule: field.endsWith('/'), base: unstaged.get(path) ?? null });
    }
  }
  return entries;
}

/** `1 XY sub mH mI mW hH hI path`. */
function baseOf(words: readonly string[]): DirtyPath['base'] {
  const [, , , mode = '', , , oid = ''] = words;
  return /^0+$/.test(mode) ? null : { mode, oid };
}

/** A path below something that is no directory any more is gone, too. */
export async function lstatOrNull(path: string): Promise<Stats | null> {
  try {
    return await lstat(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) {
      return null;
    }
    throw error;
  }
}

/** Null where nothing is. */
export async function readStat(root: string, path: string): Promise<DirtyPath['stat']> {
  const stats = await lstatOrNull(join(root, path));
  return stats && numbers(stats);
}

function numbers(stats: Stats): NonNullable<DirtyPath['stat']> {
  const { size, mtimeMs, ctimeMs, ino, mode } = stats;
  return { size, mtimeMs, ctimeMs, ino, mode };
}

function parentCtime(directory: string, known: Map<string, Promise<number>>): Promise<number> {
  const found = known.get(directory);
  if (found !== undefined) return found;
  const asked = lstatOrNull(directory).then((stats) =>
    stats ? stats.ctimeMs : parentCtime(dirname(directory), known),
  );
  known.set(directory, asked);
  return asked;
}
