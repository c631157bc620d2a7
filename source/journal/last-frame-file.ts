// What the screen showed last, beside the journal. Only ever a shortcut, like the snapshot: a frame is passed over where
// something was recorded behind it.
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { JOURNAL_FILE } from './journal-file.ts';
import { readPart, readSmall, replaceFile } from './private-files.ts';

const FRAME_FILE = 'frame.json';
/** Ours has some 10 kB; a wall of terminals 500. */
const MOST_BYTES = 4_000_000;
/** An opening and its end take 350: who leaves so soon that no frame was kept, may do so some 180 times. */
const MOST_BEHIND_BYTES = 64_000;
/** Openings in which nothing was done, as by a person who looks and leaves: see `encodeLine`, and the stamp before the type. */
const openings =
  /^(?:[0-9a-f]{8} \{"v":\d+,"seq":\d+,"at":\d+,"mono":[\d.]+,"type":"session\.(?:opened|closed)".*\n)*$/;

/** Of the journal as it is now. A frame that cannot be written is no reason to stop. */
export function writeLastFrame(directory: string, frame: string): void {
  try {
    const { size } = statSync(join(directory, JOURNAL_FILE));
    replaceFile(join(directory, FRAME_FILE), Buffer.from(`${size} ${frame}\n`));
  } catch {
    // As on a full disk: the next opening shows what it reads.
  }
}

/** Undefined where there is none, or the session has gone on since. */
export function readLastFrame(directory: string): string | undefined {
  const text = readSmall(join(directory, FRAME_FILE), MOST_BYTES) ?? '';
  const [, end, frame] = /^(\d+) (.*)\n$/.exec(text) ?? [];
  return end !== undefined && isStillLast(directory, Number(end)) ? frame : undefined;
}

/** Whether nothing but openings is recorded behind the byte `end`. */
function isStillLast(directory: string, end: number): boolean {
  const path = join(directory, JOURNAL_FILE);
  const behind = (statSync(path, { throwIfNoEntry: false })?.size ?? -1) - end;
  if (behind < 0 || behind > MOST_BEHIND_BYTES) return false;
  return openings.test(readPart(path, end, behind)?.toString() ?? '?');
}
