// Changes the worktree's index by git's own protocol: `index.lock` first, then a rename.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { constants, copyFile, link, open, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { copyIndex } from './git-index.ts';
import { LOCK_TWIN } from './git-scratch.ts';

/** Others hold it for milliseconds, and may want it again as soon. */
const POLL_MS = 5;

export interface IndexLock {
  /** Waits for another git to give it back; false when it has not done so after `waitMs`. */
  take(waitMs: number, signal?: AbortSignal): Promise<boolean>;
  /** The file that the index will be like; on disk when it resolves. May be called before `take`, to hold the lock more briefly. */
  fill(path: string): Promise<void>;
  /** The content becomes the index, and the lock is free. */
  install(): Promise<void>;
  /** Frees the lock where it was taken; the index stays as it was. */
  release(): Promise<void>;
}

export function createIndexLock(gitDir: string, scratch: string): IndexLock {
  const lock = join(gitDir, 'index.lock');
  const twin = join(scratch, LOCK_TWIN);
  let taken = false;

  return {
    async take(waitMs, signal) {
      const until = performance.now() + waitMs;
      await (await open(twin, 'a')).close();
      while (!taken) {
        signal?.throwIfAborted();
        taken = await tryLink(twin, lock);
        if (taken || performance.now() > until) break;
        await sleep(POLL_MS);
      }
      return taken;
    },
    async fill(path) {
      const mode = (await stat(join(gitDir, 'index')).catch(() => null))?.mode;
      const to = taken ? lock : twin;
      await copyIndex(path, to);
      await using file = await open(to, 'r+');
      // A shared repository's index may be open to more people than our umask says.
      if (mode !== undefined) await file.chmod(mode);
      await file.sync();
    },
    async install() {
      // What is the index from now on must not have a second name.
      await rm(twin, { force: true });
      await rename(lock, join(gitDir, 'index'));
      taken = false;
    },
    async release() {
      if (taken) await rm(lock, { force: true });
      taken = false;
    },
  };
}

/** What an index will be. */
export interface NextIndex {
  /** Of a file that nobody writes any more. */
  readonly path: string;
  /** By this the lock of a commit that was cut off is known again. */
  readonly fingerprint: string;
}

/** Of an index that a commit has built at this path. */
export async function nextIndex(path: string): Promise<NextIndex> {
  return { path, fingerprint: await fingerprintOf(path) };
}

/** Piece by piece: an index of 100,000 files has 8 MB, which in one would hold the loop for 40 ms. */
async function fingerprintOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash, { end: false });
  return hash.digest('hex');
}

/** Ends what a killed process began: its lock becomes the index, or goes. Any other lock is left alone. */
export async function settleLock(
  gitDir: string,
  fingerprint: string | undefined,
  outcome: 'install' | 'remove',
): Promise<void> {
  const lock = join(gitDir, 'index.lock');
  const found = await fingerprintOf(lock).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (found === null || found !== fingerprint) return;
  if (outcome === 'install') await rename(lock, join(gitDir, 'index'));
  else await rm(lock, { force: true });
}

/** A hard link fails where a lock exists, as O_EXCL does, and says whose lock it is even after a crash. */
async function tryLink(twin: string, lock: string): Promise<boolean> {
  try {
    await link(twin, lock).catch(async (error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') throw error;
      // A file system without hard links. The time belongs to it: see `copyIndex`.
      const { atime, mtime } = await stat(twin);
      await copyFile(twin, lock, constants.COPYFILE_EXCL);
      await utimes(lock, atime, mtime);
    });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}
