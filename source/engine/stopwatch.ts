// Splits wall time by what it waited for: in a turn at each instant one bucket, by precedence, and the person's
// between turns (rule 32).
import type { AnswerTime, TimeSplit } from '../session/facts.ts';
import type { Clock } from './ports.ts';

/** In order of precedence: a test under an open request is the model's time, and hidden. */
const kinds = ['model', 'commands', 'tests', 'git'] as const;
/** `beside`: a run of the tests, waited for or not; under an open request it is hidden, else it is nobody's time. */
export type WorkKind = (typeof kinds)[number] | 'beside';

export interface Stopwatch {
  /** Begins a turn's account. The whole ms since the last one was stopped; undefined: it is the first. */
  start(): number | undefined;
  /** The turn is over: nothing is counted until the next start. */
  stop(): TimeSplit;
  /** Whole ms; their sum without `hidden` is the wall time since `start`. */
  split(): TimeSplit;
  /** Counts the work's time as `kind` for as long as it takes. */
  during<T>(kind: WorkKind, work: () => Promise<T>): Promise<T>;
  /** What the open request's time is from now on; when it closes, it is `waiting` again. */
  answering(part: keyof AnswerTime): void;
}

type Spent = Record<Exclude<WorkKind, 'beside'> | 'harness' | 'hidden' | keyof AnswerTime, number>;

export function createStopwatch(clock: Clock): Stopwatch {
  const open = { model: 0, commands: 0, tests: 0, git: 0, beside: 0 };
  let part: keyof AnswerTime = 'waiting';
  let spent = nothing();
  let since: number | null = null;
  let stopped: number | undefined;

  const account = (): void => {
    if (since === null) return;
    const now = clock.mono();
    const ms = now - since;
    const bucket = kinds.find((kind) => open[kind] > 0) ?? 'harness';
    spent[bucket] += ms;
    if (bucket === 'model') spent[part] += ms;
    if (open.tests + open.beside > 0 && bucket === 'model') spent.hidden += ms;
    since = now;
  };
  const split = (): TimeSplit => {
    account();
    return whole(spent);
  };
  const answering = (next: keyof AnswerTime): void => {
    if (next === part) return;
    account();
    part = next;
  };
  return {
    split,
    answering,
    start() {
      spent = nothing();
      since = clock.mono();
      return stopped === undefined ? undefined : Math.round(since - stopped);
    },
    stop() {
      const time = split();
      stopped = since ?? undefined;
      since = null;
      return time;
    },
    async during(kind, work) {
      account();
      open[kind] += 1;
      try {
        return await work();
      } finally {
        account();
        open[kind] -= 1;
        if (kind === 'model') part = 'waiting';
      }
    },
  };
}

function nothing(): Spent {
  return {
    ...{ model: 0, commands: 0, tests: 0, git: 0, harness: 0, hidden: 0 },
    ...{ waiting: 0, reasoning: 0, output: 0 },
  };
}

/**
 * Rounded so that the parts still sum up to the rounded whole; the rest of the rounding is the harness', and the
 * waiting's. Made for each delta of an answer: field by field it takes a tenth of what walking over the fields does.
 */
function whole(spent: Spent): TimeSplit {
  const wall = Math.round(spent.model + spent.commands + spent.tests + spent.git + spent.harness);
  const model = Math.floor(spent.model);
  const commands = Math.floor(spent.commands);
  const tests = Math.floor(spent.tests);
  const git = Math.floor(spent.git);
  const reasoning = Math.floor(spent.reasoning);
  const output = Math.floor(spent.output);
  return {
    model,
    answer: { waiting: model - reasoning - output, reasoning, output },
    commands,
    tests,
    git,
    harness: wall - model - commands - tests - git,
    hidden: Math.floor(spent.hidden),
  };
}

/** The port, with the time of all that it is asked for counted as `kind`. */
export function counted<Port extends object>(port: Port, kind: WorkKind, stopwatch: Stopwatch): Port {
  return new Proxy(port, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== 'function') return member;
      return (...args: unknown[]): unknown => {
        const answer: unknown = Reflect.apply(member, target, args);
        return answer instanceof Promise ? stopwatch.during(kind, () => answer) : answer;
      };
    },
  });
}
