// Calls the person back when something ended while the terminal was behind other windows.
import type { SessionState } from '../../session/state.ts';

/** Outcomes after which nothing goes on by itself. */
const stopped = new Set(['red', 'held', 'failed']);

/**
 * What to say when the turn has just ended; undefined where nothing calls for it. Terminals that never say whether
 * they are in front are asked back only when the queue has stopped.
 */
export function callFor(
  before: SessionState,
  after: SessionState,
  inFront: boolean | undefined,
): string | undefined {
  const { last, running } = after.turns;
  if (last === undefined || last === before.turns.last || inFront === true) return undefined;
  if (!stopped.has(last.outcome) && (running !== undefined || inFront === undefined)) return undefined;
  return `hullspeed: ${last.outcome}`;
}

/** A bell, and a notification for terminals that show them; tmux hands it on where it may. */
export function callSequence(text: string, tmux: boolean): string {
  const notification = `\x1b]9;${text}\x07`;
  return `\x07${tmux ? `\x1bPtmux;${notification.replaceAll('\x1b', '\x1b\x1b')}\x1b\\` : notification}`;
}

/** Sets the title of the window. */
export function titleSequence(title: string): string {
  return `\x1b]2;${title}\x07`;
}
