// Lays out an answer that streams between the frames, in slices that let keys through. A frame that lays out what has
// come since the last one holds the loop for 25 to 45 ms of an answer of 20,000 tokens at once, and its first one, with code
// that runs for the first time, for 60.
import type { Stage } from './stage.ts';

/** ms of the loop at once; what has begun is finished. */
const SLICE_MS = 4;

/** `flush` writes a frame that stands ready: what is laid out comes behind it. */
export function layOutAhead(stage: Stage, flush: () => void): { ask(): void; stop(): void } {
  let next: NodeJS.Immediate | undefined;
  let isNew = false;
  const ask = (): void => {
    next ??= setImmediate(layOut);
  };
  const layOut = (): void => {
    next = undefined;
    flush();
    if (isNew) {
      // Behind a slice the frame would hold the loop for both.
      isNew = false;
      stage.request();
      ask();
      return;
    }
    const until = stage.clock.mono() + SLICE_MS;
    isNew = stage.rows.ahead(stage.engine.live.state, () => stage.clock.mono() < until);
    if (isNew) ask();
  };
  return { ask, stop: () => clearImmediate(next) };
}
