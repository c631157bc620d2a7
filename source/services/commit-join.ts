// Brings a finished commit home: the person's index and the branch change together, or not at all.
import { join } from 'node:path';
import type { CommitPlan } from '../engine/git-ports.ts';
import type { CommitSite, PathChange } from './commit-content.ts';
import { type Draft, rebaseDraft } from './commit-draft.ts';
import type { Staged } from './commit-stage.ts';
import { branchOf, readHeadFile } from './git-head-stamp.ts';
import {
  copyIndex,
  type Entry,
  nameIndex,
  nameSettled,
  readEntries,
  sameEntry,
  stageEntries,
} from './git-index.ts';
import { createIndexLock, type NextIndex, nextIndex } from './git-index-lock.ts';
import { currentBranch } from './git-log.ts';
import { mergeBlobs } from './git-merge.ts';
import { lstatOrNull } from './git-status.ts';

export type Joined =
  | { readonly kind: 'joined'; readonly draft: Draft; readonly branch: string }
  /** Somebody changed the index or HEAD meanwhile: nothing was done. */
  | { readonly kind: 'moved'; readonly reason: string }
  /** HEAD has changed at our own paths: the draft is worth nothing any more. */
  | { readonly kind: 'stale' }
  | { readonly kind: 'locked' }
  /** What the person has staged overlaps at these paths: nothing was done. */
  | { readonly kind: 'overlap'; readonly paths: readonly string[] };

export interface JoinSettings {
  /** The draft was made a moment ago: HEAD is asked for under the lock alone. */
  readonly first: boolean;
  /** Work under the lock from the start: surer, but others wait longer. */
  readonly lockFirst: boolean;
  readonly waitMs: number;
}

/**
 * The new index is worked out beside the lock, which is then held for a moment only: compare, record the fact, move
 * the ref, rename. From the fact on nothing interrupts it.
 */
export async function joinCommit(
  site: CommitSite,
  drafted: Draft,
  plan: CommitPlan,
  settings: JoinSettings,
): Promise<Joined> {
  const { gitDir } = site.place;
  const lock = createIndexLock(gitDir, site.scratch);
  try {
    if (settings.lockFirst && !(await lock.take(settings.waitMs, plan.signal))) return { kind: 'locked' };
    const draft = settings.first ? drafted : await rebaseDraft(site, drafted);
    if (draft === undefined) return { kind: 'stale' };
    const seen = await nameSettled(gitDir);
    const candidate = await buildIndex(site, draft, seen);
    if ('overlap' in candidate) return { kind: 'overlap', paths: candidate.overlap };
    await lock.fill(candidate.path);
    if (!(await lock.take(settings.waitMs, plan.signal))) return { kind: 'locked' };
    if ((await nameIndex(gitDir)) !== seen) return { kind: 'moved', reason: 'the index is being changed' };
    // Where it has moved, moving it is refused.
    const branch = await readBranch(site);
    plan.signal.throwIfAborted();
    await plan.onStarted(
      {
        type: 'commit.started',
        ref: branch === null ? 'HEAD' : `refs/heads/${branch}`,
        base: draft.base,
        next: draft.commit,
        indexLock: candidate.fingerprint,
      },
      draft.changes.filter(({ partial }) => partial).map(({ path }) => path),
    );
    const refusal = await moveHead(site, draft, plan.subject);
    if (refusal !== undefined) return { kind: 'moved', reason: refusal };
    await lock.install();
    return { kind: 'joined', draft, branch: branch ?? 'HEAD' };
  } finally {
    await lock.release();
  }
}

/** The branch that is checked out; null: none is. Read off its file, unless only git can tell. */
async function readBranch({ git, place }: CommitSite): Promise<string | null> {
  const head = await readHeadFile(place.gitDir);
  if (head === undefined) return currentBranch(git);
  if ('commit' in head) return null;
  return branchOf(head.ref) ?? currentBranch(git);
}

/** Compare and swap on HEAD, which means what is checked out at that moment. Undefined: done. */
async function moveHead(
  site: CommitSite,
  { base, commit }: Draft,
  subject: string,
): Promise<string | undefined> {
  const note = `commit${base === null ? ' (initial)' : ''}: ${subject.replace(/\s+/g, ' ')}`;
  const expected = base ?? '0'.repeat(site.config.hexDigits);
  const { code, stderr } = await site.git.run(
    ['update-ref', '-m', note, '--end-of-options', 'HEAD', commit, expected],
    { codes: [1, 128] },
  );
  return code === 0 ? undefined : stderr.trim();
}

/** The person's index, of the name `seen`, with the committed paths brought up to date, and all else as it is. */
async function buildIndex(
  site: CommitSite,
  draft: Draft,
  seen: string,
): Promise<NextIndex | { overlap: readonly string[] }> {
  if (draft.ready?.from === seen) return draft.ready.next;
  const index = join(site.scratch, 'joined-index');
  await copyIndex(join(site.place.gitDir, 'index'), index);
  const { entries, overlap } = await mergeStaged(site, draft.changes, index);
  if (overlap.length > 0) return { overlap };
  await stageEntries(site.git, entries, index, site.config.hexDigits, site.signal);
  return learnTimes(site, draft.changes, index);
}

/** Paths where what the person has staged overlaps with these changes. */
export async function stagedOverlap(site: CommitSite, changes: readonly PathChange[]): Promise<string[]> {
  const index = join(site.scratch, 'seen-index');
  await copyIndex(join(site.place.gitDir, 'index'), index);
  return (await mergeStaged(site, changes, index)).overlap;
}

/** What an index will have at the changed paths once the commit is made. */
async function mergeStaged(
  site: CommitSite,
  changes: readonly PathChange[],
  index: string,
): Promise<{ entries: Map<string, Entry | null>; overlap: string[] }> {
  // Where there is no delta, what the person has staged does not matter.
  const partial = changes.filter(({ delta }) => delta !== undefined && !delta.alone);
  const theirs = await readEntries(
    site.git,
    partial.map((change) => change.path),
    index,
  );
  const entries = new Map<string, Entry | null>();
  const overlap: string[] = [];
  for (const change of changes) {
    const entry = await stagedAfter(site, change, theirs.get(change.path) ?? null);
    if (entry === undefined) overlap.push(change.path);
    else entries.set(change.path, entry);
  }
  return { entries, overlap };
}

/**
 * What is staged at a path once the commit is made: what was committed, or, where the person has staged something of
 * theirs, that with the same change. Undefined: overlap.
 */
async function stagedAfter(
  site: CommitSite,
  change: PathChange,
  theirs: Entry | null,
): Promise<Entry | null | undefined> {
  const { base, delta, entry } = change;
  if (delta === undefined || delta.alone || sameEntry(theirs, base) || sameEntry(theirs, entry)) return entry;
  const merged = await mergeBlobs(site.git, site.scratch, delta.before, theirs?.oid ?? null, delta.after);
  if (merged === null) return undefined;
  return merged.oid === null ? null : { mode: theirs?.mode ?? entry?.mode ?? '100644', oid: merged.oid };
}

/** What is planned long before the commit can have this too: among 100,000 files 0.3 s that nobody waits for. */
export async function prepareIndex(site: CommitSite, staged: Staged): Promise<Staged> {
  return { ...staged, next: await learnTimes(site, staged.changes, staged.index) };
}

/** Lets the index know the files' times, so that the next status need not read them. */
async function learnTimes(
  site: CommitSite,
  changes: readonly PathChange[],
  index: string,
): Promise<NextIndex> {
  const present: string[] = [];
  for (const { path, entry } of changes) {
    if (entry !== null && (await lstatOrNull(join(site.git.root, path)))) present.push(path);
  }
  if (present.length > 0)
    await site.git.run(['add', '--refresh', '--pathspec-from-file=-', '--pathspec-file-nul'], {
      index,
      input: present.map((path) => `${path}\0`).join(''),
      trusted: true,
      codes: [1, 128],
      signal: site.signal,
    });
  return nextIndex(index);
}
