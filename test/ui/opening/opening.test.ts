// The first frame, drawn by hand, and the full screen that takes over from it.
import type headless from '@xterm/headless';
import { expect, test } from 'vitest';
import { createFakeEngine } from '../../support/engine.ts';
import { type FirstFrame, openScreen, type TestApp } from '../../support/screen.ts';

/** Each cell with something on it: where it stands, what it holds and how it looks. */
function cellsOf(terminal: headless.Terminal): Map<string, string> {
  const { active } = terminal.buffer;
  const cells = new Map<string, string>();
  for (let y = 0; y < terminal.rows; y++) {
    for (let x = 0; x < terminal.cols; x++) {
      const cell = active.getLine(active.baseY + y)?.getCell(x);
      if (cell === undefined || cell.getChars().trim() === '') continue;
      const look = [cell.getFgColorMode(), cell.getFgColor(), cell.isBold(), cell.isDim()].join(' ');
      cells.set(`${x},${y}`, `${cell.getChars()} ${look}`);
    }
  }
  return cells;
}

async function close(app: TestApp): Promise<void> {
  app.hangUp();
  await app.over;
}

test.each([
  [120, 40],
  [100, 24],
  [80, 24],
  [45, 15],
])('at %dx%d all that it shows stands in the next frame too, cell by cell', async (columns, rows) => {
  let first = new Map<string, string>();
  const app = await openScreen({
    columns,
    rows,
    async opening({ terminal, type }) {
      await type('fix the slug of 日本語');
      first = cellsOf(terminal);
    },
  });
  await app.rests();
  const next = cellsOf(app.terminal);
  const inStatus = (place: string): boolean => place.endsWith(`,${rows - 1}`);
  // Lines between panes give way to what there is to say.
  const isLine = (cell = ''): boolean => cell.startsWith('─');
  const moved = [...first].filter(
    ([place, cell]) => !inStatus(place) && !isLine(cell) && next.get(place) !== cell,
  );
  expect(moved).toEqual([]);
  expect(first.size).toBeGreaterThan(columns);
  await close(app);
});

test('its text is in the first frame of the full screen, and the keys behind it are pressed', async () => {
  const app = await openScreen({ opening: ({ type }) => type('fix it\x7f\x7f\x01re') });
  await app.shows('› refix');
  const taken = app.writes.findIndex((text) => text.includes('F1'));
  expect(app.writes[taken]).toMatch(/› .*fix/);
  await close(app);
});

test('what was typed takes the place of a prompt that is ready', async () => {
  const app = await openScreen({ drafts: ['ready'], opening: ({ type }) => type('fix it') });
  await app.shows('F1');
  await app.shows('› fix it');
  await close(app);
});

test('the alternate screen is entered once, and left as it was', async () => {
  const app = await openScreen({ opening: () => undefined });
  await app.shows('F1');
  const all = app.writes.join('');
  expect(all.split('\x1b[?1049h').length).toBe(2);
  app.press('ctrl+d');
  await app.over;
  await expect.poll(() => app.terminal.buffer.active.type).toBe('normal');
});

test('below the smallest size it draws nothing', async () => {
  let cells = 1;
  const app = await openScreen({
    columns: 30,
    rows: 8,
    opening: ({ terminal }: FirstFrame) => {
      cells = cellsOf(terminal).size;
    },
  });
  expect(cells).toBe(0);
  await app.shows('hullspeed needs 40x12');
  await close(app);
});

test('Enter that was typed ahead sends', async () => {
  const engine = createFakeEngine();
  const app = await openScreen({ engine, opening: ({ type }) => type('fix it\r') });
  await expect.poll(() => engine.sent).toContainEqual({ do: 'prompt', text: 'fix it' });
  await close(app);
});
