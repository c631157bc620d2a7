// What a commit changed, as text for people.
import type { CommitText } from '../engine/git-ports.ts';
import type { Git } from './git.ts';

/** Characters of a diff that are read; nobody reads more on a screen. */
const LONGEST = 2_000_000;

/** Null where there is no such commit. Renames are found; nothing of the repository's runs. */
export async function showCommit(git: Git, sha: string): Promise<CommitText | null> {
  if (!/^[0-9a-f]{4,64}$/.test(sha)) return null;
  const format = '--format=%an <%ae>%x00%B%x00';
  const { code, stdout } = await git.run(
    [
      'show',
      '--no-color',
      '--no-ext-diff',
      '--no-textconv',
      '-M',
      '--src-prefix=a/',
      '--dst-prefix=b/',
      '--patch',
      format,
      '--end-of-options',
      sha,
    ],
    { codes: [128] },
  );
  if (code !== 0) return null;
  const [author = '', message = '', ...diff] = stdout.toString('utf8').split('\0');
  const whole = diff.join('\0').trimStart();
  return { author, message: message.trim(), diff: whole.slice(0, LONGEST), cut: whole.length > LONGEST };
}
