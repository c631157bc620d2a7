// Keeps a program that prints faster than its output can be shown from filling the memory.

export interface Floodgate {
  write(text: string): void;
  /** Forgets what waits. */
  drop(): void;
}

/** Characters that may wait; at 10 MB/s that is a tenth of a second behind. */
const WAITING = 1_000_000;
/** What is kept of the newest when too many wait. */
const NEWEST = 256_000;
const CHUNK = 65_536;
/**
 * ms between two pieces while some are dropped. Nobody reads what is gone a moment later, and the emulator takes all the
 * time that it is given: keys and frames would wait for it.
 */
const PAUSE_MS = 100;

/**
 * Passes text on a piece at a time; `take` calls `done` when it can have the next. Where too much waits, its middle is
 * dropped, between what was passed on already and the newest, and a line says how much.
 */
export function createFloodgate(take: (text: string, done: () => void) => void): Floodgate {
  let waiting: string[] = [];
  let characters = 0;
  let skipped = 0;
  let busy = false;

  const pass = (): void => {
    busy = waiting.length > 0;
    if (!busy) return;
    const isFlood = skipped > 0;
    const notice = isFlood ? skipNotice(skipped) : '';
    skipped = 0;
    take(notice + takeFirst(), isFlood ? () => setTimeout(pass, PAUSE_MS) : pass);
  };
  /** Only what is taken is put together: the rest may be a hundred times as long. */
  const takeFirst = (): string => {
    let first = '';
    while (first.length < CHUNK) {
      const [piece, ...rest] = waiting;
      if (piece === undefined) break;
      const room = CHUNK - first.length;
      first += piece.slice(0, room);
      waiting = piece.length > room ? [piece.slice(room), ...rest] : rest;
    }
    characters -= first.length;
    return first;
  };
  return {
    write: (text) => {
      if (text === '') return;
      waiting.push(text);
      characters += text.length;
      if (characters > WAITING) {
        const newest = newestLines(waiting);
        skipped += characters - newest.length;
        waiting = [newest];
        characters = newest.length;
      }
      if (!busy) pass();
    },
    drop: () => {
      waiting = [];
      characters = 0;
      skipped = 0;
    },
  };
}

/**
 * Begins after a line's end where there is one, so that no sequence is cut in two. Only pieces that may be kept are put
 * together: with all of them, 100 MB took 1.5 s of processor time.
 */
function newestLines(pieces: readonly string[]): string {
  let first = pieces.length;
  for (let characters = 0; characters < NEWEST && first > 0; characters += pieces[first]?.length ?? 0)
    first -= 1;
  const newest = pieces.slice(first).join('').slice(-NEWEST);
  return newest.slice(newest.indexOf('\n') + 1);
}

/** Leaves any unfinished sequence and style first. */
function skipNotice(characters: number): string {
  return `\x18\x1b[0m\r\n\x1b[7m ${(characters / 1e6).toFixed(1)} MB skipped \x1b[0m\r\n`;
}
