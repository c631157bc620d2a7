// Changes the worktree's index by git's own protocol: `index.lock` first, then a rename.
import { constants, copyFile, link, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type IndexFile, readIndex } from './git-index.ts';
import { LOCK_TWIN } from './git-scratch.ts';

/** Others hold it for milliseconds, and may want it again as soon. */
const POLL_MS = 5;

export interface IndexLock {
  /** Waits for another git to give it back; false when it has not done so after `waitMs`. */
  take(waitMs: number, signal?: AbortSignal): Promise<boolean>;
  /** What the index will be; on disk when it resolves. May be called before `take`, to hold the lock more briefly. */
  fill(index: IndexFile): Promise<void>;
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
    async fill({ content, written }) {
      const mode = (await stat(join(gitDir, 'index')).catch(() => null))?.mode;
      await using file = await open(taken ? lock : twin, 'w', 0o666);
      // A shared repository's index may be open to more people than our umask says.
      if (mode !== undefined) await file.chmod(mode);
      await file.writeFile(content);
      await file.utimes(written, written);
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
export interface NextIndex extends IndexFile {
  /** By this the lock of a commit that was cut off is known again. */
  readonly fingerprint: string;
}

/** Of an index that a commit has built at this path. */
export async function readNext(path: string): Promise<NextIndex> {
  const index = await readIndex(path);
  if (index === null) throw new Error(`git wrote no index at ${path}`);
  return { ...index, fingerprint: await fingerprintOf(index.content) };
}

/** Beside the event loop, which the 8 MB of 100,000 files would hold for 40 ms. */
async function fingerprintOf(content: IndexFile['content']): Promise<string> {
  return Buffer.from(await crypto.subtle.digest('SHA-256', content)).toString('hex');
}

/** Ends what a killed process began: its lock becomes the index, or goes. Any other lock is left alone. */
export async function settleLock(
  gitDir: string,
  fingerprint: string | undefined,
  outcome: 'install' | 'remove',
): Promise<void> {
  const lock = join(gitDir, 'index.lock');
  const content = await readOrNull(lock);
  if (content === null || (await fingerprintOf(content)) !== fingerprint) return;
  if (outcome === 'install') await rename(lock, join(gitDir, 'index'));
  else await rm(lock, { force: true });
}

/** A hard link fails where a lock exists, as O_EXCL does, and says whose lock it is even after a crash. */
async function tryLink(twin: string, lock: string): Promise<boolean> {
  try {
    await link(twin, lock).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') throw error;
      // A file system without hard links.
      return copyFile(twin, lock, constants.COPYFILE_EXCL);
    });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

async function readOrNull(path: string): Promise<IndexFile['content'] | null> {
  return readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
}
