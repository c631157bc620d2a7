// What shipping works with, what a turn remembers between its ships, and what a ship comes to.
import type { CallOutcome, Outcome } from '../session/facts.ts';
import type { Changes } from './changes.ts';
import type { Settings } from './face.ts';
import type { Committer, Repository } from './git-ports.ts';
import type { StartingTree } from './known.ts';
import type { LateTests } from './late-tests.ts';
import type { LiveWriter } from './live.ts';
import type { Clock, Journal, Project } from './ports.ts';
import type { ShipLook } from './ship-look.ts';
import type { Stopwatch } from './stopwatch.ts';
import type { Store } from './store.ts';
import type { Verifier } from './verify.ts';

export interface ShipPorts {
  readonly store: Store;
  readonly live: LiveWriter;
  readonly journal: Journal;
  readonly project: Project;
  readonly repository: Repository;
  readonly committer: Committer;
  readonly verifier: Verifier;
  readonly changes: Changes;
  readonly clock: Clock;
  readonly late: LateTests;
  readonly stopwatch: Stopwatch;
  readonly settings: Settings;
}

/** What a turn remembers between its ships. */
export interface ShipMemory {
  /** Undefined until the first request is on its way. */
  start: StartingTree | undefined;
  readonly shipLook: ShipLook;
  /** HEAD's branch when the turn began. */
  branch: string | null;
  /** Red ships in a row, and the fewest failures among them: fewer is progress. */
  reds: number;
  fewest: number;
}

/** What a ship comes to: the call's output, and the turn's end or its going on. */
export interface Shipped {
  readonly outcome: CallOutcome;
  readonly output: string;
  readonly end?: Outcome;
  /** For people, with the end. */
  readonly reason?: string;
}
