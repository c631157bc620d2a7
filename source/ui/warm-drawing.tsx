// Draws coloured rows that nobody sees, a moment after the start: V8 has compiled what draws them by the time that tests
// print. Otherwise the first frames of a run take 20 ms each, and of 100 keys typed into 100 MB of output the slowest took
// 33 to 45 ms; now 23 to 29.
import { renderToString, Text } from 'ink';
import type { Emulator } from './panes/shown-terminal.ts';

/** More make nothing quicker. */
const ROUNDS = 4;
/** Of the terminal, as far as it is drawn. */
const SIZE = { columns: 80, rows: 24 };

/**
 * `terminal`: an empty one that nobody sees, of that size. `pause` lets a key through before each part of a
 * round, and rejects once nobody needs any of it. Itself it never rejects.
 */
export async function warmDrawing(terminal: Emulator, pause: () => Promise<void>): Promise<void> {
  try {
    for (let round = 0; round < ROUNDS; round++) {
      await pause();
      terminal.write(rowsOf(round).join(''));
      await pause();
      const rows = terminal.rows(terminal.base, SIZE.rows);
      renderToString(<Text>{rows.join('\n')}</Text>, { columns: SIZE.columns });
    }
  } catch {
    // Whoever leaves meanwhile needs none of it, and what cannot be drawn is met again, and said, by the first frame of a run.
  }
}

/** As runners print them, each round's unlike those before: what was drawn once is remembered. */
function rowsOf(round: number): string[] {
  return Array.from(
    { length: SIZE.rows },
    (_, at) => `\x1b[32m✓\x1b[39m part ${round}.${at} \x1b[2m(${at} ms)\x1b[22m\r\n`,
  );
}
