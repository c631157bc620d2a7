// The session's own commits, newest last, and the one that is being made.

import type { Recorded } from './events.ts';
import type { CommitAbout, Decision, ShipVerdict, TimeSplit } from './facts.ts';

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
  /** How many of the person's uncommitted files were in the tree that was tested (rule 14). */
  readonly dirty?: number;
  /** The branch had changed since the turn began. */
  readonly moved?: true;
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

export function reduceCommits(commits: Commits, event: Recorded): Commits {
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
