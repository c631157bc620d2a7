// Keeps what was worked out of a commit, so that neither its ship nor the commit itself need work it out again: 13 processes less.
import { readFile, readlink, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { DirtyPath, PathPlan, Status } from '../engine/git-ports.ts';
import type { Staged } from './commit-stage.ts';
import { blobId } from './git-blob.ts';
import type { GitConfig } from './git-config.ts';
import { copyIndex, nameIndex } from './git-index.ts';
import { sameContent } from './git-merge.ts';
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
  /** Reads the paths by `work`, which may keep what comes of it. */
  during<T>(
    plans: readonly PathPlan[],
    work: (keep: (kept: Kept) => Promise<void>) => Promise<T>,
  ): Promise<T>;
  /**
   * What was kept of the same plans, once work on them that goes on is done; undefined where the worktree's index or one of
   * the files is not what it was. Whether HEAD has moved is found out when the commit joins it; with a look, it has not.
   */
  find(plans: readonly PathPlan[], look?: Status): Promise<Keeping | undefined>;
  /** The same, its index laid into `scratch`, once. */
  take(plans: readonly PathPlan[], scratch: string): Promise<Kept | undefined>;
}

export interface Keeping extends Kept {
  readonly plans: readonly PathPlan[];
  readonly prints: readonly Print[];
  /** The name of the worktree's index. */
  readonly seen: string;
}

/** `file`: where the private index lies meanwhile. In memory it would leave 20 MB behind, among 100,000 files. */
export function createKeeper(place: GitPlace, file: string): Keeper {
  let last: Keeping | undefined;
  let newest: { readonly plans: readonly PathPlan[]; readonly over: Promise<void> } | undefined;
  let begun = 0;
  /** One after the other: all are of the same file. */
  let copies: Promise<unknown> = Promise.resolve();
  const copy = (from: string, to: string, own: number): Promise<boolean> => {
    // What cannot be kept, or was kept by another plan since, is planned anew.
    const copied = copies
      .then(() => begun === own && copyIndex(from, to))
      .then((done) => done && begun === own)
      .catch(() => false);
    copies = copied;
    return copied;
  };
  const find: Keeper['find'] = async (plans, look) => {
    if (newest !== undefined && isSame(newest.plans, plans)) await newest.over;
    const kept = last;
    if (kept === undefined || !isSame(kept.plans, plans)) return undefined;
    if (look !== undefined && (look.head.sha !== kept.staged.base || look.dirty.some(convertsOthers)))
      return undefined;
    if ((await nameIndex(place.gitDir)) !== kept.seen) return undefined;
    const unchanged = await Promise.all(kept.prints.map(isUnchanged));
    return unchanged.every((each) => each) ? kept : undefined;
  };
  return {
    find,
    async during(plans, work) {
      last = undefined;
      begun += 1;
      const number = begun;
      const { promise: over, resolve } = Promise.withResolvers<void>();
      const own = { plans, over };
      newest = own;
      try {
        const seen = await nameIndex(place.gitDir);
        const files = [
          ...plans.map(({ path }) => join(place.root, path)),
          ...['config', 'info/attributes'].map((path) => join(place.commonDir, path)),
        ];
        const prints = await Promise.all(files.map(printOf));
        return await work(async (kept) => {
          if (await copy(kept.staged.index, file, number)) last = { ...kept, plans, prints, seen };
        });
      } finally {
        if (newest === own) newest = undefined;
        resolve();
      }
    },
    async take(plans, scratch) {
      const kept = await find(plans);
      const number = begun;
      last = undefined;
      if (kept === undefined) return undefined;
      // Hooks may write into theirs.
      const [index, path] = [join(scratch, 'kept-index'), join(scratch, 'next-index')];
      const { next } = kept.staged;
      if (!(await copy(file, index, number)) || (next && !(await copy(file, path, number)))) return undefined;
      await rm(file, { force: true }).catch(() => undefined);
      return { staged: { ...kept.staged, index, next: next && { ...next, path } }, config: kept.config };
    },
  };
}

/** What git makes of a file may be another thing by now. */
function convertsOthers({ path }: DirtyPath): boolean {
  return basename(path) === '.gitattributes';
}

function isSame(kept: readonly PathPlan[], plans: readonly PathPlan[]): boolean {
  return kept.length === plans.length && kept.every((plan, at) => isSamePlan(plan, plans[at]));
}

function isSamePlan(a: PathPlan, b: PathPlan | undefined): boolean {
  if (b === undefined || a.path !== b.path || a.by !== b.by) return false;
  if (a.shared !== b.shared || a.overlap !== b.overlap) return false;
  if (a.delta === undefined || b.delta === undefined) return a.delta === b.delta;
  return sameContent(a.delta.before, b.delta.before) && sameContent(a.delta.after, b.delta.after);
}

/** How a file is known again. */
interface Print {
  /** Absolute. */
  readonly path: string;
  readonly stat: string;
  /** Where its times may not tell. */
  readonly content?: string;
}

async function printOf(path: string): Promise<Print> {
  const stats = await lstatOrNull(path);
  const print = { path, stat: nameOf(stats) };
  if (stats === null || Date.now() - stats.ctimeMs > RACY_MS) return print;
  // What is too much to read twice, or cannot be read, is planned anew.
  if (stats.size > LARGE_BYTES) return { path, stat: 'large' };
  const content = await contentOf(path, stats).catch(() => undefined);
  return content === undefined ? { path, stat: 'unreadable' } : { ...print, content };
}

async function isUnchanged({ path, stat, content }: Print): Promise<boolean> {
  const stats = await lstatOrNull(path);
  if (nameOf(stats) !== stat) return false;
  return content === undefined || stats === null || content === (await contentOf(path, stats));
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
