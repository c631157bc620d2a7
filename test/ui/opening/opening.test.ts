// The first frame, drawn by hand, and the full screen that takes over from it.
import type headless from '@xterm/headless';
import { describe, expect, test } from 'vitest';
import { layOut } from '../../../source/ui/layout.ts';
import { type PanesLayout, upperRows } from '../../../source/ui/parts/upper-rows.ts';
import { width } from '../../../source/ui/text/width.ts';
import { loadTheme, themeSources } from '../../../source/ui/theme.ts';
import { createSession, goOn } from '../../frames/session.ts';
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
  /** The frames that were kept. Nothing of what the keys do to the view is in them. */
  const leave = async (columns: number, rows: number, ...keys: readonly string[]): Promise<string[]> => {
    const frames: string[] = [];
    const engine = createSession();
    const app = await openScreen({ columns, rows, engine, saveFrame: (text) => frames.push(text) });
    await expect.poll(() => frames.length).toBe(1);
    app.press(...keys);
    await app.rests();
    engine.record({ type: 'notice.raised', level: 'info', text: '' });
    await expect.poll(() => frames.length).toBe(2);
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
    const [, frame] = await leave(columns, rows, 'a', 'pageup', 'alt+z', 'f1');
    const { first, app } = await openAgain(columns, rows, frame);
    expect(moved(first, app)).toEqual([]);
    const bare = await openAgain(columns, rows, undefined);
    expect(first.size).toBeGreaterThan(bare.first.size + 100);
    await close(app);
    await close(bare.app);
  });

  test('gives way to a draft that grows, and not a word of it moves', async () => {
    const [frame] = await leave(120, 40);
    let [one, two] = [new Map<string, string>(), new Map<string, string>()];
    const app = await openScreen({
      engine: createSession(),
      lastFrame: frame,
      async opening({ terminal, type }) {
        one = cellsOf(terminal);
        await type('long '.repeat(30));
        two = cellsOf(terminal);
      },
    });
    const above = [...one].filter(([place]) => Number(place.split(',')[1]) < 36);
    expect(above.length).toBeGreaterThan(1_000);
    expect(above.filter(([place, cell]) => two.get(place) !== cell)).toEqual([]);
    await close(app);
  });

  test('is kept again where something was recorded, and not for letters', async () => {
    const frames: string[] = [];
    const engine = createSession();
    const app = await openScreen({ engine, saveFrame: (text) => frames.push(text) });
    await expect.poll(() => frames.length).toBe(1);
    app.type('letters');
    await app.shows('letters');
    engine.record({ type: 'notice.raised', level: 'info', text: 'something was done' });
    await expect.poll(() => frames.length).toBe(2);
    expect(frames[0]).not.toContain('letters');
    expect(frames[1]).toContain('something was done');
    await close(app);
  });

  test('is not kept while a turn goes on', async () => {
    const frames: string[] = [];
    const engine = createSession();
    const app = await openScreen({ engine, saveFrame: (text) => frames.push(text) });
    await expect.poll(() => frames.length).toBe(1);
    goOn(engine);
    await app.shows('go on 🚀');
    await app.shows('漢字');
    engine.record({ type: 'notice.raised', level: 'info', text: 'under way' });
    await app.shows('under way');
    await close(app);
    expect(frames.length).toBe(1);
  });

  test('is cut where a run was laid out for a wider place', () => {
    const long = 'a line that is far wider than its place '.repeat(9);
    const rows = upperRows(
      layOut(100, 24, { pane: 'conversation', zoomed: false, composerRows: 1 }) as PanesLayout,
      { conversation: ['C', long], tests: ['T', long], commits: ['K', long] },
      loadTheme(themeSources.dark, 3),
    );
    expect(rows.map(width).filter((columns) => columns > 100)).toEqual([]);
    expect(rows.join('').split('…').length - 1).toBe(3);
  });

  test('is not shown on a screen of another size or with other colours, nor where it is none of ours', async () => {
    const [frame = ''] = await leave(120, 40);
    const hostile = (text: string): string => frame.replace('CONVERSATION', text);
    const refused = [
      [100, 40, frame],
      [120, 39, frame],
      [120, 40, frame, { TERM: 'xterm-256color', NO_COLOR: '1' }],
      [120, 40, frame.slice(0, -2)],
      [120, 40, hostile('\\u001b]52;c;eA==\\u0007')],
      [120, 40, hostile('\\u001b[2J')],
      [120, 40, hostile('\\u009b2J')],
      [120, 40, hostile('\\n')],
    ] as const;
    for (const [columns, rows, text, environment] of refused) {
      const bare = await openAgain(columns, rows, undefined, environment);
      const again = await openAgain(columns, rows, text, environment);
      expect([...again.first]).toEqual([...bare.first]);
      await close(bare.app);
      await close(again.app);
    }
  });
});
