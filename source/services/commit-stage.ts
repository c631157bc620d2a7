// The tree of a commit in a private index: HEAD's, with the planned paths laid upon it.
import { join } from 'node:path';
import type { PathPlan, Status } from '../engine/git-ports.ts';
import { type CommitSite, type PathChange, type Resolved, resolveChanges } from './commit-content.ts';
import {
  copyIndex,
  type Entries,
  type Entry,
  nameIndex,
  readEntries,
  readTreeInto,
  sameEntry,
  stageEntries,
} from './git-index.ts';
import type { NextIndex } from './git-index-lock.ts';
import { resolveCommit } from './git-log.ts';

export interface Staged extends Resolved {
  /** The commit that it stands on. */
  readonly base: string | null;
  /** Absolute path of the private index. */
  readonly index: string;
  readonly tree: string;
  /** The name of the worktree's index that it was made from, where that held HEAD's tree and nothing else. */
  readonly plain: string | null;
  /** What the worktree's index will be, as long as it is the plain one still. */
  readonly next?: NextIndex;
  /** A status named each of the paths, so none of them is one that git would not take, such as `.git/config`. */
  readonly named: boolean;
}

/**
 * On HEAD as it is, or as a status saw it a moment ago. Paths in `held` are left out; what overlaps with the person's
 * work in HEAD joins them.
 */
export async function stagePaths(
  site: CommitSite,
  plans: readonly PathPlan[],
  held: ReadonlySet<string>,
  look?: Status,
): Promise<Staged> {
  const wanted = plans.filter((plan) => !held.has(plan.path));
  const index = join(site.scratch, 'commit-index');
  const seen = look && (await startFrom(site, look, paths(wanted), index));
  const { base, entries, back, plain } = seen ?? (await startAnew(site, paths(wanted), index));
  const resolved = await resolveChanges(site, wanted, entries);
  const tree = await writeTree(site, resolved.changes, index, back);
  return {
    changes: resolved.changes,
    held: [...held, ...resolved.held],
    base,
    index,
    tree,
    plain,
    named: seen !== undefined,
  };
}

/** A private index to lay paths on: with `back` put into it, it holds the tree of `base`. */
interface Start {
  readonly base: string | null;
  /** What the base has at the wanted paths. */
  readonly entries: ReadonlyMap<string, Entry>;
  readonly back: Entries;
  readonly plain: string | null;
}

/** Asks git, whatever the worktree's index holds. */
async function startAnew(site: CommitSite, wanted: readonly string[], index: string): Promise<Start> {
  const base = await resolveCommit(site.git, 'HEAD');
  await copyIndex(join(site.place.gitDir, 'index'), index);
  await readTreeInto(site.git, base, index);
  return { base, entries: await readEntries(site.git, wanted, index), back: new Map(), plain: null };
}

/**
 * A status says all of it, three processes less, as long as the index is the one that it saw. Undefined: it is not, or
 * the status says nothing of a wanted path.
 */
async function startFrom(
  { place }: CommitSite,
  look: Status,
  wanted: readonly string[],
  index: string,
): Promise<Start | undefined> {
  const bases = new Map(look.dirty.map((each) => [each.path, each.base]));
  if (wanted.some((path) => bases.get(path) === undefined)) return undefined;
  const back = new Map<string, Entry | null>();
  for (const { path, xy } of look.dirty) {
    const base = bases.get(path);
    if (base === undefined) return undefined;
    if (!/^[.?]/.test(xy)) back.set(path, base);
  }
  const entries = new Map<string, Entry>();
  for (const path of wanted) {
    const base = bases.get(path);
    if (base) entries.set(path, base);
  }
  await copyIndex(join(place.gitDir, 'index'), index);
  if ((await nameIndex(place.gitDir)) !== look.index) return undefined;
  return { base: look.head.sha, entries, back, plain: back.size === 0 ? look.index : null };
}

/** The same changes upon another commit; undefined where that one differs at one of their paths. */
export async function restage(
  site: CommitSite,
  base: string | null,
  changes: readonly PathChange[],
): Promise<string | undefined> {
  const index = join(site.scratch, 'commit-index');
  await readTreeInto(site.git, base, index);
  const now = await readEntries(site.git, paths(changes), index);
  if (changes.some((change) => !sameEntry(change.base, now.get(change.path)))) return undefined;
  return writeTree(site, changes, index);
}

/** Puts entries into a private index, upon those in `back`, and writes its tree. */
export async function writeTree(
  site: CommitSite,
  changes: readonly Pick<PathChange, 'path' | 'entry'>[],
  index: string,
  back: Entries = new Map(),
): Promise<string> {
  const entries = new Map([...back, ...changes.map(({ path, entry }) => [path, entry] as const)]);
  await stageEntries(site.git, entries, index, site.config.hexDigits, site.signal);
  return site.git.text(['write-tree'], { index, signal: site.signal });
}

export interface TreeChange {
  readonly path: string;
  readonly before: Entry | null;
  readonly after: Entry | null;
}

/** `from` and `to` are trees or commits. */
export async function diffTrees(
  site: Pick<CommitSite, 'git'>,
  from: string,
  to: string,
): Promise<TreeChange[]> {
  const fields = await site.git.fields(['diff-tree', '-r', '-z', '--raw', '--no-renames', from, to]);
  const changes: TreeChange[] = [];
  for (let at = 0; at + 1 < fields.length; at += 2) {
    const [oldMode = '', newMode = '', oldOid = '', newOid = ''] = (fields[at] ?? '').slice(1).split(' ');
    const entry = (mode: string, oid: string): Entry | null => (mode === '000000' ? null : { mode, oid });
    changes.push({
      path: fields[at + 1] ?? '',
      before: entry(oldMode, oldOid),
      after: entry(newMode, newOid),
    });
  }
  return changes;
}

/** Where a tree differs from a commit; before the first one, everything in it does. */
export async function changedPaths(
  site: CommitSite,
  base: string | null,
  tree: string,
): Promise<Set<string>> {
  if (base !== null) return new Set(paths(await diffTrees(site, base, tree)));
  return new Set(await site.git.fields(['ls-tree', '-r', '-z', '--name-only', '--full-tree', tree]));
}

function paths(list: readonly { readonly path: string }[]): string[] {
  return list.map((each) => each.path);
}
