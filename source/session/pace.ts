// Where time and tokens went: per turn, bounded, and in all.

import type { Recorded } from './events.ts';
import type { AnswerTime, Outcome, TimeSplit, Usage } from './facts.ts';

export interface TurnPace {
  readonly turn: number;
  readonly outcome: Outcome;
  readonly at: number;
  readonly time: TimeSplit;
  /** The person's ms before it. */
  readonly you: number;
  readonly usage: Usage;
  readonly requests: number;
  /** The beginning of its prompt, on one line and not cleaned. */
  readonly said: string;
  /** Who answered last; absent: nobody did. */
  readonly model?: string;
  readonly host?: string;
}

export interface Pace {
  /** Newest last, the newest `TURNS`. */
  readonly turns: readonly TurnPace[];
  readonly total: TimeSplit & { readonly you: number };
  readonly usage: Usage;
  readonly requests: number;
  /** Of the running turn. */
  readonly current: Pick<TurnPace, 'usage' | 'requests' | 'you' | 'said' | 'model' | 'host'>;
  /** The beginning of the prompt that was accepted last. */
  readonly said: string;
}

export const TURNS = 200;
/** Characters of a prompt's beginning: more than a row has room for. */
const SAID = 80;
export const noUsage: Usage = { input: 0, cached: 0, output: 0, reasoning: 0 };
const noAnswer: AnswerTime = { waiting: 0, reasoning: 0, output: 0 };
export const noTime: TimeSplit = { model: 0, commands: 0, tests: 0, git: 0, harness: 0, hidden: 0 };
const nothing = { usage: noUsage, requests: 0, you: 0, said: '' };
export const emptyPace: Pace = {
  turns: [],
  total: { ...noTime, you: 0 },
  usage: noUsage,
  requests: 0,
  current: nothing,
  said: '',
};

export function reducePace(pace: Pace, event: Recorded): Pace {
  switch (event.type) {
    case 'prompt.accepted':
      return { ...pace, said: beginningOf(event.text) };
    case 'turn.started':
      return { ...pace, current: { ...nothing, said: pace.said, you: event.you ?? 0 } };
    case 'step.finished': {
      const spent = spend(pace, event.usage);
      return { ...spent, current: { ...spent.current, model: event.model, host: event.host } };
    }
    case 'context.compacted':
      return event.usage ? spend(pace, event.usage) : pace;
    case 'turn.ended': {
      if (event.time === undefined) return pace;
      const { turn, outcome, at, time } = event;
      const ended: TurnPace = { turn, outcome, at, time, ...pace.current };
      const total = { ...addTime(pace.total, time), you: pace.total.you + ended.you };
      return { ...pace, turns: [...pace.turns, ended].slice(-TURNS), total };
    }
    default:
      return pace;
  }
}

/** Never half of a character. */
function beginningOf(text: string): string {
  const start = text.trim().slice(0, SAID);
  return start.replace(/[\ud800-\udbff]$/, '').replace(/\s+/g, ' ');
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

export function addTime(a: TimeSplit, b: TimeSplit): TimeSplit {
  return {
    model: a.model + b.model,
    ...((a.answer || b.answer) && { answer: addAnswers(a.answer, b.answer) }),
    commands: a.commands + b.commands,
    tests: a.tests + b.tests,
    git: a.git + b.git,
    harness: a.harness + b.harness,
    hidden: a.hidden + b.hidden,
  };
}

function addAnswers(a = noAnswer, b = noAnswer): AnswerTime {
  return {
    waiting: a.waiting + b.waiting,
    reasoning: a.reasoning + b.reasoning,
    output: a.output + b.output,
  };
}

/** Wall ms of a split: the sum without what was hidden. */
export function wallMs(time: TimeSplit): number {
  return time.model + time.commands + time.tests + time.git + time.harness;
}
