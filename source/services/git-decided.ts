// Commits that decide something: those whose message says so, and those of which the session has recorded it.
import type { Repository } from '../engine/git-ports.ts';
import type { Git } from './git.ts';

/** Options for `log` and `rev-list`: commits alone whose message says a decision. */
export const DECIDED = ['--extended-regexp', '--grep=^Decision: +[^ ]'];
/** Among how many of the newest commits those of the session are looked for. */
export const RECENT = 1_000;
/** Decisions of a commit that are read, and characters of each. */
const MOST = { decisions: 50, characters: 1_000 };

/** Trailers wherever they stand: a squashed commit has those of others in the middle. A line that is indented goes on. */
export function decisionsOf(message: string): string[] {
  const lines = message.matchAll(/^Decision: +(\S.*(?:\n[ \t]+\S.*)*)/gm);
  return [...lines]
    .slice(0, MOST.decisions)
    .map(([, text = '']) => text.replace(/\s+/g, ' ').trim().slice(0, MOST.characters));
}

export async function readDecisions(git: Git, commits: number): ReturnType<Repository['decisions']> {
  const args = ['log', '-z', '--no-patch', `--max-count=${commits}`, '--format=%H%n%B', 'HEAD'];
  const { code, stdout } = await git.run(args, { codes: [128] });
  if (code !== 0) return [];
  return stdout
    .toString('utf8')
    .split('\0')
    .map((commit) => ({ sha: commit.slice(0, commit.indexOf('\n')), decisions: decisionsOf(commit) }));
}

/** The newest `most` commits of HEAD that decide something, `recorded` ones among them, in the order of the log. */
export async function listDecided(git: Git, recorded: readonly string[], most: number): Promise<string[]> {
  const [told, recent] = await Promise.all([
    git.text(['rev-list', `--max-count=${most}`, ...DECIDED, 'HEAD']),
    git.text(['rev-list', `--max-count=${RECENT}`, 'HEAD']),
  ]);
  const trailers = told.split('\n').filter(Boolean);
  const decided = new Set([...trailers, ...recorded]);
  const newest = new Set(recent.split('\n'));
  const rest = trailers.filter((sha) => !newest.has(sha));
  return [...[...newest].filter((sha) => decided.has(sha)), ...rest].slice(0, most);
}
