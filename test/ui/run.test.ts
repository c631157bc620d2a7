// The run terminal and commands of one's own, as a person sees them: keys in, the screen of a real emulator out.
import { describe, expect, test } from 'vitest';
import type { OwnCommand } from '../../source/engine/face.ts';
import { createFakeEngine, type FakeEngine, type FakeEngineOptions } from '../support/engine.ts';
import { opened } from '../support/events.ts';
import { openScreen, type TestApp } from '../support/screen.ts';

const runningTests = [
  opened,
  { type: 'run.started', purpose: 'asked', command: 'npm test', tree: 't' },
] as const;

function command(more: Partial<OwnCommand> = {}): OwnCommand {
  return { command: 'npm run dev', project: true, started: Date.now() - 180_000, ...more };
}

/** Something runs in the person's terminal, and has printed. */
function runs(engine: FakeEngine, text: string, own: OwnCommand = command()): void {
  engine.printOwn({ start: own.command });
  engine.stream({ own });
  engine.printOwn({ text });
}

async function open(options: FakeEngineOptions & { columns?: number; rows?: number } = {}): Promise<TestApp> {
  const { columns = 120, rows = 40, ...rest } = options;
  return openScreen({ columns, rows, engine: createFakeEngine({ startCommand: 'npm run dev', ...rest }) });
}

async function leave(app: TestApp): Promise<void> {
  app.hangUp();
  await app.over;
}

describe('the pane', () => {
  test('shows both terminals by name, and the one that is asked for', async () => {
    const app = await open({ testCommand: 'npm test' });
    await app.shows(/TESTS {2}run {2}○ not run yet · npm test/);
    app.press('alt+4');
    await app.shows(/tests {2}▸RUN {2}npm run dev/);
    await app.shows('r runs npm run dev.');
    app.press('[');
    await app.shows(/▸TESTS {2}run/);
    app.press(']');
    await app.shows(/tests {2}▸RUN/);
    app.press('alt+2');
    await app.shows(/▸TESTS {2}run/);
    await leave(app);
  });

  test.each([
    [120, 40],
    [80, 24],
    [45, 15],
  ])('at %ix%i has what runs there, its size, and how it stands', async (columns, rows) => {
    const app = await open({ columns, rows });
    app.press('alt+4');
    await app.shows('▸RUN');
    runs(app.engine, 'listening on \x1b[32mhttp://localhost:3000\x1b[0m');
    await app.shows('listening on http://localhost:3000');
    await app.shows(/▸RUN {2}● running/);
    const { columns: width, rows: height } = app.engine.ownSize;
    expect(width).toBe(columns === 120 ? 56 : columns);
    expect(height).toBeGreaterThan(2);
    app.engine.stream({ own: command({ end: { at: Date.now() - 60_000, code: 1 } }) });
    await app.shows(/▸RUN {2}✕ exit 1/);
    app.engine.stream({ own: command({ end: { at: Date.now(), code: null, stopped: true } }) });
    await app.shows(/▸RUN {2}■ stopped/);
    await leave(app);
  });

  test('says beside the tests how what runs stands', async () => {
    const app = await open();
    runs(app.engine, 'up');
    await app.shows(/TESTS {2}run ●/);
    app.engine.stream({ own: command({ end: { at: Date.now(), code: 2 } }) });
    await app.shows(/TESTS {2}run ✕/);
    await leave(app);
  });

  test('keeps the size that it has while another pane takes all the room', async () => {
    const app = await open();
    await app.shows('TESTS');
    const before = { ...app.engine.ownSize };
    app.press('alt+1', 'alt+z');
    await app.lacks('TESTS');
    app.engine.stream({ staleFiles: 1 });
    await app.rests();
    expect(app.engine.ownSize).toEqual(before);
    app.press('alt+4');
    await app.lacks('CONVERSATION');
    await expect.poll(() => app.engine.ownSize.columns).toBe(120);
    await leave(app);
  });

  test('has the room there would be, where it was never shown', async () => {
    const app = await open({ columns: 45, rows: 15 });
    await app.shows('CONVERSATION');
    expect(app.engine.ownSize).toEqual({ columns: 45, rows: 11 });
    expect(app.engine.testSize).toEqual({ columns: 45, rows: 11 });
    await leave(app);
  });

  test('scrolls over what was printed, and follows again at its end', async () => {
    const app = await open();
    app.press('alt+4');
    runs(app.engine, Array.from({ length: 200 }, (_, row) => `row ${row}`).join('\r\n'));
    await app.shows('row 199');
    app.press('g');
    await app.shows(/│ row 0/);
    app.engine.printOwn({ text: '\r\nrow 200' });
    await app.rests();
    expect(app.rows().join('\n')).not.toContain('row 200');
    app.press('G');
    await app.shows('row 200');
    await leave(app);
  });

  test('is searched like any pane', async () => {
    const app = await open();
    app.press('alt+4');
    runs(app.engine, Array.from({ length: 200 }, (_, row) => `row ${row}`).join('\r\n'));
    await app.shows('row 199');
    app.press('g');
    app.type('/row 150\r');
    await app.shows(/│ row 150/);
    await leave(app);
  });

  test('starts, stops, copies and makes a prompt of it', async () => {
    const app = await open();
    app.press('alt+4', 's');
    await expect.poll(() => app.engine.asked).toEqual(['start']);
    app.press('r');
    await expect.poll(() => app.engine.asked).toEqual(['start', 'restart']);
    app.press('x');
    await app.shows('nothing runs in your terminal');
    runs(
      app.engine,
      '\x1b[31mTypeError\x1b[0m: x is\u202e undefined\r\n   at slug.ts:4   \r\n\r\n\r\n\r\nwaiting',
    );
    await app.shows('waiting');
    app.press('x');
    await expect.poll(() => app.engine.asked).toEqual(['start', 'restart', 'stop', 'stop']);
    app.press('y');
    await app.shows('copied the screen (clipboard)');
    expect(app.copied).toEqual(['TypeError: x is undefined\n   at slug.ts:4\n\nwaiting']);
    app.press('p');
    await app.shows('› `npm run dev` shows:');
    app.type('mend it');
    await app.shows('mend it');
    app.press('enter');
    await expect
      .poll(() => app.engine.sent)
      .toEqual([
        {
          do: 'prompt',
          text: '`npm run dev` shows:\n> TypeError: x is undefined\n>    at slug.ts:4\n>\n> waiting\nmend it',
        },
      ]);
    await leave(app);
  });
});

describe('the keyboard', () => {
  test('goes to the program as it is typed, and comes back with Ctrl+]', async () => {
    const app = await open();
    app.press('alt+4');
    runs(app.engine, '\x1b[?1h\x1b[?2004h$ ');
    await app.shows('│ $');
    app.press('i');
    await app.shows('Ctrl+] takes the keyboard back');
    app.type('ls\r');
    app.press('up', 'ctrl+c', 'f1', 'alt+1', 'escape', 'ctrl+z', 'tab');
    app.type('\x1b[200~two\nlines\x1b[201~');
    await expect
      .poll(() => app.engine.typed.join(''))
      .toBe('ls\r\x1bOA\x03\x1bOP\x1b1\x1b\x1a\t\x1b[200~two\rlines\x1b[201~');
    app.press('ctrl+]');
    await app.shows('Enter keyboard');
    app.press('r');
    await expect.poll(() => app.engine.asked).toEqual(['restart']);
    await leave(app);
  });

  test('keys that come in one piece with the key that gives it are the program’s', async () => {
    const app = await open();
    app.press('alt+4');
    runs(app.engine, '$ ');
    await app.shows('│ $');
    app.type('ils -l\r\x1b[A\x1d');
    await expect.poll(() => app.engine.typed.join('')).toBe('ls -l\r\x1b[A');
    await app.shows('Enter keyboard');
    await leave(app);
  });

  test('stays with a person who has gone elsewhere while the program was started', async () => {
    const app = await open();
    app.press('alt+4');
    await app.shows('▸RUN');
    app.type('i\x1b[27u');
    await expect.poll(() => app.engine.asked).toEqual(['restart']);
    app.type('hello');
    await app.shows('› hello');
    expect(app.engine.typed).toEqual([]);
    await leave(app);
  });

  test('comes back when the program ends', async () => {
    const app = await open();
    app.press('alt+4');
    runs(app.engine, '$ ');
    await app.shows('│ $');
    app.press('enter');
    await app.shows('Ctrl+] takes the keyboard back');
    app.engine.stream({ own: command({ end: { at: Date.now(), code: 0 } }) });
    await app.shows('Enter keyboard');
    await leave(app);
  });

  test('the terminal’s cursor stands where the program has put it, and nowhere while it hides it', async () => {
    const app = await open();
    app.press('alt+4');
    runs(app.engine, 'name? ');
    await app.shows('name?');
    app.press('enter');
    await app.shows('Ctrl+] takes');
    await app.rests();
    const { active } = app.terminal.buffer;
    expect([active.cursorX, active.cursorY]).toEqual([64 + 6, 1]);
    await leave(app);
  });

  test('of the tests goes to the run that goes on, and only then', async () => {
    const app = await open({ testCommand: 'npm test' });
    app.press('alt+2', 'enter');
    await app.shows('no tests are running');
    app.engine.record(...runningTests);
    app.engine.print({ start: 'npm test' });
    app.engine.print({ text: 'Press a to rerun' });
    await app.shows('Press a to rerun');
    app.press('i');
    await app.shows('Ctrl+] takes the keyboard back');
    app.type('a');
    await expect.poll(() => app.engine.typedTests).toEqual(['a']);
    app.press('ctrl+]', 'x');
    await expect.poll(() => app.engine.sent).toEqual([{ do: 'stop tests' }]);
    await leave(app);
  });

  test('what a program asks of its terminal is answered to it', async () => {
    const app = await open();
    runs(app.engine, 'ab\x1b[6n\x1b[c');
    await expect.poll(() => app.engine.typed.join('')).toMatch(/^\x1b\[1;3R\x1b\[\?[\d;]+c$/);
    app.engine.print({ start: 'npm test' });
    app.engine.print({ text: '\x1b[6n' });
    await expect.poll(() => app.engine.typedTests).toEqual(['\x1b[1;1R']);
    await leave(app);
  });
});

describe('a command of one’s own', () => {
  test('runs in the run terminal, which comes to the front while the composer keeps the keys', async () => {
    const app = await open();
    app.type('! npm run build');
    app.press('enter');
    await app.shows(/tests {2}RUN/);
    expect(app.engine.asked).toEqual(['! npm run build']);
    await app.shows('› what shall be built?');
    app.press('up');
    await app.shows('› ! npm run build');
    app.press('ctrl+c');
    await app.shows('› what shall be built?');
    app.type('!!git status\r');
    await expect.poll(() => app.engine.asked).toEqual(['! npm run build', '!! git status']);
    expect(app.engine.sent).toEqual([]);
    await leave(app);
  });

  test('without a command says what the mark is for', async () => {
    const app = await open();
    app.type('!\r');
    await app.shows('! COMMAND runs it in your terminal');
    await leave(app);
  });

  test('while another runs takes its place on the second Enter only', async () => {
    const app = await open();
    runs(app.engine, 'up');
    app.type('! ls\r');
    await app.shows('npm run dev runs there: Enter again stops it for this');
    app.type(' -l\r');
    await app.shows('npm run dev runs there: Enter again stops it for this');
    expect(app.engine.asked).toEqual([]);
    app.press('enter');
    await expect.poll(() => app.engine.asked).toEqual(['! ls -l']);
    await leave(app);
  });

  test('on a screen of one pane shows its terminal', async () => {
    const app = await open({ columns: 45, rows: 15 });
    app.type('! ls\r');
    await app.shows('RUN');
    runs(app.engine, 'readme.md', command({ command: 'ls' }));
    await app.shows('readme.md');
    await leave(app);
  });
});

describe('the tests', () => {
  const finished = (run: number, verdict: 'green' | 'red') =>
    ({
      type: 'run.finished',
      run,
      verdict,
      exit: verdict === 'green' ? 0 : 1,
      ms: 100,
      failures: verdict === 'green' ? [] : [{ name: 'strips emoji' }],
      tail: '',
      log: 'aa11',
    }) as const;

  test('keep what the last run said until the next one prints, however long that takes', async () => {
    const app = await open({ testCommand: 'npm test' });
    app.engine.record(...runningTests);
    app.engine.print({ start: 'npm test' });
    app.engine.print({ text: 'the first run' });
    app.engine.record(finished(2, 'red'));
    await app.shows('✕ strips emoji');
    app.engine.record({ type: 'run.started', purpose: 'asked', command: 'npm test', tree: 'u' });
    app.engine.print({ start: 'npm test' });
    await app.shows('◌ running · npm test · 0s · was ✕ red');
    await app.rests();
    expect(app.rows().join('\n')).toMatch(/strips emoji.*the first run/s);
    app.engine.print({ text: 'the second run' });
    await app.shows('the second run');
    await app.lacks('the first run');
    await leave(app);
  });

  test('have all their output read in the pager', async () => {
    const app = await open({ testCommand: 'npm test' });
    app.press('alt+2', 'o');
    await app.shows('no run of the tests has ended yet');
    app.engine.record(...runningTests, finished(2, 'green'));
    await app.shows('✓ green');
    app.press('o');
    await expect.poll(() => app.ran).toEqual([['less', '-R', '/state/blobs/aa11']]);
    await leave(app);
  });
});
