// Reads events of older format versions as if they were written today. The file itself is never rewritten.
import { AppError } from '../engine/errors.ts';
import { FORMAT, type Recorded } from '../session/events.ts';
import type { Stored } from './line.ts';

/** `STEPS[v]` turns an event of version `v` into one of `v + 1`: pure, and kept for ever. */
const STEPS: Readonly<Record<number, (stored: Stored) => Stored>> = {};

/** An event of today's format. Types that this program does not know stay as they are: `reduce` passes over them. */
export function upcast(stored: Stored): Recorded {
  let event = stored;
  for (let v = stored.v; v < FORMAT; v++) event = STEPS[v]?.(event) ?? event;
  return event as unknown as Recorded;
}

/** The format version that an event asks of its reader. */
export function formatOf(stored: Stored): number {
  return stored.type === 'session.opened' ? Math.max(stored.v, Number(stored.format) || 0) : stored.v;
}

/** Throws `AppError('newer')` where a program of today must keep its hands off. */
export function refuseNewer(format: number, directory: string): void {
  if (format <= FORMAT) return;
  const message = `the session in ${directory} was written in journal format ${format}, and this hullspeed reads formats up to ${FORMAT}: install a newer hullspeed; nothing was changed`;
  throw new AppError('newer', message);
}
