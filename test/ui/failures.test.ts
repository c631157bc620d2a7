// Failures in the tests pane: walked through, opened, made prompts of, copied.
import { describe, expect, test } from 'vitest';
import type { Failure } from '../../source/session/facts.ts';
import { createFakeEngine, type FakeEngine } from '../support/engine.ts';
import { opened } from '../support/events.ts';
import { openScreen, type ScreenOptions, type TestApp } from '../support/screen.ts';

const emoji: Failure = {
  name: 'strips emoji',
  file: 'test/slug.test.ts',
  line: 12,
  detail: 'expected "a-b"\nreceived "a--b"',
};
const long: Failure = { name: 'cuts long titles', detail: 'expected 40' };

function redEngine(failures: readonly Failure[], files: readonly string[] = []): FakeEngine {
  const engine = createFakeEngine({
    events: [
      opened,
      { type: 'run.started', purpose: 'asked', command: 'npm test', tree: 't' },
      { type: 'run.finished', run: 2, verdict: 'red', exit: 1, ms: 5, failures, tail: '' },
    ],
  });
  engine.repository.content = async (path) => (files.includes(path) ? new Uint8Array() : null);
  return engine;
}

async function openTests(
  failures: readonly Failure[],
  { files, ...options }: ScreenOptions & { readonly files?: readonly string[] } = {},
): Promise<TestApp> {
  const app = await openScreen({ engine: redEngine(failures, files), ...options });
  app.press('alt+2');
  await app.shows('Esc back');
  return app;
}

async function leave(app: TestApp): Promise<void> {
  app.press('escape', 'ctrl+c', 'ctrl+d');
  await app.over;
}

describe('the selected failure', () => {
  test('is marked in the focused pane alone, and n and N go round the list', async () => {
    const app = await openScreen({ engine: redEngine([emoji, long]) });
    await app.shows('✕ strips emoji');
    app.press('alt+2');
    await app.shows('▸ strips emoji');
    app.type('n');
    await app.shows(/✕ strips emoji.*▸ cuts long titles/s);
    app.type('n');
    await app.shows('▸ strips emoji');
    app.type('N');
    await app.shows('▸ cuts long titles');
    app.press('escape');
    await app.shows('✕ cuts long titles');
    await leave(app);
  });

  test('is brought onto the screen', async () => {
    const many = Array.from({ length: 12 }, (_, at) => ({ name: `test ${at}`, detail: 'one\ntwo\nthree' }));
    const app = await openTests(many, { columns: 80, rows: 24 });
    app.type('nnnn');
    await app.shows(/▸ test 4\n +one\n +two/);
    app.type('NNNNN');
    await app.shows('▸ test 11');
    await leave(app);
  });

  test('is the first one where the next run does not name it', async () => {
    const app = await openTests([emoji, long]);
    app.type('n');
    await app.shows('▸ cuts long titles');
    const { seq } = app.engine.session.getState();
    app.engine.record(
      { type: 'run.started', purpose: 'asked', command: 'npm test', tree: 't' },
      { type: 'run.finished', run: seq + 1, verdict: 'red', exit: 1, ms: 5, failures: [emoji], tail: '' },
    );
    await app.shows('▸ strips emoji');
    await leave(app);
  });

  test('stays while the next run prints over the list', async () => {
    const app = await openTests([emoji, long]);
    app.engine.record({ type: 'run.started', purpose: 'asked', command: 'npm test', tree: 't' });
    app.engine.print({ start: 'npm test' });
    app.engine.print({ text: 'first words' });
    await app.shows('first words');
    app.type('n');
    await app.shows('the failures are listed again when the run has ended');
    await leave(app);
  });

  test('is none where the last run names none, and the keys say so', async () => {
    const app = await openTests([]);
    for (const key of 'nNepy') {
      app.type(key);
      await app.shows('the last run names no failure');
      app.press('up');
      await app.lacks('the last run names no failure');
    }
    await leave(app);
  });
});

describe('e opens the failure', () => {
  test.each([
    ['as the runner names it', 'test/slug.test.ts'],
    ['behind a dot', './test/slug.test.ts'],
    ['by its absolute path', '/project/test/slug.test.ts'],
    ['under the root of a container', '/app/test/slug.test.ts'],
  ])('%s', async (_, file) => {
    const app = await openTests([{ ...emoji, file }], { files: ['test/slug.test.ts', 'slug.test.ts'] });
    app.type('e');
    await app.shows('opened test/slug.test.ts:12');
    expect(app.opened).toEqual([['editor', '/project/test/slug.test.ts', '12']]);
    await leave(app);
  });

  test('in an editor without a window, which has the terminal until it ends', async () => {
    const app = await openTests([emoji], {
      files: ['test/slug.test.ts'],
      editor: (path, line) => ({ argv: ['vim', `+${line}`, path], window: false }),
    });
    app.type('e');
    await app.shows('opened test/slug.test.ts:12');
    expect(app.ran).toEqual([['vim', '+12', '/project/test/slug.test.ts']]);
    expect(app.opened).toEqual([]);
    await leave(app);
  });

  test.each<[string, Failure, Parameters<typeof openTests>[1]]>([
    ['the runner names no file', long, {}],
    ['../slug.ts:12 was not found', { ...emoji, file: '../slug.ts' }, { files: ['slug.ts'] }],
    ['lib/slug.ts:12 was not found', { ...emoji, file: 'lib/slug.ts' }, { files: ['slug.ts'] }],
    ['put one into $EDITOR', emoji, { files: ['test/slug.test.ts'], editor: () => null }],
  ])('or says why not: %s', async (reason, failure, options) => {
    const app = await openTests([failure], options);
    app.type('e');
    await app.shows(reason);
    expect([...app.opened, ...app.ran]).toEqual([]);
    await leave(app);
  });
});

test('p starts a prompt with the failure in it, behind what is typed already', async () => {
  const app = await openTests([{ ...emoji, name: 'strips \x1b[2Jemoji' }]);
  app.type('p');
  await app.shows(
    /^› fix: strips emoji \(test\/slug\.test\.ts:12\)\n {2}> expected "a-b"\n {2}> received "a--b"\n/m,
  );
  app.type('and add a test for flags');
  await app.shows(/^ {2}and add a test for flags$/m);
  app.press('alt+2');
  app.type('p');
  await app.shows(/^ {2}fix: strips emoji/m);
  expect(app.engine.sent).toEqual([]);
  await leave(app);
});

test('y copies what the runner said with its tabs, and nothing that could drive a terminal', async () => {
  const app = await openTests([{ ...emoji, detail: 'got:\n\ta\x1b[31m-b\u202e' }]);
  app.type('y');
  await app.shows('copied the failure (clipboard)');
  expect(app.copied).toEqual(['strips emoji (test/slug.test.ts:12)\ngot:\n\ta-b']);
  await leave(app);
});

test('y copies the failure', async () => {
  const app = await openTests([emoji]);
  app.type('y');
  await app.shows('copied the failure (clipboard)');
  expect(app.copied).toEqual(['strips emoji (test/slug.test.ts:12)\nexpected "a-b"\nreceived "a--b"']);
  await leave(app);
});
