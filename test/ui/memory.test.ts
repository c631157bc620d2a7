// What a terminal remembers: the draft and earlier prompts, from one opening to the next.
import { describe, expect, test } from 'vitest';
import type { Memory } from '../../source/ui/memory.ts';
import { createFakeEngine, type FakeEngine } from '../support/engine.ts';
import { opened } from '../support/events.ts';
import { png } from '../support/images.ts';
import { openScreen, type ScreenOptions, type TestApp } from '../support/screen.ts';

function notebook(text: string | null = null): Memory & { text: string | null } {
  const book = {
    text,
    load: () => book.text,
    save: (next: string) => {
      book.text = next;
    },
  };
  return book;
}

const lines = (count: number): string =>
  Array.from({ length: count }, (_, at) => `line ${at + 1}`).join('\n');

async function close(app: TestApp): Promise<void> {
  app.hangUp();
  await app.over;
}

/** Blobs outlive the process; the rest of a session is not needed here. */
async function again(engine: FakeEngine, memory: Memory, more: ScreenOptions = {}): Promise<TestApp> {
  const next = createFakeEngine();
  return openScreen({ ...more, engine: { ...next, keep: engine.keep, fetch: engine.fetch }, memory });
}

describe('a draft', () => {
  test('is there again after a restart, with its chips and images', async () => {
    const memory = notebook();
    const engine = createFakeEngine();
    const app = await openScreen({ engine, memory, images: { 'a/logo.png': png(640, 480) } });
    app.type('see a/logo.png and ');
    app.type(`\x1b[200~${'long '.repeat(2_000)}\x1b[201~`);
    app.type(`\x1b[200~${lines(12)}\x1b[201~`);
    app.type('\nthen go on');
    await app.shows('then go on');
    await app.shows('640×480');
    const shown = app.rows().filter((row) => row.startsWith('›') || row.startsWith('  then'));
    await close(app);
    const next = await again(engine, memory);
    await next.shows('then go on');
    expect(next.rows().filter((row) => row.startsWith('›') || row.startsWith('  then'))).toEqual(shown);
    next.press('enter');
    await next.lacks('› see');
    const text = `see [image a/logo.png 640×480] and ${'long '.repeat(2_000)}${lines(12)}\nthen go on`;
    expect(next.engine.sent).toEqual([{ do: 'prompt', text, images: [engine.keep(png(640, 480))] }]);
    await close(next);
    expect(memory.text).not.toContain('long long');
  });

  test('is saved a moment after it was changed, before anybody leaves', async () => {
    const memory = notebook();
    const app = await openScreen({ memory });
    app.type('half a thought');
    await expect.poll(() => memory.text).toContain('half a thought');
    await close(app);
  });

  test('is saved with an image that took its time', async () => {
    const memory = notebook();
    const image = Promise.withResolvers<Uint8Array>();
    const app = await openScreen({ memory, image: image.promise });
    app.type('see ');
    app.press('ctrl+v');
    await expect.poll(() => memory.text).toContain('see ');
    image.resolve(png(640, 480));
    await app.shows('640×480');
    await expect.poll(() => memory.text).toContain('"width":640');
    await close(app);
  });

  test('of before stands instead of one that was laid out', async () => {
    const memory = notebook('{"draft":{"text":"mine","chips":[]}}');
    const app = await openScreen({ memory, drafts: ['ready'] });
    await app.shows('› mine');
    await close(app);
  });

  test.each([
    [null],
    [''],
    ['{'],
    ['[]'],
    ['null'],
    ['{"draft":7,"prompts":{"length":5},"seen":"x"}'],
    ['{"draft":{"text":"\\u001b[2J\\u0007 x\\udb40\\uddf0","chips":[["x",{"kind":"paste","text":"y"}]]}}'],
    [
      '{"draft":{"text":"\\udb40\\uddf0","chips":[["\\udb40\\uddf0",{"kind":"image","blob":"../../x","name":"x"}]]}}',
    ],
    [
      '{"draft":{"text":"a","chips":[[null,null],7,["\\udb40\\uddf0",{"kind":"stored","blob":"' +
        '0'.repeat(64) +
        '","lines":-1}]]}}',
    ],
  ])('that is garbled does no harm: %#', async (text) => {
    const app = await openScreen({ memory: notebook(text) });
    app.type('works');
    await app.shows('works');
    expect(app.ending()).toBeUndefined();
    await close(app);
  });

  test('whose pasted text is lost says what it was', async () => {
    const stored = { kind: 'stored', blob: '0'.repeat(64), lines: 120, characters: 5_000 };
    const draft = { text: 'see \u{e01f0}', chips: [['\u{e01f0}', stored]] };
    const app = await openScreen({ memory: notebook(JSON.stringify({ draft })) });
    app.type('\r');
    await app.shows('[pasted 120 lines]');
    expect(app.engine.sent).toEqual([{ do: 'prompt', text: 'see [pasted 120 lines]' }]);
    await close(app);
  });
});

describe('earlier prompts', () => {
  async function three(memory: Memory, engine = createFakeEngine()): Promise<TestApp> {
    const app = await openScreen({ engine, memory });
    app.type('add a changelog\r');
    app.type('fix the Slug\r');
    app.type('read the slug again\r');
    await app.shows('what shall be built?');
    return app;
  }

  test('are there with Up after a restart, chips and all', async () => {
    const memory = notebook();
    const engine = createFakeEngine();
    const app = await openScreen({ engine, memory });
    app.type(`\x1b[200~${lines(12)}\x1b[201~`);
    app.type(' what is it?\r');
    await app.shows('what shall be built?');
    await close(app);
    const next = await again(engine, memory);
    next.press('up');
    await next.shows('› [pasted 12 lines] what is it?');
    next.press('down');
    await next.shows('what shall be built?');
    await close(next);
  });

  test("have commands of one's own among them", async () => {
    const memory = notebook();
    const app = await openScreen({ memory });
    app.type('!npm start\r');
    await app.shows('what shall be built?');
    app.press('up');
    await app.shows('› !npm start');
    await close(app);
  });

  test('of other terminals are among them, once', async () => {
    const memory = notebook();
    const app = await openScreen({ memory, engine: createFakeEngine({ events: [opened] }) });
    app.engine.record({ type: 'prompt.accepted', text: 'from the editor' });
    app.type('from here\r');
    await app.shows('what shall be built?');
    await close(app);
    expect(JSON.parse(memory.text ?? '').prompts.map(({ text }: { text: string }) => text)).toEqual([
      'from the editor',
      'from here',
    ]);
  });

  test('are searched from the newest on, with the match marked, and taken with Enter', async () => {
    const memory = notebook();
    await close(await three(memory));
    const app = await openScreen({ memory });
    app.type('a draft\x12');
    await app.shows(/─ search: +1\/3 /);
    app.type('slug');
    await app.shows(/─ search: slug {2}1\/2 /);
    await app.shows('› read the slug again');
    expect(marked(app)).toBe('slug');
    app.type('\x12');
    await app.shows('› fix the Slug');
    await app.shows(/─ search: slug {2}2\/2 .*Enter takes/);
    expect(marked(app)).toBe('Slug');
    app.type('\x12');
    await app.rests();
    await app.shows('› fix the Slug');
    app.press('enter');
    app.type('!');
    await app.shows('› fix the Slug!');
    expect(app.engine.sent).toEqual([]);
    await close(app);
  });

  test('leave the draft as it was where the search is left, or finds nothing', async () => {
    const app = await three(notebook());
    app.type('my draft\x12chang');
    await app.shows('› add a changelog');
    app.press('escape');
    await app.shows('› my draft');
    app.type('\x12xyz');
    await app.shows('search: xyz  no earlier prompt');
    app.type('\x7f\x7f\x7f');
    await app.shows('› read the slug again');
    app.press('ctrl+c');
    await app.shows('› my draft');
    expect(app.ending()).toBeUndefined();
    await close(app);
  });

  test('a paste goes into the search as one line', async () => {
    const app = await three(notebook());
    app.type('\x12');
    app.type('\x1b[200~add\ra\x1b[201~');
    await app.shows(/search: add a {2}1\/1/);
    await close(app);
  });
});

/** What is drawn inversely in the composer's first row. */
function marked({ terminal, rows }: TestApp): string {
  const at = rows().findIndex((row) => row.startsWith('› '));
  const line = terminal.buffer.active.getLine(terminal.buffer.active.baseY + at);
  return Array.from({ length: terminal.cols }, (_, x) => line?.getCell(x))
    .filter((cell) => cell?.isInverse())
    .map((cell) => cell?.getChars())
    .join('');
}
