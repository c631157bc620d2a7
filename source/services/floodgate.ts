// Keeps a program that prints faster than its output can be shown from filling the memory.
import { StringDecoder } from 'node:string_decoder';
import { createBytes } from '../engine/bytes.ts';

export interface Floodgate {
  /** The memory may be used again once it returns. */
  write(bytes: Uint8Array): void;
  /** Forgets what waits. */
  drop(): void;
}

/** Bytes that are shown of what comes within a moment: about what the emulator's scrollback holds. */
const NEWEST = 256_000;
/** Bytes that may wait. */
const WAITING = 2 * NEWEST;
/** Bytes that are passed on at once: keys wait for it, 5 to 10 ms for the first ones, before V8 has compiled what reads them. */
const PIECE = 8_192;
/**
 * A moment, in ms. Where more came in one than is shown, one piece is passed on in the next: nobody reads what is gone a
 * moment later, and the emulator takes half of the processor, so that the program, keys and frames would wait for it.
 */
const MOMENT_MS = 100;

/**
 * Passes text on a piece at a time; `take` calls `done` when it can have the next. Where too much waits, its middle is
 * dropped, between what was passed on already and the newest, and a line says how much. Only what is passed on ever
 * becomes text.
 */
export function createFloodgate(take: (text: string, done: () => void) => void): Floodgate {
  const waiting = createBytes(WAITING);
  let decoder = new StringDecoder();
  let skipped = 0;
  let busy = false;
  let moment = { began: Number.NEGATIVE_INFINITY, came: 0, share: NEWEST };

  /** ms that are left of the moment; the next one begins where none are. */
  const leftOfMoment = (): number => {
    const now = performance.now();
    const left = moment.began + MOMENT_MS - now;
    if (left > 0) return left;
    const isFlood = moment.came > NEWEST;
    if (isFlood && waiting.length > NEWEST) shorten();
    moment = { began: now, came: 0, share: isFlood ? PIECE : NEWEST };
    return MOMENT_MS;
  };
  const pass = (): void => {
    busy = waiting.length > 0;
    if (!busy) return;
    const left = leftOfMoment();
    if (moment.share > 0) passPiece();
    else setTimeout(pass, left);
  };
  const passPiece = (): void => {
    const notice = skipped > 0 ? skipNotice(skipped) : '';
    // What it has of a character belongs to what was before.
    if (skipped > 0) decoder = new StringDecoder();
    skipped = 0;
    moment.share -= PIECE;
    const piece = decoder.write(waiting.view(0, PIECE));
    waiting.remove(0, PIECE);
    // The emulator would go on for 12 ms with what it is given while it works: a key is let through between two pieces.
    take(notice + piece, () => setImmediate(pass));
  };
  const shorten = (): void => {
    const dropped = beforeNewestLines(waiting.view());
    waiting.remove(0, dropped);
    skipped += dropped;
  };
  return {
    write: (bytes) => {
      if (!busy) leftOfMoment();
      moment.came += bytes.length;
      for (let at = 0; at < bytes.length; ) {
        at += waiting.add(bytes.subarray(at));
        if (waiting.length === WAITING) shorten();
      }
      if (!busy) pass();
    },
    drop: () => {
      waiting.remove(0, waiting.length);
      decoder = new StringDecoder();
      skipped = 0;
    },
  };
}

/** They begin after a line's end where there is one, so that no sequence is cut in two. */
function beforeNewestLines(bytes: Buffer): number {
  const start = bytes.length - NEWEST;
  return bytes.indexOf(10, start) + 1 || start;
}

/** Leaves any unfinished sequence and style first. */
function skipNotice(bytes: number): string {
  return `\x18\x1b[0m\r\n\x1b[7m ${(bytes / 1e6).toFixed(1)} MB skipped \x1b[0m\r\n`;
}
