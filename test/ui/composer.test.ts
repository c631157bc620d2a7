// The composer as a person uses it: keys and pastes in, the screen and what is sent out.
import { describe, expect, test } from 'vitest';
import { openScreen, type TestApp } from '../support/screen.ts';

const lines = (count: number): string =>
  Array.from({ length: count }, (_, at) => `line ${at + 1}`).join('\n');

function paste(app: TestApp, text: string): void {
  app.type(`\x1b[200~${text}\x1b[201~`);
}

async function leave(app: TestApp): Promise<void> {
  app.press('ctrl+c', 'ctrl+d');
  await app.over;
}

describe('pastes', () => {
  test('ten lines stay what they are, eleven become a chip that is sent as they were', async () => {
    const app = await openScreen();
    paste(app, lines(10));
    await app.shows('line 10');
    app.press('ctrl+c');
    app.type('look at ');
    paste(app, lines(11).replaceAll('\n', '\r'));
    await app.shows('› look at [pasted 11 lines]');
    app.type(' please\r');
    await app.shows('line 11');
    expect(app.engine.sent).toEqual([{ do: 'prompt', text: `look at ${lines(11)} please` }]);
    await leave(app);
  });

  test('a chip goes with one key, comes back with undo, and opens where it is', async () => {
    const app = await openScreen();
    app.type('a ');
    paste(app, lines(12));
    await app.shows('› a [pasted 12 lines]');
    app.type('\x7f');
    await app.lacks('pasted 12 lines');
    app.type('\x1f');
    await app.shows('› a [pasted 12 lines]');
    app.type('\x0f');
    await app.shows('line 12');
    await leave(app);
  });

  test('the same text pasted again behind its chip opens it', async () => {
    const app = await openScreen();
    paste(app, lines(12));
    await app.shows('[pasted 12 lines]: paste it again or press Ctrl+O to open it');
    paste(app, lines(12));
    await app.shows('line 12');
    await leave(app);
  });

  test('Ctrl+O says where there is nothing to open', async () => {
    const app = await openScreen();
    app.type('\x0f');
    await app.shows('there is no pasted text at the cursor');
    await leave(app);
  });
});

test('up and down go by rows of the screen before they reach other prompts', async () => {
  const app = await openScreen({ columns: 45, rows: 15 });
  app.type('an earlier prompt\r');
  app.type(`${'word '.repeat(16)}end`);
  await app.shows('end');
  app.press('up');
  app.type('X');
  await app.shows(/worXd|X/);
  app.press('up', 'up');
  await app.shows('› an earlier prompt');
  app.press('down');
  await app.shows('end');
  await leave(app);
});
