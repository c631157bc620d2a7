// The table that a run prints, and the lines that say what became worse.
import type { Compared } from './baseline.ts';
import { type Figure, median, type Row } from './figures.ts';

const HEAD = ['what', 'hullspeed', 'floor', 'ratio', 'was', '', 'n', 'the floor is'];
const NUMBERS = new Set([1, 2, 3, 4, 6]);
const VERDICTS = { new: 'new', same: '', better: 'better', worse: 'WORSE' } as const;

export function table(compared: readonly Compared[]): string {
  const rows = [HEAD, ...compared.map(cells)];
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const cell = (text: string, column: number): string =>
    NUMBERS.has(column) ? text.padStart(widths[column] ?? 0) : text.padEnd(widths[column] ?? 0);
  return rows.map((row) => row.map(cell).join('  ').trimEnd()).join('\n');
}

function cells({ row, was, verdict }: Compared): string[] {
  const { what, samples, floor } = row;
  const measured = median(samples);
  const least = floor && median(floor.samples);
  return [
    what,
    short(measured),
    least === undefined ? '' : short(least),
    least === undefined ? '' : (measured / least).toFixed(2),
    was ? figure(was.value, row) : '',
    VERDICTS[verdict],
    `${samples.length}`,
    floor?.is ?? '',
  ];
}

/** What became worse, from what to what, in a line. */
export function complaint({ row, is, was = is }: Compared, tries: number): string {
  const of = row.kind === 'time' ? ' times its floor' : '';
  const least = row.kind === 'count' || tries === 1 ? '' : `, the least of ${tries} measurements`;
  return `${row.what}: was ${withSpread(was, row)}${of}, is ${withSpread(is, row)}${least}`;
}

function withSpread({ value, spread }: Figure, row: Row): string {
  return spread === 0 ? figure(value, row) : `${figure(value, row)} ± ${figure(spread, row)}`;
}

/** A ratio, or what was counted or weighed. */
function figure(value: number, { kind }: Row): string {
  return kind === 'time' ? value.toFixed(2) : short(value);
}

/** Three digits at least, and none behind the point where there are as many before it. */
function short(value: number): string {
  if (Number.isNaN(value)) return '-';
  if (Number.isInteger(value) || Math.abs(value) >= 100) return value.toFixed(0);
  return value.toFixed(Math.abs(value) < 0.1 ? 4 : Math.abs(value) < 10 ? 2 : 1);
}
