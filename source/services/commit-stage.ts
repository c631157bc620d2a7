// The tree of a commit in a private index: HEAD's, with the planned paths laid upon it.
import { join } from 'node:path';
import type { PathPlan } from '../engine/git-ports.ts';
import { type CommitSite, type PathChange, type Resolved, resolveChanges } from './commit-content.ts';
import { copyIndex, type Entry, readEntries, readTreeInto, sameEntry, stageEntries } from './git-index.ts';

export interface Staged extends Resolved {
  /** Absolute path of the private index. */
  readonly index: string;
  readonly tree: string;
}

/** Paths in `held` are left out; what overlaps with the person's work in HEAD joins them. */
export async function stagePaths(
  site: CommitSite,
  base: string | null,
  plans: readonly PathPlan[],
  held: ReadonlySet<string>,
): Promise<Staged> {
  const index = join(site.scratch, 'commit-index');
  await copyIndex(site.place.gitDir, index);
  await readTreeInto(site.git, base, index);
  const wanted = plans.filter((plan) => !held.has(plan.path));
  const before = await readEntries(site.git, paths(wanted), index);
  const resolved = await resolveChanges(site, wanted, before);
  const tree = await writeTree(site, resolved.changes, index);
  return { changes: resolved.changes, held: [...held, ...resolved.held], index, tree };
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

/** Puts entries into a private index and writes its tree. */
export async function writeTree(
  site: CommitSite,
  changes: readonly Pick<PathChange, 'path' | 'entry'>[],
  index: string,
): Promise<string> {
  const entries = new Map(changes.map(({ path, entry }) => [path, entry]));
  await stageEntries(site.git, entries, index, site.config.hexDigits);
  return site.git.text(['write-tree'], { index });
}

export interface TreeChange {
  readonly path: string;
  readonly before: Entry | null;
  readonly after: Entry | null;
}

/** `from` and `to` are trees or commits. */
export async function diffTrees(site: CommitSite, from: string, to: string): Promise<TreeChange[]> {
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
