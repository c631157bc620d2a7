// The emulated terminal: what programs write and what panes draw of it.
import { expect, test } from 'vitest';
import { createScreen, type Screen } from '../../../source/services/screen.ts';

/** Resolves when the screen shows what was written so far. */
const shows = (screen: Screen, text: string) =>
  expect.poll(() => screen.rows(0, screen.length).join('\n'), { timeout: 20_000 }).toContain(text);

async function draw(text: string, columns = 20, rows = 5): Promise<string[]> {
  const screen = await createScreen({ columns, rows });
  screen.write(`${text}\r\n~end`);
  await shows(screen, '~end');
  const drawn = screen.rows(0, screen.length).slice(0, -1);
  screen.close();
  return drawn;
}

test('colours become SGR sequences that each row closes itself', async () => {
  expect(await draw('\x1b[31mred\r\nstill\x1b[0m plain \x1b[1;38;5;200mx\x1b[48;2;1;2;3my\x1b[0m')).toEqual([
    '\x1b[31mred\x1b[0m',
    '\x1b[31mstill\x1b[0m plain \x1b[1;38;5;200mx\x1b[0m\x1b[1;38;5;200;48;2;1;2;3my\x1b[0m',
  ]);
});

test('a row ends with its last visible cell', async () => {
  expect(await draw('a  b   \r\n\x1b[42m  \x1b[0m   ')).toEqual(['a  b', '\x1b[42m  \x1b[0m']);
});

test('wide characters and emoji take two cells, so that rows never come out too wide', async () => {
  expect(await draw('漢字🎉ab🫠', 8)).toEqual(['漢字🎉ab', '🫠']);
  expect(await draw('é✔ö', 8)).toEqual(['é✔ö']);
});

test('progress that is drawn over itself shows its last state', async () => {
  expect(await draw('1 of 2\r2 of 2\r\nrow\x1b[1A\r\x1b[2Kdone\n')).toEqual(['done', 'row']);
});

test('nothing in a cell can steer the terminal that shows it', async () => {
  const drawn = await draw('a\u202eb\u200bc\u{e0041}d\x1b]0;title\x07e\x1b]52;c;eA==\x07f');
  expect(drawn).toEqual(['abcdef']);
  expect(await draw('a\u2028b\u2029c')).toEqual(['a b c']);
});

test('rows are counted with the scrollback, and asked for from the oldest on', async () => {
  const screen = await createScreen({ columns: 10, rows: 3 });
  screen.write(Array.from({ length: 10 }, (_, row) => `row ${row}`).join('\r\n'));
  await shows(screen, 'row 9');
  expect(screen.length).toBe(10);
  expect(screen.rows(7, 5)).toEqual(['row 7', 'row 8', 'row 9']);
  expect(screen.rows(-2, 3)).toEqual(['row 0']);
});

test('clearing forgets the scrollback, and what is written next stands alone', async () => {
  const screen = await createScreen({ columns: 10, rows: 3 });
  screen.write('\x1b[31mold\r\n'.repeat(50));
  screen.clear();
  screen.write('new');
  await shows(screen, 'new');
  expect(screen.rows(0, screen.length)).toEqual(['new']);
});

test('a resize wraps rows anew and is told to listeners until they leave', async () => {
  const screen = await createScreen({ columns: 10, rows: 3 });
  screen.write('abcdefgh\r\n');
  await shows(screen, 'abcdefgh');
  let changes = 0;
  const leave = screen.onChange(() => {
    changes += 1;
  });
  screen.resize(4, 3);
  expect(screen.rows(0, 2)).toEqual(['abcd', 'efgh']);
  leave();
  screen.resize(0, 0);
  expect(changes).toBe(1);
});

test('of a flood the beginning and the end are kept, and what is missing is said', async () => {
  const screen = await createScreen({ columns: 500, rows: 10 });
  screen.write('the beginning\r\n');
  for (let chunk = 0; chunk < 100; chunk += 1) screen.write(`\x1b[32m${'x'.repeat(480)}\r\n`.repeat(100));
  screen.write('the end');
  await shows(screen, 'the end');
  const rows = screen.rows(0, screen.length);
  expect([rows[0], rows.at(-1)]).toEqual(['the beginning', '\x1b[32mthe end\x1b[0m']);
  expect(rows.filter((row) => /^\x1b\[7m \d\.\d MB skipped/.test(row)).length).toBeGreaterThan(0);
});
