// Pushes the branch that is checked out: never asks, never forces, and says what a person can run where it was refused.
import type { Committer, Outgoing } from '../engine/git-ports.ts';
import type { Git } from './git.ts';
import { readConfig } from './git-config.ts';
import type { Environment } from './git-environment.ts';
import { countCommits, currentBranch, resolveCommit, upstreamOf } from './git-log.ts';

type Pushed = Awaited<ReturnType<Committer['push']>>;

/** Lines of the server's answer that a reason repeats. */
const REASON_LINES = 6;

interface Target {
  readonly remote: string;
  /** Full name of the branch over there. */
  readonly branch: string;
  /** What is not counted as pushed: revisions in the words of `rev-list`. */
  readonly known: readonly string[];
  /** Set as upstream. */
  readonly first: boolean;
}

/** The repository's own pre-push hook runs, as LFS needs it. Never rejects. */
export async function pushBranch(git: Git, env: Environment, signal: AbortSignal): Promise<Pushed> {
  let command = 'git push';
  try {
    const branch = await currentBranch(git);
    if (branch === null) {
      return refused(
        'HEAD is detached, so there is no branch to push.',
        'git push origin HEAD:refs/heads/NAME',
      );
    }
    if ((await resolveCommit(git, 'HEAD')) === null) return refused(`${branch} has no commit yet.`, command);
    const target = await chooseTarget(git, branch);
    if ('ok' in target) return target;
    const short = target.branch.replace(/^refs\/heads\//, '');
    command = `git push ${target.first ? '-u ' : ''}${target.remote} ${branch === short ? branch : `${branch}:${short}`}`;
    const commits = await countCommits(git, ['HEAD', ...target.known]);
    const refusal = await sendBranch(git, env, branch, target, signal);
    if (refusal === undefined) return { ok: true, to: `${target.remote}/${short}`, commits };
    return refused(`Pushing ${branch} to ${target.remote} was refused. ${refusal}`, command);
  } catch (error) {
    if (signal.aborted) return refused('The push was interrupted.', command);
    return refused(error instanceof Error ? error.message : String(error), command);
  }
}

/** What `pushBranch` would do now. Nothing is asked of the remote: it is known as it was at the last fetch. */
export async function readOutgoing(git: Git): Promise<Outgoing> {
  const branch = await currentBranch(git);
  if (branch === null) return { reason: 'HEAD is detached, so there is no branch to push' };
  const head = await resolveCommit(git, 'HEAD');
  if (head === null) return { reason: `${branch} has no commit yet` };
  const target = await chooseTarget(git, branch);
  if ('ok' in target) return { reason: `${target.reason.replace(/\.$/, '')}: ${target.command}` };
  const { remote, known, first } = target;
  const to = `${remote}/${target.branch.replace(/^refs\/heads\//, '')}`;
  const commits = await countCommits(git, ['HEAD', ...known]);
  if (first) return { to, commits, first, head };
  const behind = await countCommits(git, [...known.map((each) => each.replace(/^\^/, '')), '^HEAD']);
  if (behind > 0)
    return { reason: `${to} has ${behind} that ${branch} has not: git pull --rebase, then push` };
  if (commits === 0) return { reason: `nothing to push: ${to} has all of ${branch}` };
  return { to, commits, first, head };
}

/** Undefined: it went through. Else what was said. */
async function sendBranch(
  git: Git,
  env: Environment,
  branch: string,
  target: Target,
  signal: AbortSignal,
): Promise<string | undefined> {
  const { sshCommand } = await readConfig(git);
  const options = [
    '--porcelain',
    '--no-force',
    '--no-follow-tags',
    ...(target.first ? ['--set-upstream'] : []),
  ];
  const refspec = `refs/heads/${branch}:${target.branch}`;
  const { code, stdout, stderr } = await git.run(
    ['push', ...options, '--end-of-options', target.remote, refspec],
    {
      ssh: `${env.GIT_SSH_COMMAND ?? sshCommand ?? 'ssh'} -oBatchMode=yes`,
      trusted: true,
      signal,
      codes: [1, 128],
    },
  );
  return code === 0 ? undefined : explain(stdout.toString('utf8'), stderr);
}

async function chooseTarget(git: Git, branch: string): Promise<Target | (Pushed & { ok: false })> {
  const upstream = await upstreamOf(git, branch);
  if (upstream?.remote === '.') {
    return refused(
      `${branch} follows ${upstream.name}, which is a branch of this repository and no remote.`,
      `git push -u REMOTE ${branch}`,
    );
  }
  if (upstream !== null) {
    return { remote: upstream.remote, branch: upstream.branch, known: [`^${upstream.ref}`], first: false };
  }
  const remotes = (await git.text(['remote'])).split('\n').filter((name) => name !== '');
  const [remote] = remotes;
  if (remote === undefined) {
    return refused(
      'This repository has no remote.',
      `git remote add origin URL && git push -u origin ${branch}`,
    );
  }
  if (remotes.length > 1) {
    return refused(
      `${branch} has no upstream, and there are several remotes: ${remotes.join(', ')}.`,
      `git push -u ${remote} ${branch}`,
    );
  }
  return { remote, branch: `refs/heads/${branch}`, known: ['--not', `--remotes=${remote}`], first: true };
}

/** The refused refs of `--porcelain`, then what the server and git had to say, without hints. */
function explain(porcelain: string, stderr: string): string {
  const refs = porcelain
    .split('\n')
    .flatMap((line) => (line.startsWith('!') ? [line.split('\t').slice(2).join(' ')] : []));
  const said = stderr
    .split('\n')
    .filter((line) => line.trim() !== '' && !/^(hint:|To |error: failed to push some refs)/.test(line));
  return [...refs, ...said].slice(0, REASON_LINES).join('\n');
}

function refused(reason: string, command: string): Pushed & { ok: false } {
  return { ok: false, reason, command };
}
