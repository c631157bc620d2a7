// Commits of the branch, for people and for the session that adopts them.
import type { Head, LogPage, LogRow, Repository } from '../engine/git-ports.ts';
import type { Git } from './git.ts';
import { DECIDED, decisionsOf, listDecided, RECENT } from './git-decided.ts';

interface Upstream {
  /** Full name of the remote-tracking ref. */
  readonly ref: string;
  /** As people write it: `origin/main`. */
  readonly name: string;
  readonly remote: string;
  /** Full name of the branch over there. */
  readonly branch: string;
  /** Commits that are only here, and only there. */
  readonly ahead: number;
  readonly behind: number;
}

/** Branch name without `refs/heads/`; null when detached. */
export async function currentBranch(git: Git): Promise<string | null> {
  const { code, stdout } = await git.run(['symbolic-ref', '--quiet', 'HEAD'], { codes: [1] });
  return code === 0
    ? stdout
        .toString('utf8')
        .trim()
        .replace(/^refs\/heads\//, '')
    : null;
}

/** Both at once, which is one process less wherever there is a commit. */
export async function readHead(git: Git): Promise<Head> {
  const { code, stdout } = await git.run(['rev-parse', 'HEAD^{commit}', '--symbolic-full-name', 'HEAD'], {
    codes: [1, 128],
  });
  const [sha, name] = stdout.toString('utf8').split('\n');
  // No commit yet; or a branch that is called HEAD, too, of which git says nothing here.
  if (code !== 0 || !sha || !name)
    return { sha: await resolveCommit(git, 'HEAD'), branch: await currentBranch(git) };
  return { sha, branch: name === 'HEAD' ? null : name.replace(/^refs\/heads\//, '') };
}

/** The commit that a name stands for, or null. */
export async function resolveCommit(git: Git, name: string): Promise<string | null> {
  const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`];
  const { code, stdout } = await git.run(args, { codes: [1, 128] });
  return code === 0 ? stdout.toString('utf8').trim() : null;
}

/** Null where the branch has none, or where it is gone. */
export async function upstreamOf(git: Git, branch: string): Promise<Upstream | null> {
  const format =
    '--format=%(upstream)%00%(upstream:short)%00%(upstream:remotename)%00%(upstream:remoteref)%00%(upstream:track)';
  const [ref, name, remote, remoteBranch, track] = await git.fields([
    'for-each-ref',
    format,
    `refs/heads/${branch}`,
  ]);
  if (!ref || !name || !remote || !remoteBranch || track?.startsWith('[gone]')) return null;
  const count = (word: string): number => Number(new RegExp(`${word} (\\d+)`).exec(track ?? '')?.[1] ?? 0);
  return { ref, name, remote, branch: remoteBranch, ahead: count('ahead'), behind: count('behind') };
}

/** `revisions` in the words of `rev-list`. */
export async function countCommits(git: Git, revisions: readonly string[]): Promise<number> {
  return Number(await git.text(['rev-list', '--count', ...revisions]));
}

/** HEAD's commits that are on no remote; 0 where there is none, for then nothing ever is. */
async function countUnpushed(git: Git): Promise<number> {
  const remotes = await git.text(['remote']);
  return remotes === '' ? 0 : countCommits(git, ['HEAD', '--not', '--remotes']);
}

/**
 * A commit is unpushed when it is neither upstream nor, where there is no upstream, on any remote. `recorded`: as in
 * `Repository.log`.
 */
export async function readLog(
  git: Git,
  skip: number,
  count: number,
  recorded?: readonly string[],
): Promise<LogPage> {
  const { sha: head, branch } = await readHead(git);
  if (head === null) return { rows: [], upstream: null, ahead: 0, behind: 0 };
  const upstream = branch === null ? null : await upstreamOf(git, branch);
  const elsewhere = upstream
    ? ['--end-of-options', 'HEAD', `^${upstream.ref}`]
    : ['HEAD', '--not', '--remotes'];
  const only = recorded ? DECIDED : [];
  const unpushedAmong = (newest: number, of: readonly string[]): Promise<string> =>
    git.text(['rev-list', `--max-count=${newest}`, ...of, ...elsewhere]);
  const [rows, ahead, ...unpushed] = await Promise.all([
    recorded?.length
      ? listDecided(git, recorded, skip + count).then((shas) => readListed(git, shas.slice(skip)))
      : readRows(git, [`--skip=${skip}`, `--max-count=${count}`, ...only, 'HEAD']),
    upstream?.ahead ?? countUnpushed(git),
    upstream?.ahead === 0 ? '' : unpushedAmong(skip + count, only),
    recorded?.length && upstream?.ahead !== 0 ? unpushedAmong(RECENT, []) : '',
  ]);
  const fresh = new Set(unpushed.flatMap((text) => text.split('\n')));
  return {
    rows: rows.map((row) => ({ ...row, unpushed: fresh.has(row.sha) })),
    upstream: upstream?.name ?? null,
    ahead,
    behind: upstream?.behind ?? 0,
  };
}

async function readListed(git: Git, shas: readonly string[]): ReturnType<typeof readRows> {
  // Without any, git would list all of HEAD's.
  return shas.length === 0 ? [] : readRows(git, ['--no-walk=unsorted', '--stdin'], `${shas.join('\n')}\n`);
}

async function readRows(
  git: Git,
  which: readonly string[],
  input?: string,
): Promise<readonly Omit<LogRow, 'unpushed'>[]> {
  const format = '--format=%H%x00%an%x00%ct%x00%s%x00%B';
  const fields = await git.fields(['log', '-z', '--no-patch', format, ...which], { input });
  const rows: Omit<LogRow, 'unpushed'>[] = [];
  for (let at = 0; at + 4 < fields.length; at += 5) {
    const [sha = '', author = '', seconds, subject = '', message = ''] = fields.slice(at, at + 5);
    rows.push({ sha, subject, author, at: Number(seconds) * 1000, decisions: decisionsOf(message) });
  }
  return rows;
}

/** Nothing where `sha` is no commit any more. A merge lists what it brought to its first parent. */
export async function readSince(git: Git, sha: string | null): ReturnType<Repository['since']> {
  const args = [
    'log',
    '-z',
    '--reverse',
    '--topo-order',
    '--diff-merges=first-parent',
    '--name-only',
    '--no-renames',
    '--no-ext-diff',
  ];
  const range = ['--end-of-options', 'HEAD^{commit}', ...(sha === null ? [] : [`^${sha}^{commit}`])];
  // No path is empty: an empty field is the start of a commit.
  const fields = await git
    .fields([...args, '--format=%x00%H%x00%ct%x00%s', ...range])
    .catch(async (error) => {
      const [head, from] = [await resolveCommit(git, 'HEAD'), sha && (await resolveCommit(git, sha))];
      if (head === null || (sha !== null && from === null)) return [];
      throw error;
    });
  const commits: { sha: string; subject: string; at: number; paths: string[] }[] = [];
  for (let at = 0; at < fields.length; at += 1) {
    const field = fields[at] ?? '';
    const paths = commits.at(-1)?.paths;
    if (field === '') {
      const [sha = '', seconds, subject = ''] = fields.slice(at + 1, at + 4);
      commits.push({ sha, subject, at: Number(seconds) * 1000, paths: [] });
      at += 3;
    } else paths?.push(paths.length === 0 ? field.slice('\n'.length) : field);
  }
  return commits;
}
