// The prompts that wait, worked through with keys alone on the full screen.
import { afterEach, describe, expect, test } from 'vitest';
import type { SessionEvent } from '../../source/session/events.ts';
import { createFakeEngine, type FakeEngine } from '../support/engine.ts';
import { opened } from '../support/events.ts';
import { openScreen, type ScreenOptions, type TestApp } from '../support/screen.ts';

const running: SessionEvent[] = [
  opened,
  { type: 'prompt.accepted', text: 'build it' },
  { type: 'turn.started', prompt: 2 },
  { type: 'step.started', turn: 3, inputs: [{ kind: 'prompt', text: 'build it' }] },
];
const queued = (...texts: string[]): SessionEvent[] => texts.map((text) => ({ type: 'prompt.queued', text }));
const altQ = '\x1bq';

interface Opened {
  readonly app: TestApp;
  readonly engine: FakeEngine;
}

let screen: TestApp | undefined;
afterEach(async () => {
  screen?.hangUp();
  await screen?.over;
});

async function openQueue(options: ScreenOptions & { events?: SessionEvent[] } = {}): Promise<Opened> {
  const { events = [...running, ...queued('one', 'two', 'three')], ...rest } = options;
  const engine = createFakeEngine({ events });
  const app = await openScreen({ ...rest, engine });
  screen = app;
  app.type(altQ);
  await app.shows('▸QUEUE  1 of');
  return { app, engine };
}

const texts = ({ engine }: Opened): string[] =>
  engine.session.getState().queue.items.map((item) => item.text);

/** The words of the row that is drawn inverse. */
function selected({ terminal, rows }: TestApp): string[] {
  const { active } = terminal.buffer;
  return rows().filter((_, at) =>
    active
      .getLine(active.baseY + at)
      ?.getCell(0)
      ?.isInverse(),
  );
}

test.each([
  [120, 40],
  [80, 24],
  [45, 15],
])('at %dx%d items are chosen, moved, swapped and deleted', async (columns, rows) => {
  const queue = await openQueue({ columns, rows });
  const { app } = queue;
  expect(selected(app)).toEqual([expect.stringContaining('queue 1 ▸ one')]);
  app.type('J');
  await app.shows('queue 2 ▸ one');
  expect(selected(app)).toEqual([expect.stringContaining('queue 2 ▸ one')]);
  app.type('jK');
  await app.shows('queue 2 ▸ three');
  expect(texts(queue)).toEqual(['two', 'three', 'one']);
  app.type('d');
  await app.shows('deleted');
  await app.lacks('three');
  expect(texts(queue)).toEqual(['two', 'one']);
  expect(selected(app)).toEqual([expect.stringContaining('queue 2 ▸ one')]);
  app.press('tab');
  await app.shows('steer ▸ one');
  expect(selected(app)).toEqual([expect.stringContaining('steer ▸ one')]);
  app.type('K');
  await app.shows('steers go to the model together');
  app.press('tab');
  await app.shows('queue 1 ▸ one');
  expect(texts(queue)).toEqual(['one', 'two']);
});

test('what others queue or the session takes does not move the selection', async () => {
  const { app, engine } = await openQueue();
  app.type('j');
  await app.shows('2 of 3');
  engine.record(...queued('from elsewhere'));
  await app.shows('2 of 4');
  engine.record({ type: 'prompt.accepted', text: 'one', item: 5 });
  await app.shows('1 of 3');
  expect(selected(app)).toEqual([expect.stringContaining('▸ two')]);
  engine.record({ type: 'prompt.changed', item: 6, change: { to: 'removed' } });
  await app.shows('1 of 2');
  expect(selected(app)).toEqual([expect.stringContaining('▸ three')]);
});

describe('editing', () => {
  test('Enter puts the words back in their place, and the draft comes back', async () => {
    const queue = await openQueue();
    const { app } = queue;
    app.press('escape');
    app.type('half a thought');
    app.type(`${altQ}j`);
    app.press('enter');
    await app.shows('Enter puts it back · Esc leaves it as it was');
    await app.shows('› two');
    await app.shows('in the composer');
    app.type(' and a half\r');
    await app.shows('▸QUEUE  2 of 3');
    expect(texts(queue)).toEqual(['one', 'two and a half', 'three']);
    await app.shows('› half a thought');
  });

  test('Esc leaves it as it was', async () => {
    const queue = await openQueue();
    const { app } = queue;
    app.press('enter');
    await app.shows('› one');
    app.type(' more');
    app.press('escape');
    await app.shows('▸QUEUE  1 of 3');
    await app.lacks('› one');
    expect(texts(queue)).toEqual(['one', 'two', 'three']);
  });

  test('to edit another puts the first back, and the same goes on; the draft comes back after both', async () => {
    const queue = await openQueue();
    const { app } = queue;
    app.press('escape');
    app.type('half a thought');
    app.type(altQ);
    await app.shows('▸QUEUE  1 of 3');
    app.press('enter');
    await app.shows('› one');
    app.type(` more${altQ}`);
    await app.shows('▸QUEUE  1 of 3');
    app.press('enter');
    await app.lacks('▸QUEUE');
    await app.shows('› one more');
    app.type(`!${altQ}j\r`);
    await app.shows('› two');
    expect(texts(queue)).toEqual(['one more!', 'two', 'three']);
    app.type(' too\r');
    await app.shows('› half a thought');
    expect(texts(queue)).toEqual(['one more!', 'two too', 'three']);
  });

  test('what was delivered meanwhile is said, and the words stay for a prompt of their own', async () => {
    const { app, engine } = await openQueue();
    app.press('enter');
    await app.shows('› one');
    engine.record({ type: 'prompt.accepted', text: 'one', item: 5 });
    app.type(' more\r');
    await app.shows('it was delivered meanwhile as it was');
    await app.shows('› one more');
    app.press('enter');
    await app.shows('queue 3 ▸ one more');
  });

  test('what was typed before an edit that came too late is an earlier prompt', async () => {
    const { app, engine } = await openQueue();
    app.press('escape');
    app.type('half a thought');
    await app.shows('› half a thought');
    app.type(altQ);
    await app.shows('▸QUEUE  1 of 3');
    app.press('enter');
    await app.shows('› one');
    engine.record({ type: 'prompt.accepted', text: 'one', item: 5 });
    app.type(' more\r');
    await app.shows('it was delivered meanwhile as it was');
    app.press('up');
    await app.shows('› half a thought');
    app.press('down');
    await app.shows('› one more');
  });

  test('a line of several is edited as it is', async () => {
    const queue = await openQueue({ events: [...running, ...queued('one\ntwo')] });
    queue.app.press('enter');
    await queue.app.shows('  two');
    queue.app.type('!\r');
    await queue.app.shows('▸QUEUE  1 of 1');
    expect(texts(queue)).toEqual(['one\ntwo!']);
  });
});

test('only when green: the queue waits there and says what for', async () => {
  const { app, engine } = await openQueue({ events: [opened, ...queued('release')] });
  app.type('o');
  await app.shows('when green');
  await app.shows('‖ waits for green tests: there was no run yet');
  engine.record(
    { type: 'run.started', purpose: 'asked', command: 't', tree: 'x' },
    { type: 'run.finished', run: 4, verdict: 'red', exit: 1, ms: 1, failures: [], tail: '' },
  );
  await app.shows('‖ waits for green tests: the last run was red');
  app.type('o');
  await app.lacks('‖ waits for green tests');
});

test('Space pauses the queue and lets it go on', async () => {
  const { app } = await openQueue();
  app.type(' ');
  await app.shows('‖ paused: by you · Space goes on');
  app.type(' ');
  await app.lacks('‖ paused');
});

test('the composer is below the last one, and takes the keys when nothing waits any more', async () => {
  const { app, engine } = await openQueue({ events: [...running, ...queued('one', 'two')] });
  app.type('jj');
  await app.lacks('▸QUEUE');
  app.type('typed');
  await app.shows('› typed');
  app.type(altQ);
  await app.shows('▸QUEUE');
  app.type('dd');
  await app.lacks('▸QUEUE');
  expect(engine.session.getState().queue.items).toEqual([]);
  app.type(' on');
  await app.shows('› typed on');
});

test('with nothing that waits the key says so', async () => {
  const app = await openScreen({ engine: createFakeEngine({ events: [opened] }) });
  screen = app;
  app.type(altQ);
  await app.shows('nothing waits');
});

test('a long queue takes at most half of a small screen', async () => {
  const many = Array.from({ length: 40 }, (_, at) => `prompt ${at}`);
  const { app } = await openQueue({ columns: 45, rows: 15, events: [...running, ...queued(...many)] });
  expect(app.rows().filter((row) => row.includes('▸ prompt')).length).toBeLessThanOrEqual(5);
  app.type('j'.repeat(39));
  await app.shows('▸QUEUE  40 of 40');
  expect(selected(app)).toEqual([expect.stringContaining('queue 40 ▸ prompt 39')]);
});
