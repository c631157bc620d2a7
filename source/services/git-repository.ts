// The Repository port on git: reads alone, none of which runs a program of the repository's.
import type { Repository } from '../engine/git-ports.ts';
import { readChanges } from './commit-diff.ts';
import { createGit, type Git } from './git.ts';
import { readConfig } from './git-config.ts';
import { readCommitted, readWorktree } from './git-content.ts';
import { listDecided, readDecisions } from './git-decided.ts';
import type { Environment } from './git-environment.ts';
import { withFaults } from './git-fault.ts';
import { listBeside, listFiles, listSiblings } from './git-files.ts';
import { keepByHead } from './git-head-stamp.ts';
import { createHindrance } from './git-hindrance.ts';
import { ignoredAmong } from './git-ignored.ts';
import { isLarge } from './git-index.ts';
import { createLister } from './git-listing.ts';
import { countCommits, readHead, readLog, readSince, resolveCommit } from './git-log.ts';
import { readMove } from './git-move.ts';
import type { GitPlace } from './git-place.ts';
import { readOutgoing } from './git-push.ts';
import { diffPath, showCommit } from './git-show.ts';
import { keepTree, layOut } from './git-snapshot.ts';
import { readStat, readStatus, standsStill } from './git-status.ts';
import { createTreeHash } from './git-tree-hash.ts';
import { watchBranch } from './git-watch.ts';
import { createFileWatch } from './worktree-watch.ts';

/** `env`: the person's environment. Git's config is read once, at the first use. */
export function createRepository(place: GitPlace, env: Environment): Repository {
  const opened = once(async () => {
    const config = await readConfig(createGit(place.root, env));
    const git = createGit(place.root, env, config.withoutFilters);
    const list = createLister(git, place.gitDir);
    const hindrance = createHindrance(git, place);
    return { git, list, hindrance, treeHash: createTreeHash(git, place.gitDir, list, config) };
  });
  const withGit = <T>(read: (git: Git) => Promise<T>): Promise<T> =>
    withFaults(place.root, async () => read((await opened()).git));

  const watchFiles = createFileWatch(place.root, async () => (await opened()).list());

  return {
    root: place.root,
    head: () => withGit(readHead),
    status: () => withGit((git) => readStatus(git, place.gitDir)),
    stands: (look) => withFaults(place.root, () => standsStill(place, look)),
    isLarge: () => isLarge(place.gitDir),
    treeHash: (look) => withFaults(place.root, async () => (await opened()).treeHash(look)),
    hindrance: (look) => withFaults(place.root, async () => (await opened()).hindrance({ look })),
    ignored: (paths) => withGit((git) => ignoredAmong(git, paths)),
    files: (sibling) => (sibling === undefined ? withGit(listFiles) : listBeside(place.root, sibling, env)),
    siblings: () => listSiblings(place.root),
    move: (from) => withGit((git) => readMove(git, from)),
    log: (skip, count, recorded) => withGit((git) => readLog(git, skip, count, recorded)),
    decisions: keepByHead(place, (commits) => withGit((git) => readDecisions(git, commits))),
    changesOf: (sha) => withGit((git) => readChanges(git, sha)),
    since: (sha) => withGit((git) => readSince(git, sha)),
    keepTree: (look) => withGit((git) => keepTree(git, place, look)),
    scratch: (tree) => withGit((git) => layOut(git, place, tree)),
    content: (path) => withFaults(place.root, () => readWorktree(place.root, path)),
    stat: (path) => withFaults(place.root, () => readStat(place.root, path)),
    headContent: (path) => withGit((git) => readCommitted(git, path)),
    count: (recorded) =>
      withGit(async (git) => {
        if ((await resolveCommit(git, 'HEAD')) === null) return 0;
        if (recorded === undefined) return countCommits(git, ['HEAD']);
        return (await listDecided(git, recorded, Number.MAX_SAFE_INTEGER)).length;
      }),
    diff: (path) => withGit((git) => diffPath(git, path)),
    outgoing: () => withGit(readOutgoing),
    show: (sha) => withGit((git) => showCommit(git, sha)),
    watchFiles: (onChange) => watchFiles(onChange),
    watch: (onMove) => watchBranch(place, onMove),
  };
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
