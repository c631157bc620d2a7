// What a commit that is being made changes: paths, and their text where somebody asks for it.
import type { CommitDiff } from '../engine/git-ports.ts';
import type { CommitSite, PathChange } from './commit-content.ts';
import { diffTrees } from './commit-stage.ts';
import type { Git } from './git.ts';
import type { Entry } from './git-index.ts';
import { resolveCommit } from './git-log.ts';

/** Longest file that is read, in bytes: no manifest is as long. */
const LONGEST = 1_000_000;

/** `changes`: those that differ from the base, the commit that it stands on. */
export function commitDiff(
  site: Pick<CommitSite, 'git' | 'signal'>,
  base: string | null,
  changes: readonly Pick<PathChange, 'path' | 'base' | 'entry'>[],
): CommitDiff {
  const byPath = new Map(changes.map((change) => [change.path, change]));
  const text = async (entry: Entry | null | undefined): Promise<string | null> => {
    if (!entry?.mode.startsWith('100')) return null;
    const { stdout, cut } = await site.git.run(['cat-file', 'blob', entry.oid], {
      most: LONGEST,
      signal: site.signal,
    });
    if (cut || stdout.includes(0)) throw new Error('no text that a person has written');
    return stdout.toString('utf8');
  };
  return {
    paths: changes.map(({ path, base: before, entry }) => ({
      path,
      change: before === null ? 'added' : entry === null ? 'removed' : 'changed',
    })),
    folders: async () => {
      if (base === null) return null;
      // What is in a folder that had something before needs no further look.
      const known = new Set(changes.filter((each) => each.base !== null).flatMap(({ path }) => topOf(path)));
      const added = changes.filter((each) => each.base === null).flatMap(({ path }) => topOf(path));
      if (added.every((folder) => known.has(folder))) return [...known];
      return site.git.fields(['ls-tree', '-z', '-d', '--name-only', '--full-tree', base], {
        signal: site.signal,
      });
    },
    text: async (path) => {
      const change = byPath.get(path);
      const [before, after] = await Promise.all([text(change?.base), text(change?.entry)]);
      return { before, after };
    },
  };
}

/** The same of a commit that is made. */
export async function readChanges(git: Git, sha: string): Promise<CommitDiff> {
  const parent = await resolveCommit(git, `${sha}^1`);
  const from = parent ?? (await git.text(['hash-object', '-t', 'tree', '--stdin']));
  const changes = await diffTrees({ git }, from, sha);
  return commitDiff(
    { git },
    parent,
    changes.map(({ path, before, after }) => ({ path, base: before, entry: after })),
  );
}

/** The folder at the root that a path lies in, if it does. */
function topOf(path: string): string[] {
  return path.includes('/') ? [path.slice(0, path.indexOf('/'))] : [];
}
