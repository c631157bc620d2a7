// Decides when the screen is drawn: at once after a rest, else thirty times a second, and never when nothing happens.

/** Two frame timers in a row would halve the rate, so Ink has none of its own. */
const FRAME_MS = 33;
/** How often clocks and countdowns move while something runs. */
const TICK_MS = 500;

export interface Frames {
  /** Something changed: draw now if the last frame is old enough, else when it is. */
  request(): void;
  /** A key: draw now. */
  draw(): void;
  close(): void;
}

/**
 * `publish` draws one frame and says whether a clock is on the screen; only then does a timer wait.
 * `mono` is a monotonic clock in ms.
 */
export function createFrames(publish: () => { readonly ticking: boolean }, mono: () => number): Frames {
  let drawn = Number.NEGATIVE_INFINITY;
  let timer: NodeJS.Timeout | undefined;
  let due = Number.POSITIVE_INFINITY;
  let closed = false;

  const rest = (): void => {
    clearTimeout(timer);
    timer = undefined;
    due = Number.POSITIVE_INFINITY;
  };
  const wait = (until: number): void => {
    if (until >= due) return;
    rest();
    due = until;
    timer = setTimeout(draw, Math.max(0, until - mono()));
  };
  function draw(): void {
    if (closed) return;
    rest();
    drawn = mono();
    if (publish().ticking) wait(drawn + TICK_MS);
  }

  return {
    draw,
    request: () => {
      if (closed) return;
      if (mono() - drawn >= FRAME_MS) draw();
      else wait(drawn + FRAME_MS);
    },
    close: () => {
      closed = true;
      rest();
    },
  };
}
