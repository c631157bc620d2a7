// Where time and tokens went: per turn, bounded, and in all.

import type { Recorded } from './events.ts';
import type { Outcome, TimeSplit, Usage } from './facts.ts';

export interface TurnPace {
  readonly turn: number;
  readonly outcome: Outcome;
  readonly at: number;
  readonly time: TimeSplit;
  /** The person's ms before it. */
  readonly you: number;
  readonly usage: Usage;
  readonly requests: number;
}

export interface Pace {
  /** Newest last. */
  readonly turns: readonly TurnPace[];
  readonly total: TimeSplit & { readonly you: number };
  readonly usage: Usage;
  readonly requests: number;
  /** Of the running turn. */
  readonly current: { readonly usage: Usage; readonly requests: number; readonly you: number };
}

const TURNS = 200;
export const noUsage: Usage = { input: 0, cached: 0, output: 0, reasoning: 0 };
const noTime: TimeSplit = { model: 0, commands: 0, tests: 0, git: 0, harness: 0, hidden: 0 };
const nothing = { usage: noUsage, requests: 0, you: 0 };
export const emptyPace: Pace = {
  turns: [],
  total: { ...noTime, you: 0 },
  usage: noUsage,
  requests: 0,
  current: nothing,
};

export function reducePace(pace: Pace, event: Recorded): Pace {
  switch (event.type) {
    case 'turn.started':
      return { ...pace, current: { ...nothing, you: event.you ?? 0 } };
    case 'step.finished':
      return spend(pace, event.usage);
    case 'context.compacted':
      return event.usage ? spend(pace, event.usage) : pace;
    case 'turn.ended': {
      if (event.time === undefined) return pace;
      const { usage, requests, you } = pace.current;
      const turn: TurnPace = {
        turn: event.turn,
        outcome: event.outcome,
        at: event.at,
        time: event.time,
        you,
        usage,
        requests,
      };
      const total = { ...addTime(pace.total, event.time), you: pace.total.you + you };
      return { ...pace, turns: [...pace.turns, turn].slice(-TURNS), total };
    }
    default:
      return pace;
  }
}

function spend(pace: Pace, usage: Usage): Pace {
  const current = {
    ...pace.current,
    usage: addUsage(pace.current.usage, usage),
    requests: pace.current.requests + 1,
  };
  return { ...pace, usage: addUsage(pace.usage, usage), requests: pace.requests + 1, current };
}

export function addUsage(a: Usage, b: Usage): Usage {
  return {
    input: a.input + b.input,
    cached: a.cached + b.cached,
    output: a.output + b.output,
    reasoning: a.reasoning + b.reasoning,
  };
}

function addTime(a: TimeSplit, b: TimeSplit): TimeSplit {
  return {
    model: a.model + b.model,
    commands: a.commands + b.commands,
    tests: a.tests + b.tests,
    git: a.git + b.git,
    harness: a.harness + b.harness,
    hidden: a.hidden + b.hidden,
  };
}

/** Wall ms of a split: the sum without what was hidden. */
export function wallMs(time: TimeSplit): number {
  return time.model + time.commands + time.tests + time.git + time.harness;
}
