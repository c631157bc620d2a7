// The session's commits that its state no longer holds, read again from the journal for the rows that are looked at.
import type { LogRow } from '../../engine/git-ports.ts';
import { type Commits, emptyCommits, reduceCommits, type ShippedCommit } from '../../session/commits.ts';
import type { Recorded } from '../../session/events.ts';
import type { TimeSplit } from '../../session/facts.ts';
import { emptyTests, reduceTests, type Tests } from '../../session/tests.ts';

export interface ShippedPast {
  /** What the session knows of a commit, as far as it has been looked for. */
  find(commits: Commits, sha: string): ShippedCommit | undefined;
  /** Looks for those of the rows that are older than what the state holds. Never rejects. */
  look(commits: Commits, rows: readonly LogRow[]): Promise<void>;
}

/** Events a reading, and how many readings for one look: the turn that made a commit ends some time after it. */
const PAGE = 500;
const PAGES = 8;
/** Commits that are remembered, those of other people too. */
const KEPT = 4_000;
/** Git stamps whole seconds, some time before the fact is recorded. */
const SLACK_MS = 5_000;

export function createShippedPast(
  history: (fromSeq: number, count: number) => Promise<readonly Recorded[]>,
): ShippedPast {
  const known = new Map<string, ShippedCommit | null>();
  let made: { readonly of: Commits['made']; readonly bySha: ReadonlyMap<string, ShippedCommit> } | undefined;
  let looking = false;

  const read = async (commits: Commits, rows: readonly LogRow[], last: number): Promise<void> => {
    const times = rows.map(({ at }) => at);
    const until = Math.max(...times) + SLACK_MS;
    const found = new Map<string, ShippedCommit>();
    const ended = new Map(
      commits.made.flatMap(({ turn, time }) => (turn && time ? [[turn, time] as const] : [])),
    );
    let tests = emptyTests;
    let from = await seqAt(history, Math.min(...times) - SLACK_MS, last);
    for (let page = 0; page < PAGES; page += 1) {
      const events = await history(from, PAGE);
      for (const event of events) tests = note(event, tests, found, ended);
      const end = events.at(-1);
      from += events.length;
      const whole = [...found.values()].every(
        ({ turn, verdict }) => verdict.kind !== 'testing' && (turn === undefined || ended.has(turn)),
      );
      if (end === undefined || (end.at > until && whole)) break;
    }
    for (const { sha } of rows) known.set(sha, known.get(sha) ?? timed(found.get(sha), ended));
    for (const sha of known.keys()) if (known.size > KEPT) known.delete(sha);
  };

  return {
    find(commits, sha) {
      if (made?.of !== commits.made)
        made = { of: commits.made, bySha: new Map(commits.made.map((each) => [each.sha, each])) };
      return made.bySha.get(sha) ?? known.get(sha) ?? undefined;
    },
    async look(commits, rows) {
      const oldest = commits.made[0];
      if (looking || oldest === undefined || commits.count <= commits.made.length) return;
      const older = rows.filter(({ sha, at }) => at <= oldest.at && !known.has(sha));
      if (older.length === 0) return;
      looking = true;
      // What cannot be read is not shown; the journal's own errors come from where it is written.
      await read(commits, older, oldest.seq).catch(() => undefined);
      looking = false;
    },
  };
}

/** The tests as they were before the event; as they are after it. */
function note(
  event: Recorded,
  tests: Tests,
  found: Map<string, ShippedCommit>,
  ended: Map<number, TimeSplit>,
): Tests {
  if (event.type === 'turn.ended' && event.time) ended.set(event.turn, event.time);
  // A commit, or the verdict of one that was made as `testing`.
  const tested = event.type === 'run.finished' ? found.get(tests.beside?.commit ?? '') : undefined;
  const before = tested === undefined ? emptyCommits : { made: [tested], count: 1 };
  const commit = reduceCommits(before, event, tests).made[0];
  if (commit !== undefined) found.set(commit.sha, commit);
  return reduceTests(tests, event);
}

function timed(
  commit: ShippedCommit | undefined,
  ended: ReadonlyMap<number, TimeSplit>,
): ShippedCommit | null {
  const time = commit?.turn === undefined ? undefined : ended.get(commit.turn);
  if (commit === undefined) return null;
  return time === undefined ? commit : { ...commit, time };
}

/** The first event that was recorded at or after `at`, by halving. */
async function seqAt(
  history: (fromSeq: number, count: number) => Promise<readonly Recorded[]>,
  at: number,
  last: number,
): Promise<number> {
  let low = 1;
  let high = last;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const [event] = await history(middle, 1);
    if (event === undefined || event.at >= at) high = middle;
    else low = middle + 1;
  }
  return low;
}
