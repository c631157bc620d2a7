// What stood above the composer when the screen was left, as it is kept for the next opening.
import type { ColourLevel } from '../theme.ts';

export interface LastFrame {
  /** Of the whole screen. */
  readonly columns: number;
  readonly height: number;
  /** What the rows are styled for. */
  readonly colours: ColourLevel;
  /** As they go to the terminal, none wider than the screen. */
  readonly rows: readonly string[];
}

/** A row as we write it: styles and links beside what is printed. */
const row = /^(?:[^\0-\x1f\x7f-\x9f]|\x1b\[[\d;:]*m|\x1b\]8;[^\0-\x1f\x7f-\x9f]*(?:\x1b\\|\x07))*$/;

export function writeFrame({ columns, height, colours, rows }: LastFrame): string {
  return JSON.stringify({ v: 1, columns, height, colours, rows });
}

/** Undefined where it is none of ours, or of another terminal's colours. */
export function readFrame(text: string | undefined, wanted: ColourLevel): LastFrame | undefined {
  try {
    const { v, columns, height, colours, rows } = JSON.parse(text ?? '') as Partial<LastFrame> & {
      readonly v?: unknown;
    };
    const isRow = (each: unknown): boolean => typeof each === 'string' && row.test(each);
    if (v !== 1 || colours !== wanted || !rows?.every(isRow)) return undefined;
    return columns === undefined || height === undefined ? undefined : { columns, height, colours, rows };
  } catch {
    return undefined;
  }
}
