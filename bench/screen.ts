// The full screen in a real terminal: when the composer is drawn, and when a typed key stands in it.
import { startModelServer } from '../source/demo/model-server.ts';
import { say } from '../source/demo/pieces.ts';
import { type Row, time } from './figures.ts';
import type { Place } from './place.ts';
import { openTerminal } from './terminal.ts';

const ROUNDS = 11;
const GIVE_UP_MS = 20_000;
/** The composer's first row starts with it. */
const COMPOSER = '›';
/** A key that no frame draws by itself. */
const KEY = '¤';

/** The least that can be done on Node: draw the sign, echo what is typed, leave at Ctrl+D. */
const byHand = `
  process.stdin.setRawMode(true);
  process.stdin.on('data', (key) => (key.includes(4) ? process.exit() : process.stdout.write(key)));
  process.stdout.write('${COMPOSER}');
`;

export async function measureScreen(place: Place): Promise<Row[]> {
  const server = await startModelServer(() => say('Hello.'));
  const drawn: number[] = [];
  const echoed: number[] = [];
  const floorDrawn: number[] = [];
  const floorEchoed: number[] = [];
  try {
    for (let round = 0; round < ROUNDS; round++) {
      const floor = await startOnce(place, ['-e', byHand]);
      const screen = await startOnce(place, place.program(server.baseUrl));
      floorDrawn.push(floor.drawn);
      floorEchoed.push(floor.echoed);
      drawn.push(screen.drawn);
      echoed.push(screen.echoed);
    }
  } finally {
    await server.close();
  }
  return [
    time(
      'full screen, spawn to the drawn composer, ms',
      drawn,
      floorDrawn,
      'the same drawn by hand on bare Node',
    ),
    time('full screen, spawn to a typed key on it, ms', echoed, floorEchoed, 'the same'),
  ];
}

/** Milliseconds from spawn to either sight. Ends with a clean quit, at which the compile cache is written. */
export async function startOnce(
  place: Place,
  args: readonly string[],
): Promise<{ drawn: number; echoed: number }> {
  const started = performance.now();
  const { pty, exited, seen } = openTerminal(place, args);
  const giveUp = setTimeout(() => pty.kill('SIGKILL'), GIVE_UP_MS);
  try {
    await seen(COMPOSER);
    const drawn = performance.now() - started;
    pty.write(KEY);
    await seen(KEY);
    const echoed = performance.now() - started;
    // Ctrl+C clears the draft, Ctrl+D on an empty composer quits.
    pty.write('\x03');
    pty.write('\x04');
    await exited;
    return { drawn, echoed };
  } finally {
    clearTimeout(giveUp);
  }
}
