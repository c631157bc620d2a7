// `hullspeed pace`: where the time of the last turns went, and what would mend the slowest of it.
import type { Outcome } from '../session/facts.ts';
import { type PaceLine, paceLines } from '../session/pace-lines.ts';
import { type PaceOptions, paceReport } from '../session/pace-report.ts';
import { duration, jsonLine, oneLine, type Writer } from './print.ts';

export interface PrintPaceOptions extends PaceOptions {
  /** Of the terminal. */
  readonly columns: number;
  /** Epoch ms. */
  readonly now: number;
  readonly json: boolean;
  readonly stdout: Writer;
}

const marks: Readonly<Record<Outcome, string>> = {
  shipped: '✓',
  answered: '·',
  red: '✕',
  held: '‖',
  interrupted: '■',
  failed: '✕',
};

export function printPace({ columns, now, json, stdout, ...options }: PrintPaceOptions): void {
  const report = paceReport(options);
  if (json) {
    stdout.write(jsonLine(report));
    return;
  }
  const short = (ms: number): string => duration(ms).replace(' ', '');
  const lines = paceLines(report, { width: columns, now, duration: short, marks });
  stdout.write(lines.map((line) => `${textOf(line, columns)}\n`).join(''));
}

/** A wide character takes two columns; what is not plain is taken for one. */
function textOf({ text, said = '' }: PaceLine, columns: number): string {
  const room = Math.max(0, columns - text.length);
  const line = oneLine(said, Math.max(1, room));
  const wide = line.replace(/[\x20-\x7e]/g, '').length;
  return `${text}${room < 2 ? '' : oneLine(line, Math.max(1, room - wide))}`.slice(0, columns).trimEnd();
}
