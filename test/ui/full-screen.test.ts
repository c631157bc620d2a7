// The full screen as a person sees it: keys in, the screen of a real emulator out.
import { describe, expect, test } from 'vitest';
import type { SessionEvent } from '../../source/session/events.ts';
import { createFakeEngine } from '../support/engine.ts';
import { answer, opened } from '../support/events.ts';
import { openScreen } from '../support/screen.ts';

const log = [
  { sha: '3f2a1c0d', subject: 'slug: fold emoji', author: 'Ada', at: 0, unpushed: true, decisions: [] },
  { sha: 'a41d9021', subject: 'cli: --json', author: 'Ada', at: 0, unpushed: false, decisions: [] },
];

/** A turn that runs: seq 2 to 4. */
const running: readonly SessionEvent[] = [
  opened,
  { type: 'prompt.accepted', text: 'make slug() handle emoji' },
  { type: 'turn.started', prompt: 2 },
  { type: 'step.started', turn: 3, inputs: [] },
];
/** A file that is the session's to ship. */
const claimed: SessionEvent = {
  type: 'notice.raised',
  level: 'info',
  text: '',
  about: { kind: 'claims', claimed: [{ path: 'source/slug.ts', by: 'patch' }], released: [] },
};
const ended: SessionEvent = { type: 'turn.ended', turn: 3, outcome: 'answered' };

function words(count: number): SessionEvent {
  return answer(4, Array.from({ length: count }, (_, line) => `- word ${line}`).join('\n'));
}

describe('sizes', () => {
  test('120x40 has three panes side by side, the composer and the status row', async () => {
    const app = await openScreen({
      engine: createFakeEngine({ events: running, log, testCommand: 'npm test' }),
    });
    await app.shows('fold emoji');
    await app.shows('npm test');
    const rows = app.rows();
    expect(rows[0]).toMatch(/^CONVERSATION +│ TESTS {2}.*npm test/);
    expect(rows.some((row) => /├─+$/.test(row))).toBe(true);
    expect(rows.some((row) => /│ COMMITS {2}main ↑3$/.test(row))).toBe(true);
    expect(rows.some((row) => row.startsWith('› make slug() handle emoji'))).toBe(true);
    expect(rows[37]).toMatch(/^─+┴─+/);
    expect(rows[38]).toMatch(/^›/);
    expect(rows[39]).toMatch(/gpt-5\.2-codex high.*main$/);
    app.press('ctrl+d');
    expect(await app.over).toBe(0);
  });

  test('80x24 has the conversation over two strips', async () => {
    const app = await openScreen({
      columns: 80,
      rows: 24,
      engine: createFakeEngine({ events: running, log }),
    });
    await app.shows('fold emoji');
    const titles = app.rows().filter((row) => /^(CONVERSATION|TESTS|COMMITS)/.test(row));
    expect(titles.map((row) => row.split(' ')[0])).toEqual(['CONVERSATION', 'TESTS', 'COMMITS']);
    app.press('ctrl+d');
    await app.over;
  });

  test.each([
    [45, 15],
    [40, 12],
  ])('%dx%d has one pane and names the others', async (columns, rows) => {
    const app = await openScreen({ columns, rows, engine: createFakeEngine({ events: running, log }) });
    await app.shows(/^CONVERSATION.* │ tests none │ commits 0/);
    app.press('alt+3');
    await app.shows(/^▸COMMITS .*│ tests none/);
    await app.shows('fold emoji');
    app.press('escape', 'ctrl+d');
    await app.over;
  });

  test('where there is one pane the tests keep their verdict in the title', async () => {
    const run: SessionEvent = { type: 'run.started', purpose: 'asked', command: 'npm test', tree: 't' };
    const green: SessionEvent = {
      ...{ type: 'run.finished', run: 2, verdict: 'green', exit: 0, ms: 5, failures: [], tail: '' },
      counts: { passed: 8, failed: 0, skipped: 0 },
    };
    const events = [opened, run, green];
    const app = await openScreen({ columns: 45, rows: 15, engine: createFakeEngine({ events, log }) });
    app.press('alt+2');
    await app.shows(/^▸TESTS {2}✓ green · just now │ commits 0/);
    app.press('escape', 'ctrl+d');
    await app.over;
  });

  test('below 40x12 there is one sentence, and it still quits', async () => {
    const app = await openScreen({ columns: 30, rows: 8 });
    await app.shows('hullspeed needs 40x12');
    app.press('ctrl+d');
    expect(await app.over).toBe(0);
  });

  test('from one cell to a wall, through every layout, nothing throws and the screen is right again', async () => {
    const app = await openScreen({ engine: createFakeEngine({ events: running, log }) });
    for (const [columns, rows] of [
      [1, 1],
      [2, 30],
      [500, 3],
      [500, 200],
      [41, 13],
      [61, 21],
      [100, 24],
    ] as const) {
      app.resize(columns, rows);
      await app.rests();
    }
    app.resize(120, 40);
    await app.shows('make slug() handle emoji');
    await app.rests();
    // The status row has a clock.
    const after = app.rows().slice(0, -1);
    app.terminal.write('\x1b[5;5Hwhat another program wrote\x1b[H');
    await app.shows('what another program wrote');
    app.press('ctrl+l');
    await app.lacks('what another program wrote');
    expect(app.rows().slice(0, -1)).toEqual(after);
    expect(app.ending()).toBeUndefined();
    app.press('ctrl+d');
    await app.over;
  });
});

test('commits are marked as not pushed where there is somewhere to push to', async () => {
  const app = await openScreen({ engine: createFakeEngine({ log }) });
  await app.shows(' ↑3f2a1c0 slug: fold emoji');
  app.press('ctrl+d');
  await app.over;
  const alone = createFakeEngine({ log });
  alone.repository.log = async () => ({ rows: log, upstream: null, ahead: 0, behind: 0 });
  const without = await openScreen({ engine: alone });
  await without.shows('  3f2a1c0 slug: fold emoji');
  without.press('ctrl+d');
  await without.over;
});

describe('prompts', () => {
  test('what is typed is sent with Enter, also when it all comes at once', async () => {
    const app = await openScreen();
    app.type('fix the slug\r');
    await app.shows('› fix the slug');
    expect(app.engine.sent).toEqual([{ do: 'prompt', text: 'fix the slug' }]);
    app.press('ctrl+d');
    await app.over;
  });

  test('while a turn runs Enter queues, Tab steers, and Up takes the last one back', async () => {
    const app = await openScreen({ engine: createFakeEngine({ events: running }) });
    app.type('add a changelog entry');
    await app.shows('Enter queues · Tab steers');
    app.press('enter');
    await app.shows('queue 1 ▸ add a changelog entry');
    app.type('keep the old name\t');
    await app.shows('steer ▸ keep the old name');
    app.press('up');
    await app.shows(/^› add a changelog entry$/m);
    await app.lacks('queue 1 ▸');
    expect(app.engine.sent.map((command) => command.do)).toEqual(['prompt', 'steer', 'remove']);
    app.press('ctrl+c', 'ctrl+d');
    await app.over;
  });

  test('Up goes through earlier prompts and Down comes back to the draft', async () => {
    const events: SessionEvent[] = [
      opened,
      { type: 'prompt.accepted', text: 'first one' },
      { type: 'prompt.accepted', text: 'second one' },
    ];
    const app = await openScreen({ engine: createFakeEngine({ events }), drafts: ['my draft'] });
    app.press('up');
    await app.shows(/─\n› second one/);
    app.press('up');
    await app.shows(/─\n› first one/);
    app.press('down', 'down');
    await app.shows(/─\n› my draft/);
    app.press('ctrl+c', 'ctrl+d');
    await app.over;
  });

  test('of several drafts the next one is ready when a turn has ended, nothing is typed and nothing waits', async () => {
    const app = await openScreen({ drafts: ['first one', 'second one', 'third one'] });
    const step: SessionEvent = { type: 'step.started', turn: 2, inputs: [] };
    const turn: readonly SessionEvent[] = [{ type: 'turn.started', prompt: 1 }, step];
    const end: SessionEvent = { type: 'turn.ended', turn: 2, outcome: 'shipped' };
    await app.shows(/─\n› first one/);
    app.press('enter');
    await app.shows(/─\n› what shall be built/);
    app.engine.record(...turn, end);
    await app.shows(/─\n› second one/);
    app.press('ctrl+c');
    app.type('my own\r');
    await app.shows('› my own');
    app.type('and more');
    await app.shows(/─\n› and more/);
    app.engine.record(...turn, end);
    await app.shows(/─\n› and more/);
    app.press('ctrl+c');
    await app.shows(/─\n› what shall be built/);
    app.engine.record(...turn, { type: 'prompt.queued', text: 'waits' }, end);
    await app.shows('queue 1 ▸ waits');
    await app.shows(/─\n› what shall be built/);
    app.press('ctrl+d');
    await app.over;
  });

  test('several lines: Ctrl+J, a paste, and the cursor where the text goes on', async () => {
    const app = await openScreen();
    app.type('one\ntwo\x1b[200~ and\rthree\x1b[201~');
    await app.shows(/› one *\n {2}two and *\n {2}three/);
    expect([app.terminal.buffer.active.cursorX, app.terminal.buffer.active.cursorY]).toEqual([7, 38]);
    app.press('enter');
    await app.shows('what shall be built?');
    expect(app.engine.sent).toEqual([{ do: 'prompt', text: 'one\ntwo and\nthree' }]);
    app.press('ctrl+d');
    await app.over;
  });

  test('of a paste of ten megabytes nothing is lost, also when it is too long to send', async () => {
    const app = await openScreen();
    app.type(`\x1b[200~${'word '.repeat(2_000_000)}\x1b[201~`);
    await app.shows('› [pasted 10,000,000 characters]');
    app.press('enter');
    await app.shows('the prompt has 10.0 million characters');
    app.type('and more\x1b[H\x0f');
    await app.shows(/word and more$/m);
    app.press('ctrl+c');
    await app.shows('what shall be built?');
    app.press('ctrl+d');
    await app.over;
  });

  test('words that are commands do what they say; others are refused with the right ones', async () => {
    const app = await openScreen({ engine: createFakeEngine({ events: [opened, claimed] }) });
    await app.shows('not committed');
    app.type('commit\r');
    app.type('/test\r');
    app.type('/nothing\r');
    await app.shows('/nothing is no command; there are /help /compact /new /test /pace /quit');
    expect(app.engine.sent.map((command) => command.do)).toEqual(['ship', 'test']);
    app.press('ctrl+c');
    app.type('/quit\r');
    expect(await app.over).toBe(0);
  });
});

test('Enter behind a backslash makes a new line', async () => {
  const app = await openScreen();
  app.type('first\\');
  app.press('enter');
  app.type('second');
  await app.shows(/^› first\n {2}second$/m);
  expect(app.engine.sent).toEqual([]);
});

describe('the editor', () => {
  test('nothing is drawn any more when it is given back by a program that is ending', async () => {
    const editor = Promise.withResolvers<{ text: string }>();
    const app = await openScreen({ write: () => editor.promise });
    await app.rests();
    app.press('ctrl+g');
    await app.rests();
    process.emit('SIGTERM', 'SIGTERM');
    expect(await app.over).toBe(143);
    editor.resolve({ text: 'too late' });
    await app.rests();
    expect(app.terminal.buffer.active.type).toBe('normal');
  });

  test('gets the draft with Ctrl+G, and what it saves stands in the composer', async () => {
    const app = await openScreen({ write: (text) => ({ text: `${text}\nand a second line` }) });
    app.type('a draft');
    app.press('ctrl+g');
    await app.shows('and a second line');
    expect(app.rows().some((row) => row.startsWith('› a draft'))).toBe(true);
    app.type(', typed behind it');
    await app.shows('and a second line, typed behind it');
  });

  test('that saves nothing leaves the draft as it was, and the reason is said', async () => {
    const app = await openScreen({ write: () => ({ failed: 'no editor is set: put one into $EDITOR' }) });
    app.type('a draft');
    app.press('ctrl+g');
    await app.shows('no editor is set');
    await app.shows('› a draft');
  });
});

describe('keys', () => {
  test('Esc interrupts, and on the help and in a pane it goes back first', async () => {
    const app = await openScreen({ engine: createFakeEngine({ events: running }) });
    app.press('alt+2');
    await app.shows('▸TESTS');
    app.press('f1');
    await app.shows('Everywhere');
    app.press('escape');
    await app.lacks('Everywhere');
    await app.shows('▸TESTS');
    app.press('escape');
    await app.lacks('▸TESTS');
    expect(app.engine.sent).toEqual([]);
    app.press('escape');
    await app.rests();
    expect(app.engine.sent).toEqual([{ do: 'interrupt' }]);
    app.press('ctrl+d');
    await app.over;
  });

  test('the help says why a key does nothing now', async () => {
    const app = await openScreen({ rows: 60 });
    app.press('f1');
    await app.lacks('not now: nothing runs');
    app.press('pagedown');
    await app.shows('stop the run (not now: no tests are running)');
    app.press('escape', 'ctrl+d');
    await app.over;
  });

  test('what is looked up is edited and pasted into with the same keys everywhere', async () => {
    const app = await openScreen({ drafts: ['the draft'] });
    const paste = (text: string): void => app.type(`\x1b[200~${text}\x1b[201~`);
    const edit = async (shown: (query: string) => string | RegExp): Promise<void> => {
      app.type('one tw');
      paste('o\nthree');
      await app.shows(shown('one two three'));
      app.press('ctrl+w');
      await app.shows(shown('one two '));
      app.press('backspace', 'backspace');
      await app.shows(shown('one tw'));
      app.press('ctrl+u');
      app.type('x');
      await app.shows(shown('x'));
    };
    app.press('f1');
    await edit((query) => new RegExp(`^KEYS  ${query.trim()}$`, 'm'));
    app.press('escape', 'ctrl+r');
    await edit((query) => `search: ${query}  no earlier`);
    app.press('escape', 'alt+1');
    app.type('/');
    await edit((query) => `/${query}  none`);
    app.press('escape', 'escape');
    await app.shows('› the draft');
    app.hangUp();
    await app.over;
  });

  test('Ctrl+C clears, interrupts, warns and quits, one after the other', async () => {
    const app = await openScreen({ engine: createFakeEngine({ events: running }) });
    app.type('a draft');
    await app.shows('a draft');
    app.press('ctrl+c');
    await app.shows('what shall be built?');
    app.press('ctrl+c');
    await app.rests();
    expect(app.engine.sent).toEqual([{ do: 'interrupt' }]);
    app.engine.record(ended);
    app.press('ctrl+c');
    await app.shows('Ctrl+C again to quit');
    app.press('ctrl+c');
    expect(await app.over).toBe(0);
    expect(app.engine.closed).toEqual(['quit']);
  });

  test('in the tests pane r runs the tests; a refusal is shown and goes with the next key', async () => {
    const app = await openScreen({ engine: createFakeEngine({ events: [opened, claimed] }) });
    app.press('alt+2');
    app.type('x');
    await app.shows('no tests are running');
    app.type('r');
    await app.lacks('no tests are running');
    expect(app.engine.sent).toEqual([{ do: 'test' }]);
    app.press('alt+3');
    app.type('s');
    await app.rests();
    expect(app.engine.sent.at(-1)).toEqual({ do: 'ship' });
    app.press('escape', 'ctrl+d');
    await app.over;
  });

  test('a pane zooms and comes back', async () => {
    const app = await openScreen({ engine: createFakeEngine({ log }) });
    app.press('alt+3', 'alt+z');
    await app.shows(/^▸COMMITS {2}main ↑3 +│ conversation \w+ │ tests none/);
    app.press('alt+z');
    await app.shows(/^CONVERSATION +│ TESTS/);
    app.press('escape', 'ctrl+d');
    await app.over;
  });
});

describe('conversation', () => {
  test('new output never moves what is being read, and the end is one key away', async () => {
    const app = await openScreen({ engine: createFakeEngine({ events: [...running, words(200)] }) });
    await app.shows('word 199');
    app.press('pageup', 'pageup');
    await app.shows(/↓ \d+ rows below/);
    await app.rests();
    const before = app
      .rows()
      .slice(1, 35)
      .map((row) => row.slice(0, 60));
    app.engine.stream({ activity: 'thinking', text: 'more\n\nand more' });
    app.engine.record(
      { type: 'step.started', turn: 3, inputs: [] },
      answer(6, 'a new answer\n\nof three\n\nparagraphs'),
    );
    await app.rests();
    expect(
      app
        .rows()
        .slice(1, 35)
        .map((row) => row.slice(0, 60)),
    ).toEqual(before);
    app.press('alt+1', 'end');
    await app.shows('paragraphs');
    await app.lacks('rows below');
    app.press('escape', 'ctrl+d');
    await app.over;
  });

  test('the past is read from the journal when somebody scrolls there', async () => {
    const many = Array.from(
      { length: 700 },
      (_, turn): SessionEvent => ({ type: 'notice.raised', level: 'info', text: `notice ${turn}` }),
    );
    const app = await openScreen({ engine: createFakeEngine({ events: [opened, ...many] }) });
    await app.shows('notice 699');
    app.press('alt+1', 'home');
    await app.rests();
    app.press('home');
    await app.rests();
    app.press('home');
    await app.shows(/notice 0 /);
    app.press('end');
    await app.shows('notice 699');
    app.press('escape', 'ctrl+d');
    await app.over;
  });

  test('what a call writes stands under it, above the calls that wait for its end', async () => {
    const calls = ['first', 'second'].map((cmd) => ({
      id: cmd,
      name: 'exec_command',
      argument: JSON.stringify({ cmd }),
    }));
    const started: SessionEvent = { type: 'call.started', step: 4, call: 'first' };
    const app = await openScreen({
      engine: createFakeEngine({ events: [...running, answer(4, '', ...calls), started] }),
    });
    app.engine.stream({ activity: 'command', output: new Map([['first', () => 'one\ntwo\n']]) });
    await app.shows(/two/);
    const rows = app.rows().map((row) => row.slice(0, 60).trimEnd());
    const at = rows.indexOf('◌ exec  first');
    expect(rows.slice(at, at + 4)).toEqual(['◌ exec  first', '  │ one', '  │ two', '○ exec  second']);
    app.press('escape', 'ctrl+c', 'ctrl+d');
    app.hangUp();
    await app.over;
  });

  test('an answer and a patch are seen while they stream', async () => {
    const app = await openScreen({ engine: createFakeEngine({ events: running }) });
    app.engine.stream({ activity: 'thinking', text: 'I fold **emoji** before' });
    await app.shows('I fold emoji before');
    const argument = '*** Begin Patch\n*** Update File: source/slug.ts\n@@\n-const old = 1;\n+const next';
    app.engine.stream({ calls: [{ name: 'apply_patch', argument }] });
    await app.shows('const next');
    await app.shows('source/slug.ts');
    app.press('ctrl+d');
    await app.over;
  });

  test('a countdown is over when the request is on its way, whatever the clock says', async () => {
    const failed = { type: 'step.failed', step: 4, code: '503', reason: 'It said 503.', text: '' } as const;
    const app = await openScreen({ engine: createFakeEngine({ events: running }) });
    app.engine.stream({ retry: { reason: 'It said 503.', until: performance.now() + 60_000 } });
    app.engine.record({ ...failed, retryInMs: 60_000 });
    await app.shows('⟳ It said 503 · again in');
    app.engine.stream({ retry: null });
    await app.shows('⟳ It said 503 · asked again');
    app.press('ctrl+d');
    await app.over;
  });

  test('a call is selected, opened and folded', async () => {
    const call = { id: 'c1', name: 'exec_command', argument: '{"cmd":"rg slug"}' };
    const finished: SessionEvent = {
      type: 'call.finished',
      call: 'c1',
      outcome: 'ok',
      output: 'found it here',
      ms: 5,
    };
    const app = await openScreen({
      engine: createFakeEngine({ events: [...running, answer(4, '', call), finished] }),
    });
    await app.shows('rg slug');
    app.press('alt+1');
    app.type('k');
    app.press('enter');
    await app.shows('found it here');
    app.type(' ');
    await app.lacks('found it here');
    app.press('escape', 'ctrl+d');
    await app.over;
  });
});

describe('tests', () => {
  const run: SessionEvent = { type: 'run.started', purpose: 'asked', command: 'npm test', tree: 't' };

  function finished(verdict: 'green' | 'red', seq: number): SessionEvent {
    const failures = verdict === 'red' ? [{ name: 'strips emoji', detail: 'expected "a-b"' }] : [];
    return {
      type: 'run.finished',
      run: seq,
      verdict,
      exit: verdict === 'red' ? 1 : 0,
      ms: 5,
      failures,
      tail: '',
    };
  }

  test('a run is seen as it prints, and the result before it stays until then', async () => {
    const app = await openScreen({ engine: createFakeEngine({ events: [opened, run] }) });
    app.engine.print({ start: 'npm test' });
    app.engine.print({ text: '\x1b[31mfirst output\x1b[0m\r\n' });
    await app.shows('first output');
    app.engine.record(finished('red', 2));
    await app.shows('✕ strips emoji');
    await app.shows('expected "a-b"');
    app.engine.record(run);
    app.engine.print({ start: 'npm test' });
    await app.shows('running');
    await app.shows('strips emoji');
    await app.shows('first output');
    app.engine.print({ text: 'second output' });
    await app.shows('second output');
    await app.lacks('first output');
    await app.lacks('strips emoji');
    expect(app.rows().filter((row) => row.includes('second output'))).toHaveLength(1);
    app.press('ctrl+d');
    await app.over;
  });

  test('a line whose beginning is above the pane does not look like one of its own', async () => {
    const app = await openScreen({
      columns: 80,
      rows: 24,
      engine: createFakeEngine({ events: [opened, run] }),
    });
    app.engine.print({ start: 'npm test' });
    await app.rests();
    const { columns, rows } = app.engine.testSize;
    const long = `${'b'.repeat(columns)}${'e'.repeat(9)}`;
    app.engine.print({ text: `${long}\r\n${'below\r\n'.repeat(rows - 1)}` });
    await app.shows('below');
    expect(app.rows().find((row) => row.includes('eee'))).toBe(`…${'e'.repeat(8)}`);
    app.press('alt+2', 'up');
    await app.shows(`\n${'e'.repeat(9)}\n`);
    app.press('escape', 'ctrl+d');
    await app.over;
  });

  test('a long run is followed, scrolled back, and the next one is followed again', async () => {
    const app = await openScreen({ engine: createFakeEngine({ events: [opened, run] }) });
    const print = (name: string): void => {
      app.engine.print({ start: 'npm test' });
      app.engine.print({ text: Array.from({ length: 100 }, (_, line) => `${name} ${line}.`).join('\r\n') });
    };
    print('first');
    await app.shows('first 99.');
    app.press('alt+2');
    app.type('kkg');
    await app.shows('first 0.');
    app.engine.record(finished('green', 2), run);
    print('second');
    await app.shows('second 99.');
    app.press('escape', 'ctrl+d');
    await app.over;
  });

  test('the program in the terminal gets the size of the pane', async () => {
    const app = await openScreen({ columns: 120, rows: 40 });
    expect(app.engine.testSize).toEqual({ columns: 56, rows: 21 });
    app.resize(100, 30);
    await app.rests();
    expect(app.engine.testSize).toEqual({ columns: 46, rows: 15 });
    app.press('ctrl+d');
    await app.over;
  });
});

describe('terminal', () => {
  test('a frame is one write, and an idle screen writes nothing', async () => {
    const app = await openScreen({ engine: createFakeEngine({ events: [opened], log }) });
    await app.rests();
    const before = app.writes.length;
    app.type('x');
    await app.shows(/^› x/m);
    await app.rests();
    expect(app.writes.length - before).toBe(1);
    expect(app.writes.at(-1)).toMatch(/^\x1b\[\?2026h.*\x1b\[\?2026l$/s);
    app.press('ctrl+c', 'ctrl+d');
    await app.over;
  });

  test('inside tmux frames are not marked as synchronised', async () => {
    const app = await openScreen({ environment: { TERM: 'tmux-256color', TMUX: '/tmp/tmux' } });
    app.type('x');
    await app.shows(/^› x/m);
    expect(app.writes.join('')).not.toContain('\x1b[?2026');
    app.press('ctrl+c', 'ctrl+d');
    await app.over;
  });

  test('a size that was gone before anybody looked has moved the rows all the same', async () => {
    const app = await openScreen({ engine: createFakeEngine({ events: running, log }) });
    await app.shows('fold emoji');
    app.terminal.write('\x1b[5;5Hwhat was moved here\x1b[H');
    await app.shows('what was moved here');
    process.emit('SIGWINCH', 'SIGWINCH');
    await app.lacks('what was moved here');
    app.press('ctrl+d');
    await app.over;
  });

  test('a resize while text streams leaves one right screen', async () => {
    const app = await openScreen({ engine: createFakeEngine({ events: running, log }) });
    for (let token = 0; token < 60; token++) {
      app.engine.stream({
        activity: 'thinking',
        text: Array.from({ length: token }, (_, word) => `word${word}`).join(' '),
      });
      if (token % 7 === 0) app.resize(90 + token, 20 + (token % 20));
      await new Promise((resolve) => setImmediate(resolve));
    }
    app.resize(80, 24);
    await app.shows('word58');
    await app.rests();
    const rows = app.rows();
    expect(rows[0]).toBe('CONVERSATION');
    expect(rows.filter((row) => row.startsWith('COMMITS'))).toHaveLength(1);
    expect(rows[22]).toMatch(/^›/);
    app.press('ctrl+d');
    await app.over;
  });

  test('what Ctrl+C and Ctrl+\\ mean to an editor that has the terminal is not for the screen', async () => {
    let listening = 0;
    const app = await openScreen({
      write: () => {
        process.emit('SIGINT', 'SIGINT');
        listening = process.listenerCount('SIGQUIT');
        return { text: 'written' };
      },
    });
    app.press('ctrl+g');
    await app.shows(/^› written/m);
    expect(listening).toBeGreaterThan(process.listenerCount('SIGQUIT'));
    app.press('ctrl+c', 'ctrl+d');
    expect(await app.over).toBe(0);
  });

  test.each(['quit', 'hang-up', 'SIGTERM', 'crash'])('after a %s the terminal is as it was', async (how) => {
    const app = await openScreen();
    await app.rests();
    expect(app.terminal.buffer.active.type).toBe('alternate');
    expect(app.terminal.modes).toMatchObject({ bracketedPasteMode: true, sendFocusMode: true });
    if (how === 'quit') app.press('ctrl+d');
    else if (how === 'hang-up') app.hangUp();
    else if (how === 'SIGTERM') process.emit('SIGTERM', 'SIGTERM');
    else process.emit('uncaughtException', new Error('a bug'));
    const codes = { quit: 0, 'hang-up': 129, SIGTERM: 143, crash: 70 };
    expect(await app.over).toBe(codes[how as keyof typeof codes]);
    await app.rests();
    expect(app.terminal.buffer.active.type).toBe('normal');
    expect(app.terminal.modes).toMatchObject({ bracketedPasteMode: false, sendFocusMode: false });
    expect(app.writes.join('').split('\x1b[?1049l')).toHaveLength(2);
    expect(app.writes.join('').lastIndexOf('\x1b[?25h')).toBeGreaterThan(
      app.writes.join('').lastIndexOf('\x1b[?25l'),
    );
    expect(app.engine.closed).toEqual([how === 'quit' ? 'quit' : how === 'crash' ? 'crash' : 'signal']);
  });

  test('the title says what goes on, and a red end behind other windows calls', async () => {
    const app = await openScreen({ engine: createFakeEngine({ events: running }) });
    app.type('\x1b[O');
    app.engine.stream({ activity: 'thinking' });
    await app.rests();
    expect(app.writes.join('')).toContain('\x1b]2;● thinking · r\x07');
    app.engine.record({ type: 'turn.ended', turn: 3, outcome: 'red' });
    await app.rests();
    expect(app.writes.join('')).toContain('\x07\x1b]9;hullspeed: red · r\x07');
    app.press('ctrl+d');
    await app.over;
  });
});
