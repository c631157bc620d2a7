// What stands in the way of a commit, as a sentence with the way out.
import { access, readlink, stat } from 'node:fs/promises';
import { basename, join, sep } from 'node:path';
import { setImmediate as immediate, setTimeout as sleep } from 'node:timers/promises';
import type { Status } from '../engine/git-ports.ts';
import { listProcesses, readProcess } from '../processes/proc.ts';
import type { Git } from './git.ts';
import type { GitPlace } from './git-place.ts';
import { sweepScratches } from './git-scratch.ts';

/** Another git's work on the index takes moments; only what lasts longer is worth a word, in ms. */
const PATIENCE_MS = 3_000;
const POLL_MS = 50;
/** Processes that are looked at before keys and frames have their turn: a few ms. */
const AT_ONCE = 64;

/** What a person can do about an `index.lock` that stays. */
export const WAIT_OR_REMOVE = 'Wait for it to end; where none is running, remove that file.';

/** Files of the worktree's git directory that stand for an operation, and how a person ends it. */
const OPERATIONS: readonly (readonly [file: string, name: string, end: string])[] = [
  ['MERGE_HEAD', 'A merge', '`git merge --continue` or `--abort`'],
  ['rebase-merge', 'A rebase', '`git rebase --continue` or `--abort`'],
  ['rebase-apply', 'A rebase or `git am`', '`git rebase --continue` or `--abort` (`git am` likewise)'],
  ['CHERRY_PICK_HEAD', 'A cherry-pick', '`git cherry-pick --continue` or `--abort`'],
  ['REVERT_HEAD', 'A revert', '`git revert --continue` or `--abort`'],
  ['BISECT_LOG', 'A bisect', '`git bisect reset`'],
];

export interface HindranceLook {
  /** A status of the index as it is. */
  readonly look?: Pick<Status, 'dirty'>;
  readonly signal?: AbortSignal;
}

/** What it makes finds undefined where a commit can be made now. A person who is known to git once stays so: else the commit says it. */
export function createHindrance(
  git: Git,
  place: GitPlace,
): (at: HindranceLook) => Promise<string | undefined> {
  let known = false;
  return async ({ look, signal }) => {
    const reasons = await Promise.all([
      operation(place),
      look === undefined ? readUnmerged(git).then(unmerged) : unmerged(unmergedIn(look)),
      known ? undefined : identity(git),
      busy(place, signal),
    ]);
    known ||= reasons[2] === undefined;
    return reasons.find((reason) => reason !== undefined);
  };
}

async function operation({ gitDir }: GitPlace): Promise<string | undefined> {
  for (const [file, name, end] of OPERATIONS) {
    if (await exists(join(gitDir, file))) {
      return `${name} is in progress: commits wait until it is over. End it with ${end}.`;
    }
  }
  return undefined;
}

async function readUnmerged(git: Git): Promise<string[]> {
  const lines = await git.fields(['ls-files', '--unmerged', '-z']);
  return lines.map((line) => line.slice(line.indexOf('\t') + 1));
}

function unmergedIn({ dirty }: Pick<Status, 'dirty'>): string[] {
  return dirty.filter(({ xy }) => /U|AA|DD/.test(xy)).map(({ path }) => path);
}

function unmerged(paths: readonly string[]): string | undefined {
  const names = [...new Set(paths)];
  if (names.length === 0) return undefined;
  const more = names.length > 3 ? ` and ${names.length - 3} more` : '';
  return `There are unmerged files: ${names.slice(0, 3).join(', ')}${more}. Resolve them, then \`git add\` them.`;
}

async function identity(git: Git): Promise<string | undefined> {
  const { code } = await git.run(['var', 'GIT_COMMITTER_IDENT'], { codes: [1, 128] });
  if (code === 0) return undefined;
  return 'git does not know who you are. Run `git config --global user.name "Your Name"` and `git config --global user.email you@example.com`.';
}

/** Another git that stays at work in this worktree; a busy script's come and go. */
async function busy(place: GitPlace, signal?: AbortSignal): Promise<string | undefined> {
  const lock = join(place.gitDir, 'index.lock');
  const started = performance.now();
  let last = '';
  let since = started;
  while (performance.now() - started < 3 * PATIENCE_MS) {
    signal?.throwIfAborted();
    const [commit, held] = await Promise.all([openCommit(place.root), stat(lock).catch(() => null)]);
    if (commit === undefined && held === null) return undefined;
    if (held !== null) await sweepScratches(place.gitDir);
    const now = `${commit} ${held?.ino}`;
    if (now !== last) since = performance.now();
    last = now;
    if (performance.now() - since > PATIENCE_MS) {
      if (commit === undefined) return `${lock} is held by another git. ${WAIT_OR_REMOVE}`;
      return `Your own \`git commit\` is open here (process ${commit}). Finish it or close its editor.`;
    }
    await sleep(POLL_MS);
  }
  return undefined;
}

/** Pid of a `git commit` in this worktree; a commit made under its open editor would make it fail. Found on Linux alone. */
async function openCommit(root: string): Promise<number | undefined> {
  if (process.platform !== 'linux') return undefined;
  for (const [nth, pid] of listProcesses().entries()) {
    if (nth % AT_ONCE === AT_ONCE - 1) await immediate();
    if (readProcess(pid, 'comm') !== 'git\n') continue;
    const words = readProcess(pid, 'cmdline').split('\0');
    if (basename(words[0] ?? '') !== 'git' || subcommand(words) !== 'commit') continue;
    const cwd = await readlink(`/proc/${pid}/cwd`).catch(() => '');
    if (`${cwd}${sep}`.startsWith(`${root}${sep}`)) return Number(pid);
  }
  return undefined;
}

/** The first word of a git command line that is neither an option of git's own nor the value of one. */
function subcommand(words: readonly string[]): string | undefined {
  const options = words.slice(1).values();
  for (const word of options) {
    if (!word.startsWith('-')) return word;
    if (['-C', '-c', '--git-dir', '--work-tree', '--namespace', '--config-env'].includes(word)) {
      options.next();
    }
  }
  return undefined;
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
