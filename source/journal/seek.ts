// Finds events by seq without an index: seqs only grow along the file, so halving it does.
import type { FileHandle } from 'node:fs/promises';
import type { Stored } from './line.ts';
import { type Line, scanLines } from './scan.ts';

/** Nearer than this, going through the lines is cheaper than another probe. */
const NEAR_BYTES = 16 * 1024;
/** Holds a line or some; a longer one takes more of them. */
const PROBE_BYTES = 4 * 1024;

export type WholeLine = Line & { readonly stored: Stored };

/** The line of the event `seq`, if there is a whole one before the byte `end`. */
export async function lineOf(file: FileHandle, end: number, seq: number): Promise<WholeLine | undefined> {
  for await (const line of storedFrom(file, end, seq)) return line.stored.seq === seq ? line : undefined;
  return undefined;
}

/** The whole lines of `seq` and later ones, in order, up to the byte `end`. */
export async function* storedFrom(file: FileHandle, end: number, seq: number): AsyncGenerator<WholeLine> {
  for await (const lines of scanLines(file, await offsetBefore(file, end, seq), end)) {
    for (const line of lines) {
      if (isWhole(line) && line.stored.seq >= seq) yield line;
    }
  }
}

/** A line's start: no event of `seq` or later begins before it. */
async function offsetBefore(file: FileHandle, end: number, seq: number): Promise<number> {
  let low = 0;
  let high = end;
  while (high - low > NEAR_BYTES) {
    const middle = Math.floor((low + high) / 2);
    const line = await firstWholeAfter(file, middle, high);
    if (line !== undefined && line.stored.seq < seq) low = line.end;
    else high = middle;
  }
  return low;
}

/** `from` may lie within a line: what begins there is passed over. */
async function firstWholeAfter(file: FileHandle, from: number, to: number): Promise<WholeLine | undefined> {
  for await (const lines of scanLines(file, from, to, PROBE_BYTES)) {
    for (const line of lines) {
      if (line.offset > from && isWhole(line)) return line;
    }
  }
  return undefined;
}

function isWhole(line: Line): line is WholeLine {
  return line.stored !== undefined;
}
