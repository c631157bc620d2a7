// The model's background commands, as a person sees and stops them.
import { expect, test } from 'vitest';
import type { WatchedCommand } from '../../source/engine/ports.ts';
import { createFakeEngine } from '../support/engine.ts';
import { openScreen } from '../support/screen.ts';

const server: WatchedCommand = {
  session: 3,
  cmd: 'npm run dev',
  started: Date.now() - 725_000,
  dropped: 0,
  output: 'starting\r\nlistening on \x1b[32m3000\x1b[0m\r\n',
};
const ended: WatchedCommand = {
  session: 5,
  cmd: 'make watch',
  started: Date.now() - 60_000,
  ended: Date.now(),
  exit: 2,
  dropped: 0,
  output: '10%\r20%\rmake: *** no rule\x1b]0;title\x07\n',
};

async function open(columns = 120, rows = 40) {
  const engine = createFakeEngine();
  const app = await openScreen({ columns, rows, engine });
  return { app, engine };
}

test.each([
  [120, 40],
  [80, 24],
  [45, 15],
])('at %ix%i are listed with how they stand, and read as they print', async (columns, rows) => {
  const { app, engine } = await open(columns, rows);
  app.press('alt+5');
  await app.shows('no command of the model runs on');
  engine.watch([server, ended]);
  await app.shows('● running');
  await app.shows('✕ exit 2');
  app.press('k', 'enter');
  await app.shows('▸BACKGROUND 3');
  await app.shows('listening on 3000');
  engine.watch([{ ...server, output: `${server.output}GET /\r\n` }, ended]);
  await app.shows('GET /');
  app.press('escape');
  await app.shows('BACKGROUND COMMANDS');
  app.press('alt+5');
  await app.shows('CONVERSATION');
  app.hangUp();
  await app.over;
});

test('their last lines stand in the list, as they were last and without what could drive the terminal', async () => {
  const { app, engine } = await open();
  engine.watch([server, ended]);
  app.press('alt+5');
  await app.shows(/3 {2}npm run dev {2}listening on 3000 +● running {2}12m/);
  await app.shows(/5 {2}make watch {2}make: \*\*\* no rule +✕ exit 2 {2}1m00/);
  app.hangUp();
  await app.over;
});

test('a page in the list moves on by what it shows, and what lies under it stays', async () => {
  const { app, engine } = await open(80, 24);
  for (let turn = 0; turn < 30; turn += 1)
    engine.record({ type: 'notice.raised', level: 'info', text: `notice ${turn}` });
  await app.shows('notice 29');
  engine.watch(Array.from({ length: 40 }, (_, at) => ({ ...server, session: at + 1, cmd: `command ${at}` })));
  app.press('alt+5');
  await app.shows('command 39');
  app.press('pageup');
  await app.shows('command 19');
  await app.lacks('command 39');
  app.press('pageup', 'pageup', 'enter');
  await app.shows('▸BACKGROUND 1 ');
  app.press('escape', 'pagedown', 'pagedown', 'pagedown', 'enter');
  await app.shows('▸BACKGROUND 40 ');
  app.press('escape', 'alt+5');
  await app.shows('notice 29');
  app.hangUp();
  await app.over;
});

test('are counted in the status row while they run, stopped by a key, and copied', async () => {
  const { app, engine } = await open();
  engine.watch([server, ended]);
  await app.shows('1 background');
  app.press('alt+4', 'b');
  await app.shows('BACKGROUND COMMANDS');
  app.press('up', 'x');
  await expect.poll(() => engine.stopped).toEqual([3]);
  app.press('enter', 'x', 'y');
  await expect.poll(() => engine.stopped).toEqual([3, 3]);
  await expect.poll(() => app.copied).toEqual(['starting\nlistening on 3000']);
  engine.watch([ended]);
  await app.lacks('1 background');
  app.hangUp();
  await app.over;
});

test('are copied with the tabs that they printed', async () => {
  const { app, engine } = await open();
  engine.watch([{ ...server, output: '\x1b[1mname\tsize\x1b[0m\r\na.ts\t12\r\n' }]);
  app.press('alt+5', 'enter', 'y');
  await expect.poll(() => app.copied).toEqual(['name\tsize\na.ts\t12']);
  app.hangUp();
  await app.over;
});

test('long output is scrolled, and followed again at its end', async () => {
  const { app, engine } = await open(80, 24);
  const lines = Array.from({ length: 100 }, (_, row) => `row ${row}`);
  engine.watch([{ ...server, output: lines.join('\n') }]);
  app.press('alt+5', 'enter');
  await app.shows('row 99');
  app.press('g');
  await app.shows(/^row 0$/m);
  engine.watch([{ ...server, output: [...lines, 'row 100'].join('\n') }]);
  await app.rests();
  expect(app.rows().join('\n')).not.toContain('row 100');
  app.press('G');
  await app.shows('row 100');
  app.hangUp();
  await app.over;
});

test('output is searched while it grows, and the row that is read stays, also when the oldest rows go', async () => {
  const { app, engine } = await open(80, 24);
  const lines = Array.from(
    { length: 100 },
    (_, row) => `row ${row} ${'wide '.repeat(row % 3 === 0 ? 20 : 0)}`,
  );
  const print = (from: number, to: number): void => {
    const text = lines.map((line) => `${line}\r\n`);
    const dropped = text.slice(0, from).join('').length;
    engine.watch([{ ...server, output: text.slice(from, to).join(''), dropped }]);
  };
  print(0, 60);
  app.press('alt+5', 'enter');
  await app.shows('row 59');
  app.type('/row 5');
  await app.shows('/row 5  2/11');
  app.press('down');
  await app.shows('3/11');
  const shown = (): string[] => app.rows().slice(1, 20);
  const before = shown();
  print(0, 90);
  await app.shows('of 120');
  await app.rests();
  expect(shown()).toEqual(before);
  print(31, 100);
  await app.shows('2/10');
  expect(shown()).toEqual(before);
  app.press('enter', 'N');
  await app.shows('1/10');
  app.press('escape', 'G');
  await app.shows('row 99');
  app.hangUp();
  await app.over;
});

test('one that is read and not kept any more says so, and there is nothing of it to copy or to stop', async () => {
  const { app, engine } = await open(80, 24);
  engine.watch([ended]);
  app.press('alt+5', 'enter');
  await app.shows('no rule');
  engine.watch([]);
  await app.shows('it ended, and is not kept any more');
  app.press('x');
  await app.shows('there is none');
  app.press('g', 'y');
  await app.shows('there is nothing to copy');
  app.press('escape');
  await app.shows('no command of the model runs on');
  expect([app.copied, engine.stopped]).toEqual([[], []]);
  app.hangUp();
  await app.over;
});
