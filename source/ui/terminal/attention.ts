// Calls the person back when something ended while the terminal was behind other windows.
import type { SessionState } from '../../session/state.ts';

/** Outcomes after which nothing goes on by itself. */
const stopped = new Set(['red', 'held', 'failed']);
/** Nobody watches a turn for longer. */
const LONG_MS = 60_000;

/**
 * What to say when the turn has just ended; undefined where nothing calls for it: the person looks, or it goes on by
 * itself. Terminals that never say whether they are in front (tmux without `focus-events on`) are asked back when the
 * queue has stopped, or after a turn that took over a minute. `mono`: in ms, now.
 */
export function callFor(
  before: SessionState,
  after: SessionState,
  inFront: boolean | undefined,
  mono: number,
): string | undefined {
  const { last, running } = after.turns;
  if (last === undefined || last === before.turns.last || inFront === true) return undefined;
  if (stopped.has(last.outcome)) return last.outcome;
  // Who interrupts knows.
  if (running !== undefined || last.outcome === 'interrupted') return undefined;
  const began = before.turns.running?.mono ?? mono;
  return inFront === undefined && mono - began < LONG_MS ? undefined : last.outcome;
}

/** A bell, and a notification for terminals that show them; tmux hands it on where it may. `text`: clean. */
export function callSequence(text: string, tmux: boolean): string {
  const notification = `\x1b]9;hullspeed: ${text}\x07`;
  return `\x07${tmux ? `\x1bPtmux;${notification.replaceAll('\x1b', '\x1b\x1b')}\x1b\\` : notification}`;
}

/** Sets the title of the window. */
export function titleSequence(title: string): string {
  return `\x1b]2;${title}\x07`;
}
