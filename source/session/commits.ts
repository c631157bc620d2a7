// The session's own commits, newest last, and the one that is being made.

import type { Recorded } from './events.ts';
import type { CommitAbout, Decision, ShipVerdict, TimeSplit } from './facts.ts';
import type { Run, Tests } from './tests.ts';

export interface ShippedCommit {
  readonly sha: string;
  readonly seq: number;
  readonly at: number;
  readonly subject: string;
  readonly branch: string;
  readonly by: 'ship' | 'command';
  readonly verdict: ShipVerdict;
  readonly paths: readonly { readonly path: string; readonly by: string }[];
  readonly decisions: readonly Decision[];
  readonly turn?: number;
  /** How many files of the tree that was tested are not as they were committed: the person's, or rewritten by a run. */
  readonly dirty?: number;
  /** The branch had changed since the turn began. */
  readonly moved?: true;
  /** It was committed as `testing`: the verdict came after it, or is still to come. */
  readonly late?: true;
  /** Of the turn that made it; there once that turn has ended. */
  readonly time?: TimeSplit;
}

export interface Commits {
  readonly made: readonly ShippedCommit[];
  /** How many there were in all: `made` is bounded. */
  readonly count: number;
  /** A commit whose ref may or may not have moved; finished or rolled back on start (rule 19). */
  readonly open?: {
    readonly ref: string;
    readonly base: string | null;
    readonly next: string;
    readonly indexLock?: string;
    readonly about?: CommitAbout;
  };
}

const MADE = 200;
export const emptyCommits: Commits = { made: [], count: 0 };

/** `tests`: as they were before the event. */
export function reduceCommits(commits: Commits, event: Recorded, tests: Tests): Commits {
  switch (event.type) {
    case 'commit.started': {
      const { ref, base, next, indexLock, about } = event;
      const open = {
        ref,
        base,
        next,
        ...(indexLock !== undefined && { indexLock }),
        ...(about && { about }),
      };
      return { ...commits, open };
    }
    case 'commit.created': {
      const { sha, seq, at, subject, branch, by, verdict, paths, decisions = [], turn, dirty, moved } = event;
      const optional = {
        ...(turn !== undefined && { turn }),
        ...(dirty && { dirty }),
        ...(moved && { moved }),
        ...(verdict.kind === 'testing' && { late: true as const }),
      };
      const commit: ShippedCommit = {
        sha,
        seq,
        at,
        subject,
        branch,
        by,
        verdict,
        paths,
        decisions,
        ...optional,
      };
      return { made: [...commits.made, commit].slice(-MADE), count: commits.count + 1 };
    }
    case 'commit.failed':
      return { made: commits.made, count: commits.count };
    case 'run.finished': {
      const { beside, known } = tests;
      const verdict =
        beside?.purpose === 'commit' && beside.id === event.run
          ? lateVerdict(event, beside, known)
          : undefined;
      return verdict === undefined
        ? commits
        : changeMade(commits, ({ sha }) => sha === beside?.commit, verdict);
    }
    case 'notice.raised':
      return event.about?.kind === 'scratch off' ? unverified(commits, tests) : commits;
    case 'turn.ended': {
      const { time, turn } = event;
      if (time === undefined || !commits.made.some((commit) => commit.turn === turn)) return commits;
      return {
        ...commits,
        made: commits.made.map((commit) => (commit.turn === turn ? { ...commit, time } : commit)),
      };
    }
    default:
      return commits;
  }
}

function changeMade(
  commits: Commits,
  which: (commit: ShippedCommit) => boolean,
  verdict: ShipVerdict,
): Commits {
  return {
    ...commits,
    made: commits.made.map((commit) => (which(commit) ? { ...commit, verdict } : commit)),
  };
}

/** What a run says of the commit that it tested; undefined: nothing. */
function lateVerdict(
  { verdict, counts, failures }: Recorded & { type: 'run.finished' },
  { suites }: Run,
  known: readonly string[],
): ShipVerdict | undefined {
  switch (verdict) {
    case 'stopped':
      return undefined;
    case 'green':
      return { kind: 'green', ...(counts && { counts }), ...(suites && { suites }) };
    case 'none':
      return { kind: 'untested' };
    default: {
      const named = failures.length > 0 && failures.length >= (counts?.failed ?? 0);
      const old = named && failures.every(({ name }) => known.includes(name));
      return old ? { kind: 'known', failures: failures.length } : { kind: 'red' };
    }
  }
}

/** Scratch checkouts say nothing here: what the last one said is not believed, and no other will come. */
function unverified(commits: Commits, { results }: Tests): Commits {
  const last: Run | undefined = results.findLast(({ run }) => run.purpose === 'commit')?.run;
  const made = commits.made.map((commit): ShippedCommit => {
    if (commit.verdict.kind === 'testing') return { ...commit, verdict: { kind: 'untested' } };
    if (commit.late === undefined || commit.verdict.kind !== 'red' || commit.sha !== last?.commit)
      return commit;
    return { ...commit, verdict: { kind: 'unverified', failures: last.failures.length || 1 } };
  });
  return { ...commits, made };
}

/** The newest commit that its tests say something of, where that came late or has not come yet. */
export function latestLate({ made }: Commits): ShippedCommit | undefined {
  const newest = made.findLast(({ verdict }) => verdict.kind !== 'not needed' && verdict.kind !== 'untested');
  return newest?.late ? newest : undefined;
}

/** How many commits in a row, up to the newest that was tested late, were red. */
export function lateReds({ made }: Commits): number {
  const verdicts = made.filter(({ late, verdict }) => late && verdict.kind !== 'testing');
  const green = verdicts.findLastIndex(({ verdict }) => verdict.kind !== 'red');
  return verdicts.length - 1 - green;
}
