// Splits a turn's wall time by what it waited for: at each instant one bucket, by precedence (rule 32).
import type { TimeSplit } from '../session/facts.ts';
import type { Clock } from './ports.ts';

/** In order of precedence: a test under an open request is the model's time, and hidden. */
const kinds = ['model', 'commands', 'tests', 'git'] as const;
export type WorkKind = (typeof kinds)[number];

export interface Stopwatch {
  /** Begins a turn's account. */
  start(): void;
  /** The turn is over: nothing is counted until the next start. */
  stop(): TimeSplit;
  /** Whole ms; their sum without `hidden` is the wall time since `start`. */
  split(): TimeSplit;
  /** Counts the work's time as `kind` for as long as it takes. */
  during<T>(kind: WorkKind, work: () => Promise<T>): Promise<T>;
}

export function createStopwatch(clock: Clock): Stopwatch {
  const open = { model: 0, commands: 0, tests: 0, git: 0 };
  let spent = { model: 0, commands: 0, tests: 0, git: 0, harness: 0, hidden: 0 };
  let since: number | null = null;

  const account = (): void => {
    if (since === null) return;
    const now = clock.mono();
    const bucket = kinds.find((kind) => open[kind] > 0) ?? 'harness';
    spent[bucket] += now - since;
    if (open.tests > 0 && bucket === 'model') spent.hidden += now - since;
    since = now;
  };
  const split = (): TimeSplit => {
    account();
    return whole(spent);
  };
  return {
    split,
    start() {
      spent = { model: 0, commands: 0, tests: 0, git: 0, harness: 0, hidden: 0 };
      since = clock.mono();
    },
    stop() {
      const time = split();
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
      }
    },
  };
}

/** Rounded so that the parts still sum up to the rounded whole; the rest of the rounding is the harness'. */
function whole(spent: TimeSplit): TimeSplit {
  const { harness, hidden } = spent;
  const [model, commands, tests, git] = [spent.model, spent.commands, spent.tests, spent.git].map(
    Math.floor,
  ) as [number, number, number, number];
  const wall = Math.round(spent.model + spent.commands + spent.tests + spent.git + harness);
  return {
    model,
    commands,
    tests,
    git,
    harness: wall - model - commands - tests - git,
    hidden: Math.floor(hidden),
  };
}
