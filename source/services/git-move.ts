// How HEAD came from a commit to where it is: what the model has to hear of it.
import type { Move } from '../engine/git-ports.ts';
import type { Git } from './git.ts';
import { countCommits, resolveCommit } from './git-log.ts';

/** Commits and paths that are read; of more, only how many there are. */
const MOST = { commits: 5, paths: 200 };
/** A pull may change a hundred thousand paths. */
const BYTES = 4 * 1_024 * 1_024;

/** Null where `from` is no commit any more. */
export async function readMove(git: Git, from: string): Promise<Move | null> {
  if ((await resolveCommit(git, from)) === null) return null;
  const [ancestor, count, log, differing] = await Promise.all([
    git.run(['merge-base', '--is-ancestor', from, 'HEAD'], { codes: [1] }),
    countCommits(git, ['HEAD', `^${from}`]),
    git.fields([
      'log',
      '-z',
      '--no-patch',
      `--max-count=${MOST.commits}`,
      '--format=%H%x00%s',
      'HEAD',
      `^${from}`,
    ]),
    git.run(['diff-tree', '-r', '-z', '--name-only', '--no-renames', from, 'HEAD'], { most: BYTES }),
  ]);
  const commits: { sha: string; subject: string }[] = [];
  for (let at = 0; at + 1 < log.length; at += 2)
    commits.push({ sha: log[at] ?? '', subject: log[at + 1] ?? '' });
  const paths = differing.stdout.toString('utf8').split('\0').slice(0, -1);
  return {
    contained: ancestor.code === 0,
    count,
    commits,
    paths: paths.slice(0, MOST.paths),
    more: Math.max(0, paths.length - MOST.paths),
  };
}
