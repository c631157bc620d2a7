// Time as the world has it; everything else is handed this clock, so that tests can own time.
import { setTimeout } from 'node:timers/promises';
import type { Clock } from '../engine/ports.ts';

/** Longer waits overflow Node's timers and would end at once. */
const LONGEST_SLEEP_MS = 2 ** 31 - 1;

export function createClock(): Clock {
  return {
    now: () => Date.now(),
    mono: () => performance.now(),
    sleep: (ms, signal) =>
      setTimeout(Math.min(ms, LONGEST_SLEEP_MS), undefined, { signal }).catch(() => undefined),
  };
}
