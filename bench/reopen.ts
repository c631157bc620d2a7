// Opening a long session again: a key on the screen, and the session's end, beside an empty session of the same place. Once
// where the last frame was kept, and once where it was not, as behind a headless turn.
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Row, time } from './figures.ts';
import type { Place } from './place.ts';
import { openTerminal } from './terminal.ts';

const ROUNDS = 11;
const NOWHERE = 'http://127.0.0.1:9/v1';
const COMPOSER = '›';
/** A key that no frame draws by itself. */
const KEY = '¤';
/** What the full screen shows where nothing was done yet, and the first frame does not. */
const EMPTY_SCREEN = 'F1';

interface Reopened {
  readonly echoed: number[];
  readonly shown: number[];
}

/** `end`: what the session of the place shows last. */
export async function measureReopening(place: Place, end: string): Promise<Row[]> {
  const kept: Reopened = { echoed: [], shown: [] };
  const read: Reopened = { echoed: [], shown: [] };
  const empty: Reopened = { echoed: [], shown: [] };
  for (let round = 0; round < ROUNDS; round++) {
    forgetFrames(place);
    await reopenOnce(place, place.program(NOWHERE, '--session', 'empty'), EMPTY_SCREEN, empty);
    await reopenOnce(place, place.program(NOWHERE), end, read);
    await reopenOnce(place, place.program(NOWHERE), end, kept);
  }
  const row = (what: string, figures: readonly number[], floor: readonly number[]): Row =>
    time(`reopening 1,000 calls, spawn to ${what}, ms`, figures, floor, 'an empty session, read');
  return [
    row('a typed key on the screen', kept.echoed, empty.echoed),
    row('the last words on it', kept.shown, empty.shown),
    row('the last words on it, read', read.shown, empty.shown),
  ];
}

function forgetFrames({ env }: Place): void {
  const sessions = env.HULLSPEED_STATE ?? '';
  for (const entry of readdirSync(sessions, { withFileTypes: true }))
    if (entry.isDirectory()) rmSync(join(sessions, entry.name, 'frame.json'), { force: true });
}

async function reopenOnce(
  place: Place,
  args: readonly string[],
  last: string,
  into: Reopened,
): Promise<void> {
  const started = performance.now();
  const { pty, exited, seen } = openTerminal(place, args);
  const shown = seen(last).then(() => void into.shown.push(performance.now() - started));
  await seen(COMPOSER);
  pty.write(KEY);
  await seen(KEY);
  into.echoed.push(performance.now() - started);
  await shown;
  // Ctrl+C clears the draft, Ctrl+D on an empty composer quits.
  pty.write('\x03');
  pty.write('\x04');
  await exited;
}
