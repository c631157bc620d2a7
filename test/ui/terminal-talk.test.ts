// What the terminal is asked and answers: its background, its keys, its mouse. And that all of it is taken back.
import { describe, expect, test } from 'vitest';
import type { SessionEvent } from '../../source/session/events.ts';
import { createFakeEngine } from '../support/engine.ts';
import { opened } from '../support/events.ts';
import { openScreen, type TestApp } from '../support/screen.ts';

const log = Array.from({ length: 40 }, (_, at) => ({
  sha: (0xa000000 + at).toString(16).padEnd(40, '0'),
  subject: `commit ${at}`,
  author: 'Ada',
  at: 0,
  unpushed: false,
  decisions: [],
}));

const written = ({ writes }: TestApp): string => writes.join('');

async function leave(app: TestApp): Promise<void> {
  app.press('escape', 'escape', 'ctrl+c', 'ctrl+d');
  expect(await app.over).toBe(0);
  // The last bytes are on their way.
  await app.rests();
}

/** Where a text stands, as a mouse report counts: from 1. */
function placeOf(app: TestApp, text: string): string {
  const row = app.rows().findIndex((each) => each.includes(text));
  return `${(app.rows()[row] ?? '').indexOf(text) + 1};${row + 1}`;
}

describe('the background', () => {
  const lightText = '\x1b[38;2;';

  test('is asked for without waiting, and a light one gets the light theme', async () => {
    const app = await openScreen({ environment: { TERM: 'xterm-256color', COLORTERM: 'truecolor' } });
    expect(written(app)).toContain('\x1b]11;?\x1b\\');
    await app.rests();
    const before = written(app).length;
    app.type('\x1b]11;rgb:ffff/ffff/ffff\x1b\\');
    await app.rests();
    expect(written(app).slice(before)).toContain(lightText);
    app.type('x');
    await app.shows(/^› x$/m);
    await leave(app);
  });

  test('is asked for again when the terminal comes to the front, if it answers', async () => {
    const app = await openScreen();
    app.type('\x1b[O\x1b[I');
    await app.rests();
    expect(written(app).split('\x1b]11;?')).toHaveLength(2);
    app.type('\x1b]11;rgb:0000/0000/0000\x07\x1b[O\x1b[I');
    await app.rests();
    expect(written(app).split('\x1b]11;?')).toHaveLength(3);
    await leave(app);
  });

  test.each([
    ['a theme is set', { theme: 'dark' as const }],
    ['there are no colours', { environment: { TERM: 'xterm-256color', NO_COLOR: '1' } }],
  ])('is not asked for where %s', async (_, options) => {
    const app = await openScreen(options);
    await app.rests();
    expect(written(app)).not.toContain('\x1b]11');
    await leave(app);
  });
});

test.each([
  [{ TERM: 'xterm-256color' }, ['\x1b[?u', '\x1b[?1007$p', '\x1b]11;?']],
  [{ TERM: 'xterm-256color', TERM_PROGRAM: 'Apple_Terminal' }, ['\x1b]11;?']],
  [{ TERM: 'linux' }, []],
])('a terminal with %j is asked what it can take', async (environment, asked) => {
  const app = await openScreen({ environment });
  await app.rests();
  const all = ['\x1b[?u', '\x1b[?1007$p', '\x1b]11;?'];
  expect(all.filter((question) => written(app).includes(question))).toEqual(asked);
  await leave(app);
});

describe('keys', () => {
  test('a terminal that speaks the kitty protocol is asked for it, and released from it once', async () => {
    const app = await openScreen();
    app.type('\x1b[?0u');
    await app.rests();
    expect(written(app)).toContain('\x1b[>5u');
    app.type('a\x1b[13;2ub');
    await app.shows(/^› a\n {2}b$/m);
    await leave(app);
    expect(written(app).split('\x1b[<u')).toHaveLength(2);
    expect(written(app).indexOf('\x1b[<u')).toBeLessThan(written(app).indexOf('\x1b[?1049l'));
  });

  test('one that does not is not, and modifyOtherKeys is reset', async () => {
    const app = await openScreen();
    app.type('a\x1b[27;2;13~b');
    await app.shows(/^› a\n {2}b$/m);
    await leave(app);
    expect(written(app)).not.toContain('\x1b[>5u');
    expect(written(app).lastIndexOf('\x1b[>4m')).toBeGreaterThan(written(app).lastIndexOf('\x1b[>4;1m'));
  });

  test('Alt comes as Esc and the key where the terminal would type an accented letter, until it leaves', async () => {
    const app = await openScreen();
    await app.rests();
    expect(written(app)).toContain('\x1b[?1036;1039s\x1b[?1036;1039h');
    await leave(app);
    expect(written(app).lastIndexOf('\x1b[?1036;1039r')).toBeGreaterThan(
      written(app).lastIndexOf('\x1b[?1036;1039h'),
    );
  });

  test('a wheel that comes as arrows is told not to, and gets them back', async () => {
    const app = await openScreen();
    app.type('\x1b[?1007;1$y');
    await app.rests();
    expect(written(app)).toContain('\x1b[?1007l');
    await leave(app);
    expect(written(app)).toContain('\x1b[?1007h');
  });
});

test('without colours none comes through, whoever wrote it; weights do', async () => {
  const run: SessionEvent = { type: 'run.started', purpose: 'asked', command: 'npm test', tree: 't' };
  const engine = createFakeEngine({ events: [opened, run], log });
  const app = await openScreen({ engine, environment: { TERM: 'xterm-256color', NO_COLOR: '1' } });
  engine.print({ start: 'npm test' });
  engine.print({ text: '\x1b[1;31mFAIL\x1b[0m \x1b[38;2;1;2;3mslug\x1b[0m' });
  await app.shows('FAIL slug');
  expect(written(app)).toContain('\x1b[1mFAIL');
  expect(written(app)).not.toMatch(/\x1b\[(?:\d+;)*(?:3[0-8]|4[0-8]|9[0-7])[;m]/);
  await leave(app);
});

test('with less motion no clock ticks by itself, and what happens is still drawn', async () => {
  const running: readonly SessionEvent[] = [
    opened,
    { type: 'prompt.accepted', text: 'fold emoji' },
    { type: 'turn.started', prompt: 2 },
  ];
  const app = await openScreen({ engine: createFakeEngine({ events: running }), reducedMotion: true });
  await app.rests();
  const before = app.writes.length;
  // Longer than two ticks of a clock.
  await new Promise((resolve) => setTimeout(resolve, 1_200));
  expect(app.writes.length).toBe(before);
  app.engine.stream({ activity: 'thinking', text: 'I fold it' });
  await app.shows('I fold it');
  await leave(app);
});

test('the title is put on the stack before there is another, and comes back in the end', async () => {
  const app = await openScreen();
  await leave(app);
  const order = written(app).match(/\x1b\[2[23];2t|\x1b\]2;/g);
  expect([order?.at(0), order?.at(-1)]).toEqual(['\x1b[22;2t', '\x1b[23;2t']);
});

describe('the mouse', () => {
  test('is the terminal’s own until a key or the config turns it on', async () => {
    const app = await openScreen();
    await app.rests();
    expect(written(app)).not.toContain('\x1b[?1000h');
    app.press('alt+m');
    await app.shows('the mouse scrolls and clicks here');
    expect(app.terminal.modes.mouseTrackingMode).toBe('vt200');
    app.press('alt+m');
    await app.shows('the mouse selects text');
    expect(app.terminal.modes.mouseTrackingMode).toBe('none');
    await leave(app);
  });

  test('scrolls the pane under it, whatever is in focus', async () => {
    const app = await openScreen({ engine: createFakeEngine({ log }), mouse: true });
    await app.shows('commit 5');
    for (let notch = 0; notch < 8; notch += 1) app.type(`\x1b[<65;${placeOf(app, 'COMMITS')}M`);
    await app.lacks('commit 0');
    app.type('x');
    await app.shows(/^› x/m);
    await leave(app);
    expect(app.terminal.modes.mouseTrackingMode).toBe('none');
  });

  test('a click goes to a pane and to the commit that stands there', async () => {
    const app = await openScreen({ engine: createFakeEngine({ log }), mouse: true });
    await app.shows('commit 5');
    app.type(`\x1b[<0;${placeOf(app, 'commit 3')}M\x1b[<0;${placeOf(app, 'commit 3')}m`);
    await app.shows('▸COMMITS');
    app.press('y');
    await app.shows('copied');
    expect(app.copied).toEqual([log[3]?.sha]);
    app.type('\x1b[<0;5;39M');
    await app.lacks('▸COMMITS');
    await leave(app);
  });

  test('a click that brings the window to the front presses nothing', async () => {
    const app = await openScreen({ engine: createFakeEngine({ log }), mouse: true });
    await app.shows('commit 5');
    app.type(`\x1b[O\x1b[<0;${placeOf(app, 'commit 3')}M\x1b[I\x1b[<0;${placeOf(app, 'commit 3')}M`);
    await app.rests();
    expect(app.rows().join()).not.toContain('▸COMMITS');
    await leave(app);
  });

  test('its wheel scrolls what lies over the panes', async () => {
    const app = await openScreen({ mouse: true });
    app.press('f1');
    await app.shows('In the composer');
    app.type('\x1b[<65;5;5M\x1b[<65;5;5M');
    await app.lacks('In the composer');
    await leave(app);
  });
});
