// What a commit, or the worktree, changed: as text for people.
import type { CommitText } from '../engine/git-ports.ts';
import type { Git } from './git.ts';
import { resolveCommit } from './git-log.ts';

/** Characters of a diff that are read; nobody reads more on a screen. */
const LONGEST = 2_000_000;
/** Bytes after which git is stopped: a commit can be a whole history of somebody's vendored code. */
const MOST_BYTES = 2 * LONGEST;

/** Renames are found; nothing of the repository's or the person's config runs or changes the form. */
const UNIFIED = [
  '--patch',
  '--no-color',
  '--no-ext-diff',
  '--no-textconv',
  '--find-renames',
  '--submodule=short',
  '--ignore-submodules=dirty',
  '--src-prefix=a/',
  '--dst-prefix=b/',
];

/** Null where there is no such commit. */
export async function showCommit(git: Git, sha: string): Promise<CommitText | null> {
  if (!/^[0-9a-f]{4,64}$/.test(sha)) return null;
  const format = '--format=%an <%ae>%x00%B%x00';
  const { code, stdout, cut } = await git.run(
    ['show', ...UNIFIED, '--diff-merges=first-parent', format, '--end-of-options', sha],
    { codes: [128], most: MOST_BYTES },
  );
  if (code !== 0) return null;
  const [author = '', message = '', ...diff] = stdout.toString('utf8').split('\0');
  return { author, message: message.trim(), ...bounded(diff.join('\0').trimStart(), cut) };
}

/** The path in the worktree against HEAD. What git does not know yet is all new. */
export async function diffPath(git: Git, path: string): Promise<CommitText> {
  const base =
    (await resolveCommit(git, 'HEAD')) ?? (await git.text(['hash-object', '-t', 'tree', '--stdin']));
  const known = await git.run(['diff', ...UNIFIED, base, '--', path], { most: MOST_BYTES });
  const untracked = known.stdout.length === 0 && (await git.text(['ls-files', '-z', '--', path])) === '';
  const { stdout, cut } = untracked
    ? await git.run(['diff', ...UNIFIED, '--no-index', '--', '/dev/null', path], {
        codes: [1, 128],
        most: MOST_BYTES,
      })
    : known;
  return { author: '', message: '', ...bounded(stdout.toString('utf8'), cut) };
}

function bounded(diff: string, cut = false): Pick<CommitText, 'diff' | 'cut'> {
  return { diff: diff.slice(0, LONGEST), cut: cut || diff.length > LONGEST };
}
