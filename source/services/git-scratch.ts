// A folder in the git directory for private indexes and messages, and what is done about those of killed processes.
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';

const PREFIX = 'hullspeed-';
/** Ours hold a lock for milliseconds. Younger ones are left alone: pids of another container mean nothing here. */
const ABANDONED_MS = 10_000;

/** The name of the file in a scratch folder that `index.lock` is a hard link of while it is ours. */
export const LOCK_TWIN = 'lock';

/** Gives `work` a folder of its own and removes it afterwards. */
export async function withScratch<T>(gitDir: string, work: (scratch: string) => Promise<T>): Promise<T> {
  await sweepScratches(gitDir);
  const scratch = await mkdtemp(join(gitDir, `${PREFIX}${process.pid}-`));
  try {
    return await work(scratch);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** Removes the folders of processes that are gone, and `index.lock` where one of them left it behind. */
export async function sweepScratches(gitDir: string): Promise<void> {
  for (const name of await readdir(gitDir)) {
    const scratch = join(gitDir, name);
    if (!(await isAbandoned(scratch))) continue;
    const lock = join(gitDir, 'index.lock');
    if (await isSameFile(lock, join(scratch, LOCK_TWIN))) await rm(lock, { force: true });
    await rm(scratch, { recursive: true, force: true });
  }
}

async function isAbandoned(scratch: string): Promise<boolean> {
  const pid = Number(new RegExp(`^${PREFIX}(\\d+)-`).exec(basename(scratch))?.[1] ?? 0);
  if (pid === 0) return false;
  const changedMs = (await stat(scratch).catch(() => null))?.mtimeMs ?? Date.now();
  // Containers give the same pid again and again.
  if (pid === process.pid) return changedMs < performance.timeOrigin;
  return Date.now() - changedMs > ABANDONED_MS && !isAlive(pid);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
}

async function isSameFile(a: string, b: string): Promise<boolean> {
  const [one, other] = await Promise.all(
    [a, b].map((path) => stat(path, { bigint: true }).catch(() => null)),
  );
  return one != null && other != null && one.ino === other.ino && one.dev === other.dev;
}
