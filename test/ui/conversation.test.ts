// Living in the conversation: selecting, reading, copying, searching, and the way back to the first prompt.
import { describe, expect, test } from 'vitest';
import type { SessionEvent } from '../../source/session/events.ts';
import { createFakeEngine } from '../support/engine.ts';
import { answer, opened } from '../support/events.ts';
import { openScreen, type TestApp } from '../support/screen.ts';

/** A turn of five events: a prompt, an answer with a command, and its end. */
function turn(at: number, words: string, output = ''): SessionEvent[] {
  const seq = 2 + at * 6;
  const call = { id: `c${at}`, name: 'exec_command', argument: JSON.stringify({ cmd: `run ${at}` }) };
  return [
    { type: 'prompt.accepted', text: `prompt ${at}` },
    { type: 'turn.started', prompt: seq },
    { type: 'step.started', turn: seq + 1, inputs: [] },
    answer(seq + 2, words, call),
    { type: 'call.finished', call: call.id, outcome: 'ok', output, ms: 5, exit: 0 },
    { type: 'turn.ended', turn: seq + 1, outcome: 'answered' },
  ];
}

function turns(count: number, words: (at: number) => string = (at) => `answer ${at}`): SessionEvent[] {
  return [opened, ...Array.from({ length: count }, (_, at) => turn(at, words(at))).flat()];
}

async function reading(events: readonly SessionEvent[], size = {}): Promise<TestApp> {
  const app = await openScreen({ engine: createFakeEngine({ events }), ...size });
  app.press('alt+1');
  await app.shows('▸CONVERSATION');
  return app;
}

async function leave(app: TestApp): Promise<void> {
  app.press('escape', 'escape', 'escape', 'ctrl+d');
  await app.over;
}

describe('reading all of it', () => {
  const output = Array.from({ length: 900 }, (_, line) => `line ${line}`).join('\n');

  test('a call opens to its first rows, and then to its whole output, with search, pages and copy', async () => {
    const app = await reading([opened, ...turn(0, 'done', output)]);
    app.press('enter');
    await app.shows('more rows');
    app.press('enter');
    await app.shows(/▸exec {2}run 0 .* 1-\d+ of 90\d/);
    await app.shows('line 20');
    app.type('G');
    await app.shows('line 899');
    app.type('g/line 450');
    await app.shows(/\/line 450 {2}1\/1/);
    await app.shows(/^line 450$/m);
    app.press('enter');
    app.type('y');
    await app.shows('copied the output');
    expect(app.copied).toEqual([output]);
    app.type('c');
    await app.shows('copied the command');
    expect(app.copied[1]).toBe('run 0');
    app.press('escape');
    await app.lacks('/line 450');
    app.press('escape');
    await app.shows('CONVERSATION');
    await leave(app);
  });

  test('a commit opens its diff', async () => {
    const row = {
      sha: '3f2a1c0d',
      subject: 'slug: fold emoji',
      author: 'Ada',
      at: 0,
      unpushed: false,
      decisions: [],
    };
    const made = {
      type: 'commit.created',
      sha: row.sha,
      subject: row.subject,
      paths: [],
      decisions: [],
      verdict: { kind: 'green' },
    } as unknown as SessionEvent;
    const commits = { '3f2a1c0d': { message: 'slug\n\nbecause', author: 'Ada', diff: '', cut: false } };
    const app = await openScreen({
      engine: createFakeEngine({ events: [opened, made], log: [row], commits }),
    });
    app.press('alt+1');
    app.type('k');
    app.press('enter');
    await app.shows('because');
    await leave(app);
  });

  test('of a cut output all that was printed is read, up to what a pager can take', async () => {
    const call = { id: 'c', name: 'exec_command', argument: '{"cmd":"seq 5000"}' };
    const whole = new TextEncoder().encode(`first\nthe \x1b[31mmiddle\x1b[0m\n${'x'.repeat(400_000)}`);
    const engine = createFakeEngine({ events: [opened, answer(1, '', call)] });
    engine.record({
      type: 'call.finished',
      call: 'c',
      outcome: 'ok',
      output: 'first\n… kept 2 of 3 lines …\nx',
      ms: 5,
      kept: { lines: 2, ofLines: 3, bytes: 7, ofBytes: whole.length },
      whole: engine.keep(whole),
    });
    const app = await openScreen({ engine });
    app.press('alt+1');
    await app.shows('▸CONVERSATION');
    app.type('o');
    await app.shows('the middle');
    app.type('G');
    await app.shows(/… 20,\d\d\d more bytes/);
    app.type('h');
    await app.shows('handed the model what was cut from the output: it comes with the next request');
    const [told] = engine.session.getState().untold ?? [];
    expect(told?.input.text).toMatch(
      /^The person hands you what was cut from the output of this call: seq 5000\nfirst\nthe middle\nxxx/,
    );
    expect(told?.input.text.length).toBeLessThan(61_000);
    await leave(app);
  });

  test('what the model was shown of a cut output stands in the pager too', async () => {
    const call = { id: 'c', name: 'exec_command', argument: '{"cmd":"seq 5000"}' };
    const kept = { lines: 200, ofLines: 4_812, bytes: 1, ofBytes: 2 };
    const finished: SessionEvent = {
      type: 'call.finished',
      call: 'c',
      outcome: 'ok',
      output: 'a\nb',
      ms: 5,
      kept,
    };
    const app = await reading([opened, answer(1, '', call), finished]);
    app.type('o');
    await app.shows(/▸exec {2}seq 5000 .*kept 200 of 4,812 lines/);
    await leave(app);
  });
});

describe('selecting and copying', () => {
  test('j and k go through prompts, answers, calls and commits, and y copies what is selected', async () => {
    const commit: SessionEvent = {
      type: 'commit.created',
      sha: '3f2a1c0d',
      subject: 'slug: fold emoji',
      parent: 'p',
      branch: 'main',
      paths: [],
      verdict: { kind: 'green' },
      by: 'ship',
    } as unknown as SessionEvent;
    const app = await reading([...turns(1, () => 'Use `slug`.'), commit]);
    for (const what of ['3f2a1c0', 'the command', 'the answer', 'the prompt']) {
      app.type('ky');
      await app.shows(`copied ${what}`);
    }
    expect(app.copied).toEqual(['3f2a1c0d', 'run 0', 'Use `slug`.', 'prompt 0']);
    app.type('jy');
    await app.shows('copied the answer');
    await leave(app);
  });

  test('c copies the code block of an answer, and the next one when it is pressed again', async () => {
    const words = 'First:\n\n```ts\nconst a = 1;\n```\n\nthen\n\n```make\nall:\n\techo b\n```\n';
    const app = await reading(turns(1, () => words));
    app.type('kk');
    app.type('c');
    await app.shows('copied code block 1 of 2');
    app.type('c');
    await app.shows('copied code block 2 of 2');
    expect(app.copied).toEqual(['const a = 1;', 'all:\n\techo b']);
    await leave(app);
  });

  test('brackets go from prompt to prompt, also to those that the window has dropped', async () => {
    const notices = Array.from(
      { length: 60 },
      (_, nth): SessionEvent => ({ type: 'notice.raised', level: 'info', text: `notice ${nth}` }),
    );
    const prompts = Array.from({ length: 20 }, (_, at): SessionEvent[] => [
      { type: 'prompt.accepted', text: `prompt ${at}` },
      ...notices,
    ]);
    const app = await reading([opened, ...prompts.flat()]);
    for (let at = 19; at >= 0; at -= 1) {
      app.type('[');
      await app.shows(new RegExp(`^› prompt ${at} `, 'm'));
    }
    app.type(']');
    await app.shows(/^› prompt 1 /m);
    await app.rests();
    await leave(app);
  });
});

describe('searching', () => {
  test('marks matches while it is typed, goes through them, and ends before the pane is left', async () => {
    const app = await reading(
      turns(20, (at) => (at % 5 === 0 ? 'a needle in it' : 'hay')),
      { columns: 80, rows: 24 },
    );
    app.type('/needle');
    await app.shows('/needle  1/4');
    await app.shows('a needle in it');
    app.press('enter');
    app.type('n');
    await app.shows('/needle  2/4');
    app.type('N');
    await app.shows('/needle  1/4');
    app.type('N');
    await app.shows('/needle  4/4');
    await app.shows('› prompt 0');
    app.press('escape');
    await app.lacks('/needle');
    expect(app.rows().join('\n')).toContain('▸CONVERSATION');
    app.press('escape');
    await app.lacks('▸CONVERSATION');
    await leave(app);
  });

  test('reaches what only the journal has, and says when there is nothing', async () => {
    const app = await reading(turns(600, (at) => (at === 1 ? 'the first needle' : 'hay')));
    app.type('/first NEEDLE');
    await app.shows(/\/first NEEDLE {2}none/);
    app.press('ctrl+u');
    app.type('first needle');
    await app.shows('/first needle  1/1');
    await app.shows('the first needle');
    await app.shows('prompt 1');
    app.press('enter');
    app.type('G');
    await app.shows('prompt 599');
    await leave(app);
  });

  test('opens what shows the match only when it is open', async () => {
    const app = await reading([...turns(3), ...turn(3, 'x', 'out of the haystack').slice(0)]);
    app.type('/haystack');
    await app.shows('/haystack  1/1');
    await app.shows('out of the haystack');
    await leave(app);
  });

  test('goes down and up in the tests, where n goes through failures again when it is over', async () => {
    const app = await openScreen();
    app.engine.record({ type: 'notice.raised', level: 'info', text: 'row 40 is not the tests' });
    app.engine.print({ start: 'npm test' });
    app.engine.print({ text: Array.from({ length: 300 }, (_, row) => `row ${row}\r\n`).join('') });
    app.press('alt+2');
    await app.shows('row 299');
    app.type('/row 4');
    await app.shows(/\/row 4 {2}1\/11/);
    app.press('enter');
    app.type('n');
    await app.shows(/\/row 4 {2}2\/11/);
    await app.shows(/row 40$/m);
    const notice = app.rows().findIndex((row) => row.includes('is not the tests'));
    const line = app.terminal.buffer.active.getLine(app.terminal.buffer.active.baseY + notice);
    expect(line?.getCell(2)?.isUnderline()).toBe(0);
    app.press('escape');
    await app.lacks('/row 4');
    app.type('n');
    await app.shows('names no failure');
    await leave(app);
  });
});

describe('a long session', () => {
  test('g is the very first prompt, and G the end', async () => {
    const app = await reading(turns(800));
    app.type('g');
    await app.shows(/^› prompt 0 /m);
    app.press('pagedown');
    await app.rests();
    app.type('G');
    await app.shows('prompt 799');
    await leave(app);
  });

  test('a first prompt that is found late does not move who went elsewhere meanwhile', async () => {
    const app = await reading(turns(800));
    const { history } = app.engine;
    const asked = Promise.withResolvers<void>();
    const slow = Promise.withResolvers<void>();
    app.engine.history = async (...which) => {
      asked.resolve();
      await slow.promise;
      return history(...which);
    };
    app.type('g');
    await asked.promise;
    app.type('G');
    app.press('alt+3');
    await app.shows('▸COMMITS');
    slow.resolve();
    await app.rests();
    await app.shows('prompt 799');
    await leave(app);
  });

  test('what is read stays where it is when the terminal gets another width, and when more comes', async () => {
    const words = (at: number) => `${'word '.repeat(40)}MARK${at} ${'more '.repeat(40)}`;
    const app = await reading(turns(30, words), { columns: 120, rows: 40 });
    app.press('pageup', 'pageup');
    await app.shows('rows below');
    const top = app.rows()[1] ?? '';
    const marks = (): string[] => app.rows().flatMap((row) => row.match(/MARK\d+/) ?? []);
    const before = marks()[0];
    app.engine.record({ type: 'notice.raised', level: 'info', text: 'something new' });
    app.engine.stream({ text: 'streams\n\nin' });
    await app.rests();
    expect(app.rows()[1]).toBe(top);
    for (const [columns, rows] of [
      [80, 40],
      [45, 30],
      [200, 40],
      [120, 40],
    ] as const) {
      app.resize(columns, rows);
      await app.rests();
      expect(marks().slice(0, 2)).toContain(before);
    }
    expect(app.rows()[1]).toBe(top);
    await leave(app);
  });

  test('what is read of an answer stays where it is while it streams, and when it is whole', async () => {
    const running = turn(0, 'x').slice(0, 3);
    const app = await reading([opened, ...running]);
    const lines = Array.from({ length: 120 }, (_, at) => `- line ${at}`);
    const top = (): string => (app.rows()[1] ?? '').split('│')[0]?.trimEnd() ?? '';
    app.engine.stream({
      activity: 'thinking',
      reasoning: '**Looking**\n\nat it',
      text: lines.slice(0, 60).join('\n'),
    });
    await app.shows('line 59');
    app.press('up', 'up', 'up', 'up');
    await app.shows('rows below');
    const before = top();
    app.engine.stream({ text: lines.slice(0, 100).join('\n') });
    await app.rests();
    expect(top()).toBe(before);
    const argument = '{"cmd":"npm test"}';
    app.engine.stream({ text: lines.join('\n'), calls: [{ name: 'exec_command', argument }] });
    await app.rests();
    expect(top()).toBe(before);
    const whole = {
      type: 'step.finished',
      step: 4,
      items: [
        { type: 'reasoning', summary: [{ type: 'summary_text', text: '**Looking**\n\nat it' }] },
        { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: lines.join('\n') }] },
        { type: 'function_call', call_id: 'c', name: 'exec_command', arguments: argument },
      ],
      usage: { input: 1, cached: 0, output: 1, reasoning: 0 },
      model: 'm',
      host: 'h',
    } as SessionEvent;
    app.engine.stream({ text: '', reasoning: '', calls: [] });
    app.engine.record(whole);
    await app.rests();
    expect(top()).toBe(before);
    app.resize(70, 40);
    await app.rests();
    expect(app.rows().join('\n')).toContain(before);
    await leave(app);
  });
});
