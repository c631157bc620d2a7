// Where the time of the last turns went: by turn, by day, and what there is to mend.
import type { TimeSplit, Usage } from './facts.ts';
import { addTime, addUsage, noTime, noUsage, type Pace, TURNS, type TurnPace, wallMs } from './pace.ts';
import { costOf, type Price } from './price.ts';
import type { Tests } from './tests.ts';

export interface PaceOptions {
  readonly pace: Pace;
  readonly tests: Tests;
  /** Of the config. */
  readonly price?: Price;
  /** The account of the turn that runs, so far. */
  readonly running?: TimeSplit;
}

export interface PaceReport {
  /** Newest last. */
  readonly turns: readonly TurnAccount[];
  readonly running?: Pick<TurnAccount, 'time' | 'wallMs' | 'said' | 'long'>;
  /** Days that a turn ended on, in this machine's time, newest last. */
  readonly days: readonly DayAccount[];
  /** Epoch ms before which older turns are not told any more; absent: these are all turns there were. */
  readonly since?: number;
  readonly bottleneck?: Bottleneck;
}

export interface TurnAccount extends TurnPace {
  readonly wallMs: number;
  /** It took far longer than turns before it did. */
  readonly long: boolean;
  /** Dollars; absent where the price is not known. */
  readonly cost?: number;
}

export interface DayAccount {
  /** `2026-01-31`. */
  readonly day: string;
  readonly turns: number;
  readonly wallMs: number;
  readonly time: TimeSplit;
  /** The person's ms between turns. */
  readonly you: number;
  readonly usage: Usage;
  readonly requests: number;
  readonly cost?: number;
}

/** What takes the time, and one line on what would mend it. */
export interface Bottleneck {
  readonly what: 'model' | 'commands' | 'tests' | 'git' | 'harness';
  /** Of the wall time of the newest `turns` turns, 0 to 1. */
  readonly share: number;
  readonly turns: number;
  readonly mend: string;
}

/** "Now": the newest so many turns. */
const NEWEST = 20;
/** What is not the model has to take this much to be worth a word. */
const WORTH = 0.1;
/** A turn is long beyond three times what nine of ten turns took, and a minute, once there are so many to tell by. */
const LONG = { times: 3, of: 0.9, leastMs: 60_000, turns: 10 };

export function paceReport({ pace, tests, price, running }: PaceOptions): PaceReport {
  const before: number[] = [];
  const turns = pace.turns.map((turn): TurnAccount => {
    const cost = costOf(turn, price);
    const wall = wallMs(turn.time);
    const long = isPast(wall, before);
    insert(before, wall);
    return { ...turn, wallMs: wall, long, ...(cost !== undefined && { cost }) };
  });
  const bottleneck = bottleneckOf(turns.slice(-NEWEST), tests);
  return {
    turns,
    ...(running && { running: runningAccount(running, pace) }),
    days: daysOf(turns),
    ...(turns.length === TURNS && { since: turns[0]?.at }),
    ...(bottleneck && { bottleneck }),
  };
}

function runningAccount(time: TimeSplit, { current, turns }: Pace): NonNullable<PaceReport['running']> {
  const wall = wallMs(time);
  return { time, wallMs: wall, said: current.said, long: isLong(wall, turns) };
}

/** Whether a turn of this length runs far past what the turns before it took. */
export function isLong(ms: number, before: readonly TurnPace[]): boolean {
  if (ms <= LONG.leastMs) return false;
  return isPast(
    ms,
    before.map(({ time }) => wallMs(time)).sort((a, b) => a - b),
  );
}

/** `sorted`: the wall times to tell by. */
function isPast(ms: number, sorted: readonly number[]): boolean {
  if (ms <= LONG.leastMs || sorted.length < LONG.turns) return false;
  return ms > LONG.times * (sorted[Math.ceil(sorted.length * LONG.of) - 1] ?? 0);
}

function insert(sorted: number[], ms: number): void {
  const at = sorted.findIndex((each) => each > ms);
  sorted.splice(at < 0 ? sorted.length : at, 0, ms);
}

function daysOf(turns: readonly TurnAccount[]): DayAccount[] {
  const days = new Map<string, DayAccount>();
  for (const turn of turns) {
    const day = dayOf(turn.at);
    const { time, you, usage, requests, ...before } = days.get(day) ?? { ...emptyDay, day };
    days.set(day, {
      ...before,
      turns: before.turns + 1,
      wallMs: before.wallMs + turn.wallMs,
      time: addTime(time, turn.time),
      you: you + turn.you,
      usage: addUsage(usage, turn.usage),
      requests: requests + turn.requests,
      // Of turns whose price is not known nothing can be added, and a sum without them would be wrong.
      cost: before.cost === undefined || turn.cost === undefined ? undefined : before.cost + turn.cost,
    });
  }
  return [...days.values()];
}

const emptyDay = {
  ...{ turns: 0, wallMs: 0, you: 0, requests: 0, cost: 0 as number | undefined },
  time: noTime,
  usage: noUsage,
};

/** The day of this machine's time: `2026-01-31`. */
export function dayOf(at: number): string {
  const date = new Date(at);
  const parts = [date.getFullYear(), date.getMonth() + 1, date.getDate()];
  return parts.map((part) => String(part).padStart(2, '0')).join('-');
}

function bottleneckOf(turns: readonly TurnAccount[], tests: Tests): Bottleneck | undefined {
  const time = turns.reduce((sum, turn) => addTime(sum, turn.time), noTime);
  const wall = wallMs(time);
  if (wall === 0) return undefined;
  const others = (['commands', 'tests', 'git', 'harness'] as const).toSorted((a, b) => time[b] - time[a]);
  const [most = 'harness'] = others;
  const what = time[most] >= WORTH * wall ? most : 'model';
  return { what, share: time[what] / wall, turns: turns.length, mend: mendFor(what, time, turns, tests) };
}

function mendFor(
  what: Bottleneck['what'],
  time: TimeSplit,
  turns: readonly TurnAccount[],
  tests: Tests,
): string {
  switch (what) {
    case 'model':
      return mendModel(time, turns);
    case 'tests':
      return mendTests(tests);
    case 'commands':
      return 'hullspeed log names the commands that take long; the model can be asked for shorter ones';
    case 'git':
      return 'where commits run hooks, what takes long in them is better a part of the tests';
    case 'harness':
      return 'that is hullspeed itself and should not be: please report it, with hullspeed pace --json';
    default:
      return what satisfies never;
  }
}

function mendModel({ model, answer }: TimeSplit, turns: readonly TurnAccount[]): string {
  if (answer === undefined || model === 0) return 'nothing else takes time worth a word';
  const { waiting, reasoning, output } = answer;
  const share = (ms: number): string => `${Math.round((ms / model) * 100)}%`;
  if (waiting > reasoning && waiting > output) {
    const { input, cached } = turns.reduce((sum, { usage }) => addUsage(sum, usage), noUsage);
    const served =
      input === 0 ? '' : `; the cache served ${Math.round((cached / input) * 100)}% of the input`;
    return `${share(waiting)} of it waits for the first token${served}`;
  }
  return reasoning > output
    ? `${share(reasoning)} of it is thinking: a lower effort thinks less`
    : `${share(output)} of it is writing: this is as fast as it goes`;
}

function mendTests({ last }: Tests): string {
  const ms = last?.ms ?? 0;
  const [slowest] = last?.slow ?? [];
  if (slowest !== undefined && slowest.ms >= ms / 4)
    return `${seconds(slowest.ms)} of ${seconds(ms)} s in ${slowest.name}: make that one faster first`;
  return `a run takes ${seconds(ms)} s: tests.command in hullspeed.toml can name a faster one`;
}

function seconds(ms: number): string {
  return ms < 9_950 ? (ms / 1_000).toFixed(1) : String(Math.round(ms / 1_000));
}
