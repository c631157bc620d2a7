// The queue at work: what waits, and what makes it go on.
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { say } from '../support/model-server.ts';
import { startSession, story, type TestSession } from '../support/session.ts';

let session: TestSession;
/** The model has the prompt. */
const asked = (): Promise<void> =>
  new Promise((resolve) => {
    const stop = session.engine.onEvent(({ type }) => {
      if (type !== 'step.started') return;
      stop();
      resolve();
    });
  });

afterEach(() => session?.close());

test('Esc, a correction, Enter: it runs first though the turn has not ended yet, and the queue goes on', async () => {
  session = await startSession(() => say('Well.'), { pace: 5 });
  const { engine } = session;
  engine.send({ do: 'prompt', text: 'begin' });
  await asked();
  engine.send({ do: 'prompt', text: 'next' });
  engine.send({ do: 'steer', text: 'steer' });
  engine.send({ do: 'interrupt' });
  engine.send({ do: 'prompt', text: 'correction' });
  engine.send({ do: 'prompt', text: 'and another' });
  await engine.idle();
  const prompts = session.events.flatMap((event) => (event.type === 'prompt.accepted' ? [event.text] : []));
  expect(prompts).toEqual(['begin', 'correction', 'and another', 'steer', 'next']);
  expect(engine.session.getState().queue).toEqual({ items: [], steers: [] });
});

test('what is queued from elsewhere meanwhile is no correction', async () => {
  session = await startSession(() => say('Well.'), { pace: 5 });
  const { engine } = session;
  engine.send({ do: 'prompt', text: 'begin' });
  await asked();
  engine.send({ do: 'interrupt' });
  engine.send({ do: 'queue', text: 'elsewhere' });
  await engine.idle();
  expect(engine.session.getState().queue).toMatchObject({
    items: [{ text: 'elsewhere' }],
    paused: 'interrupted',
  });
});

describe('a prompt that waits for green', () => {
  test('goes when a run that the person asks for turns green', async () => {
    session = await startSession([say('Done.'), say('Then this.')], {
      files: { 'check.sh': 'test -e fine\n' },
    });
    await session.prompt('begin');
    session.engine.send({ do: 'pause' });
    session.engine.send({ do: 'queue', text: 'then' });
    const [item] = session.engine.session.getState().queue.items;
    session.engine.send({ do: 'when green', item: item?.id ?? 0 });
    session.engine.send({ do: 'resume' });
    await session.engine.idle();
    expect(session.requests).toHaveLength(1);
    // Of the tree that the turn began with, which may still be on its way: none is asked for beside it.
    while (!story(session.events).includes('run.finished red')) await sleep(5);
    session.write('fine', '');
    const went = new Promise<void>((resolve) =>
      session.engine.onEvent((event) => void (event.type === 'prompt.accepted' && resolve())),
    );
    session.engine.send({ do: 'test' });
    await went;
    await session.engine.idle();
    expect(session.requests).toHaveLength(2);
  });
});
