// The first frame, drawn by hand, and the full screen that takes over from it.
import type headless from '@xterm/headless';
import { describe, expect, test } from 'vitest';
import { createSession } from '../../frames/session.ts';
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

/** The places of these cells that hold something else now, but for the status row and lines that give way to words. */
function moved(first: ReadonlyMap<string, string>, { terminal }: TestApp): [string, string][] {
  const next = cellsOf(terminal);
  const inStatus = (place: string): boolean => place.endsWith(`,${terminal.rows - 1}`);
  return [...first].filter(
    ([place, cell]) => !inStatus(place) && !/^[─┴]/.test(cell) && next.get(place) !== cell,
  );
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
  expect(moved(first, app)).toEqual([]);
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

describe('what stood above the composer when the screen was left', () => {
  const leave = async (columns: number, rows: number): Promise<string[]> => {
    const frames: string[] = [];
    const app = await openScreen({
      columns,
      rows,
      engine: createSession(),
      saveFrame: (text) => frames.push(text),
    });
    await app.rests();
    // None of it is there when it is opened again.
    app.type('half a thought');
    app.press('pageup', 'f1');
    await app.rests();
    await close(app);
    return frames;
  };
  const openAgain = async (
    columns: number,
    rows: number,
    lastFrame: string | undefined,
    environment?: Readonly<Record<string, string>>,
  ): Promise<{ first: Map<string, string>; app: TestApp }> => {
    let first = new Map<string, string>();
    const app = await openScreen({
      columns,
      rows,
      engine: createSession(),
      lastFrame,
      ...(environment && { environment }),
      opening({ terminal }) {
        first = cellsOf(terminal);
      },
    });
    await app.rests();
    return { first, app };
  };

  test.each([
    [120, 40],
    [80, 24],
    [45, 15],
  ])('at %dx%d is there in the first frame, cell by cell as in the next', async (columns, rows) => {
    const frames = await leave(columns, rows);
    const { first, app } = await openAgain(columns, rows, frames.at(-1));
    expect(moved(first, app)).toEqual([]);
    const bare = await openAgain(columns, rows, undefined);
    expect(first.size).toBeGreaterThan(bare.first.size + 100);
    await close(app);
    await close(bare.app);
  });

  test('is kept at rest already, once', async () => {
    const frames: string[] = [];
    const app = await openScreen({ engine: createSession(), saveFrame: (text) => frames.push(text) });
    await expect.poll(() => frames.length).toBe(1);
    app.type('letters');
    await app.shows('letters');
    await app.rests();
    await app.rests();
    await app.rests();
    expect(frames.length).toBe(1);
    await close(app);
    expect(new Set(frames).size).toBe(1);
  });

  test('is not shown on a screen of another size or with other colours, nor where it is none of ours', async () => {
    const [frame = ''] = await leave(120, 40);
    const bare = await openAgain(120, 40, undefined);
    const narrow = await openAgain(100, 40, frame);
    const mono = await openAgain(120, 40, frame, { TERM: 'xterm-256color', NO_COLOR: '1' });
    const hostile = await openAgain(120, 40, frame.replace('CONVERSATION', '\u001b]52;c;eA==\u0007'));
    const broken = await openAgain(120, 40, frame.slice(0, -2));
    for (const { first, app } of [bare, narrow, mono, hostile, broken]) {
      expect(first.size).toBeLessThan(bare.first.size + 10);
      await close(app);
    }
  });
});
