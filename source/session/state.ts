// The whole of a session: what every face shows and what the model's context is built from.
import { type Claims, reduceClaims } from './claims.ts';
import { type Commits, emptyCommits, reduceCommits } from './commits.ts';
import { type Context, emptyContext, reduceContext } from './context.ts';
import { type Conversation, emptyConversation, reduceConversation } from './conversation.ts';
import type { Recorded } from './events.ts';
import type { HeadSeen } from './facts.ts';
import { emptyPace, type Pace, reducePace } from './pace.ts';
import { emptyQueue, type Queue, reduceQueue } from './queue.ts';
import { type References, reduceReferences } from './references.ts';
import { emptyTests, reduceTests, type Tests } from './tests.ts';
import { reduceTurns, type Turns } from './turn.ts';
import { reduceUntold, type Untold } from './untold.ts';
import { reduceHead } from './world.ts';

/** Plain JSON and bounded, so that it can stand in a snapshot (rule 30). */
export interface SessionState {
  /** Of the last event; 0: none. */
  readonly seq: number;
  /** Epoch ms of the last event. */
  readonly at: number;
  /** Whether a process has it open, as far as the journal knows. */
  readonly open: boolean;
  readonly root: string;
  /** seq of the newest `session.opened`. */
  readonly openedSeq: number;
  readonly conversation: Conversation;
  readonly queue: Queue;
  readonly turns: Turns;
  readonly context: Context;
  readonly tests: Tests;
  readonly claims: Claims;
  readonly commits: Commits;
  readonly pace: Pace;
  /** Absent: no snapshot has seen it yet. */
  readonly head?: HeadSeen;
  /** For the model's next request; absent: nothing. */
  readonly untold?: readonly Untold[];
  /** Absent: none. */
  readonly references?: References;
}

export const initialState: SessionState = {
  seq: 0,
  at: 0,
  open: false,
  root: '',
  openedSeq: 0,
  conversation: emptyConversation,
  queue: emptyQueue,
  turns: {},
  context: emptyContext,
  tests: emptyTests,
  claims: {},
  commits: emptyCommits,
  pace: emptyPace,
};

/** The state after one more event. Pure: no clock, no ids, no I/O. Unknown types change nothing but `seq`. */
export function reduce(state: SessionState, event: Recorded): SessionState {
  const untold = reduceUntold(state.untold, event);
  const head = reduceHead(state.head, event);
  const references = reduceReferences(state.references, event);
  return {
    seq: event.seq,
    at: event.at,
    open: event.type === 'session.closed' ? false : event.type === 'session.opened' ? true : state.open,
    root: event.type === 'session.opened' ? event.root : state.root,
    openedSeq: event.type === 'session.opened' ? event.seq : state.openedSeq,
    conversation: reduceConversation(state.conversation, event),
    queue: reduceQueue(state.queue, event),
    turns: reduceTurns(state.turns, event),
    context: reduceContext(state.context, event),
    tests: reduceTests(state.tests, event),
    claims: reduceClaims(state.claims, event),
    commits: reduceCommits(state.commits, event, state.tests),
    pace: reducePace(state.pace, event),
    ...(head && { head }),
    ...(untold && { untold }),
    ...(references && { references }),
  };
}
