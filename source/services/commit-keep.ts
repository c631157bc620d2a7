// Keeps what was worked out of a commit for its tests, so that the commit need not work it out again: 13 processes less.
import { readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { PathPlan } from '../engine/git-ports.ts';
import type { CommitSite } from './commit-content.ts';
import type { Staged } from './commit-stage.ts';
import { blobId } from './git-blob.ts';
import type { GitConfig } from './git-config.ts';
import { type IndexFile, nameIndex, readIndex, writeIndex } from './git-index.ts';
import type { GitPlace } from './git-place.ts';
import { lstatOrNull } from './git-status.ts';

/** A file that changed so shortly before it was read may change again without a trace in its times, in ms. */
const RACY_MS = 50;
const LARGE_BYTES = 64 * 2 ** 20;

export interface Kept {
  readonly staged: Staged;
  readonly config: GitConfig;
}

export interface Keeper {
  /** To be called before the paths are read; the result keeps what came of it. */
  begin(site: CommitSite, plans: readonly PathPlan[]): Promise<(staged: Staged) => Promise<void>>;
  /**
   * What was kept of these very plans, its index laid into `scratch`; undefined where the worktree's index or one of the
   * files is not what it was. Whether HEAD has moved is found out when the commit joins it.
   */
  take(plans: readonly PathPlan[], scratch: string): Promise<Kept | undefined>;
}

interface Keeping extends Kept {
  readonly plans: readonly PathPlan[];
  readonly prints: readonly Print[];
  /** The name of the worktree's index, and the private one. */
  readonly seen: string;
  readonly index: IndexFile | null;
}

export function createKeeper(place: GitPlace): Keeper {
  let last: Keeping | undefined;
  return {
    async begin({ config }, plans) {
      last = undefined;
      const seen = await nameIndex(place.gitDir);
      const prints = await Promise.all(plans.map(({ path }) => printOf(place.root, path)));
      return async (staged) => {
        last = { staged, config, plans, prints, seen, index: await readIndex(staged.index) };
      };
    },
    async take(plans, scratch) {
      const kept = last;
      last = undefined;
      if (kept === undefined || !isSame(kept.plans, plans)) return undefined;
      if ((await nameIndex(place.gitDir)) !== kept.seen) return undefined;
      const unchanged = await Promise.all(kept.prints.map((print) => isUnchanged(place.root, print)));
      if (!unchanged.every((each) => each)) return undefined;
      const index = join(scratch, 'kept-index');
      await writeIndex(index, kept.index);
      return { staged: { ...kept.staged, index }, config: kept.config };
    },
  };
}

/** A plan is an object of its own for each time that it is made. */
function isSame(kept: readonly PathPlan[], plans: readonly PathPlan[]): boolean {
  return kept.length === plans.length && kept.every((plan) => plans.includes(plan));
}

/** How a file is known again. */
interface Print {
  readonly path: string;
  readonly stat: string;
  /** Where its times may not tell. */
  readonly content?: string;
}

async function printOf(root: string, path: string): Promise<Print> {
  const stats = await lstatOrNull(join(root, path));
  const print = { path, stat: nameOf(stats) };
  if (stats === null || Date.now() - stats.ctimeMs > RACY_MS) return print;
  // What is too much to read twice, or cannot be read, is planned anew.
  if (stats.size > LARGE_BYTES) return { path, stat: 'large' };
  const content = await contentOf(join(root, path), stats).catch(() => undefined);
  return content === undefined ? { path, stat: 'unreadable' } : { ...print, content };
}

async function isUnchanged(root: string, { path, stat, content }: Print): Promise<boolean> {
  const stats = await lstatOrNull(join(root, path));
  if (nameOf(stats) !== stat) return false;
  return content === undefined || stats === null || content === (await contentOf(join(root, path), stats));
}

type Stats = NonNullable<Awaited<ReturnType<typeof lstatOrNull>>>;

function nameOf(stats: Stats | null): string {
  if (stats === null) return 'none';
  const { ino, size, mtimeMs, ctimeMs, mode } = stats;
  return `${ino} ${size} ${mtimeMs} ${ctimeMs} ${mode}`;
}

async function contentOf(path: string, stats: Stats): Promise<string> {
  if (stats.isFile()) return blobId(await readFile(path), 40);
  return stats.isSymbolicLink() ? readlink(path) : '';
}
