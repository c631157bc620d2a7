// What the figures were when somebody accepted them, and whether those of a run are worse by more than noise.
import { type Figure, figureOf, median, type Row } from './figures.ts';

/** By group and by name of the row. */
export type Baseline = Readonly<Record<string, GroupBaseline>>;
export type GroupBaseline = Readonly<Record<string, Figure>>;

export interface Compared {
  readonly row: Row;
  readonly is: Figure;
  readonly was?: Figure;
  /** `new`: nobody has accepted anything. */
  readonly verdict: 'new' | 'same' | 'better' | 'worse';
}

/**
 * What no spread tells of, as a share of what was: how a program lies in memory, what else a machine does all the time, and
 * another machine. A count has no noise.
 */
const SHARE: Readonly<Record<Row['kind'], number>> = { time: 0.15, weight: 0.1, count: 0 };
/** Standard errors of one measurement, or a third of them in each of three. */
const ERRORS = 3;

/**
 * `tries` are one or more measurements of the same rows. A row counts by its least one: a program that became slower is so
 * each time, a machine that is busy is not.
 */
export function compare(tries: readonly (readonly Row[])[], baseline: GroupBaseline = {}): Compared[] {
  const [first = []] = tries;
  return first.map(({ what }) => {
    const { row, is } = leastOf(tries, what);
    const was = baseline[what];
    return was === undefined
      ? { row, is, verdict: 'new' }
      : { row, is, was, verdict: verdictOf(is, was, row.kind, tries.length) };
  });
}

function leastOf(tries: readonly (readonly Row[])[], what: string): { row: Row; is: Figure } {
  const all = tries.flatMap((rows) => rows.filter((row) => row.what === what));
  const [least] = all.map((row) => ({ row, is: figureOf(row) })).toSorted((a, b) => a.is.value - b.is.value);
  if (least === undefined) throw new Error(`${what} was not measured`);
  return least;
}

/** Whether another measurement is to tell what this one cannot: a regression from a busy machine. */
export function isSuspect({ row, is, was }: Compared): boolean {
  return was !== undefined && row.kind !== 'count' && is.value - was.value > SHARE[row.kind] * was.value;
}

function verdictOf(is: Figure, was: Figure, kind: Row['kind'], tries: number): Compared['verdict'] {
  const noise = Math.max(SHARE[kind] * was.value, ERRORS * Math.hypot(is.spread / tries, was.spread));
  const more = is.value - was.value;
  if (more > noise) return 'worse';
  return more < -noise ? 'better' : 'same';
}

/** Rows that somebody accepted and that nobody measures any more. */
export function goneFrom(compared: readonly Compared[], baseline: GroupBaseline = {}): string[] {
  const measured = new Set(compared.map(({ row }) => row.what));
  return Object.keys(baseline).filter((what) => !measured.has(what));
}

/**
 * The baseline of several measurements of the same rows: the median, and as its spread the larger of what one measurement
 * says of itself and of how far half of them are from it. What could not be measured is left out.
 */
export function accept(tries: readonly (readonly Row[])[]): GroupBaseline {
  const [first = []] = tries;
  const figures = first.map(({ what }) => {
    const all = tries.flatMap((rows) => rows.filter((row) => row.what === what)).map(figureOf);
    const value = median(all.map((each) => each.value));
    const between = median(all.map((each) => Math.abs(each.value - value)));
    const within = median(all.map(({ spread }) => spread));
    return [what, { value, spread: Math.max(within, between) }] as const;
  });
  return Object.fromEntries(figures.filter(([, { value }]) => Number.isFinite(value)));
}

/** A row a line, as `[value, spread]`. */
export function writeBaseline(baseline: Baseline): string {
  const groups = Object.entries(baseline).map(([group, rows]) => {
    const lines = Object.entries(rows).map(
      ([what, { value, spread }]) => `    ${JSON.stringify(what)}: [${round(value)}, ${round(spread)}]`,
    );
    return `  ${JSON.stringify(group)}: {\n${lines.join(',\n')}\n  }`;
  });
  return `{\n${groups.join(',\n')}\n}\n`;
}

export function readBaseline(text: string): Baseline {
  const groups = JSON.parse(text) as Record<string, Record<string, readonly [number, number]>>;
  return mapValues(groups, (rows) => mapValues(rows, ([value, spread]) => ({ value, spread })));
}

function mapValues<From, To>(
  of: Readonly<Record<string, From>>,
  change: (value: From) => To,
): Record<string, To> {
  return Object.fromEntries(Object.entries(of).map(([key, value]) => [key, change(value)]));
}

function round(value: number): number {
  return Number(value.toPrecision(4));
}
