// Entries of an index or a tree, and how private indexes are made of them.
import { copyFile, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Git } from './git.ts';

/** What stands at a path: a blob and its mode (`100644`, `100755`, `120000`), or a commit (`160000`). */
export interface Entry {
  readonly mode: string;
  readonly oid: string;
}

/** Null: no file at that path. */
export type Entries = ReadonlyMap<string, Entry | null>;

/** Bytes of paths on one command line; Linux allows some 2 MB in all. */
const ARGUMENT_BYTES = 100_000;

export function sameEntry(a: Entry | null | undefined, b: Entry | null | undefined): boolean {
  return a?.mode === b?.mode && a?.oid === b?.oid;
}

/** Entries of these very paths; unmerged ones are not there. */
export async function readEntries(
  git: Git,
  paths: readonly string[],
  index: string,
): Promise<Map<string, Entry>> {
  const wanted = new Set(paths);
  const entries = new Map<string, Entry>();
  for (const some of chunks(paths)) {
    for (const [path, entry] of parseListing(
      await git.fields(['ls-files', '-s', '-z', '--', ...some], { index }),
    )) {
      if (wanted.has(path)) entries.set(path, entry);
    }
  }
  return entries;
}

/** The lines of `ls-files -s -z`, stage 0 alone. */
export function* parseListing(fields: Iterable<string>): Generator<[string, Entry]> {
  for (const field of fields) {
    const tab = field.indexOf('\t');
    const [mode = '', oid = '', stage] = field.slice(0, tab).split(' ');
    if (stage === '0') yield [field.slice(tab + 1), { mode, oid }];
  }
}

/** Puts entries into an index; what stands in a new file's way (a file where its folder is) goes. */
export async function stageEntries(
  git: Git,
  entries: Entries,
  index: string,
  hexDigits: number,
  signal?: AbortSignal,
): Promise<void> {
  const gone = (entry: Entry | null): boolean => entry === null;
  const lines = [...entries]
    .sort(([, a], [, b]) => Number(gone(b)) - Number(gone(a)))
    .map(([path, entry]) =>
      entry ? `${entry.mode} ${entry.oid}\t${path}\0` : `0 ${'0'.repeat(hexDigits)}\t${path}\0`,
    );
  if (lines.length > 0) {
    await git.run(['update-index', '-z', '--index-info'], { index, input: lines.join(''), signal });
  }
}

/** Makes an index hold a tree. Built upon a copy of the worktree's, it still knows which files on disk are unchanged. */
export async function readTreeInto(git: Git, tree: string | null, index: string): Promise<void> {
  await git.run(tree === null ? ['read-tree', '--empty'] : ['read-tree', '--reset', tree], { index });
}

/**
 * Another file has another name: git never writes into an index, it puts a new one in its place. Within one tick of the
 * file system's clock a new one may have the number of the old one again: see `nameSettled`.
 */
export async function nameIndex(gitDir: string): Promise<string> {
  const now = await stat(join(gitDir, 'index'), { bigint: true }).catch(() => null);
  return now ? `${now.ino} ${now.size} ${now.mtimeNs} ${now.ctimeNs}` : 'none';
}

/** A tick is 1 to 4 ms on ext4, XFS, Btrfs and APFS. */
const TICK_MS = 20;

/** The same, from when on whatever changes it changes its name too. */
export async function nameSettled(gitDir: string): Promise<string> {
  const ctimeMs = (await stat(join(gitDir, 'index')).catch(() => null))?.ctimeMs ?? 0;
  const ageMs = Date.now() - ctimeMs;
  if (ageMs >= 0 && ageMs < TICK_MS) await sleep(TICK_MS - ageMs);
  return nameIndex(gitDir);
}

/** 100 bytes an entry, about: above it a status takes more than 70 ms, and one of 100,000 files 370. */
const LARGE_BYTES = 2_000_000;

export async function isLarge(gitDir: string): Promise<boolean> {
  const found = await stat(join(gitDir, 'index')).catch(() => null);
  return found !== null && found.size > LARGE_BYTES;
}

/**
 * Copies an index; false where there is none, and none is left then. Its time belongs to it: a file written in the same
 * second as the index, or later, is read again by git, for its times and size alone may not show a change ("racy git"). A
 * copy with a newer time would hide that change.
 */
export async function copyIndex(from: string, to: string): Promise<boolean> {
  try {
    // The time first: where the file is replaced between the two, git reads more than it has to.
    const written = Math.floor((await stat(from)).mtimeMs / 1000);
    await copyFile(from, to);
    await utimes(to, written, written);
    return true;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    await rm(to, { force: true });
    return false;
  }
}

function* chunks(paths: readonly string[]): Generator<string[]> {
  let chunk: string[] = [];
  let bytes = 0;
  for (const path of paths) {
    if (bytes > ARGUMENT_BYTES) {
      yield chunk;
      chunk = [];
      bytes = 0;
    }
    chunk.push(path);
    bytes += Buffer.byteLength(path) + 1;
  }
  if (chunk.length > 0) yield chunk;
}
