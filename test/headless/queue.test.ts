import { describe, expect, test } from 'vitest';
import { printQueued, readAnswer, takePrompt } from '../../source/headless/queue.ts';
import { createFakeEngine } from '../support/engine.ts';
import { opened } from '../support/events.ts';
import { png } from '../support/images.ts';
import { captureWriter } from './capture.ts';

const drains = { drains: true };
const inTime = { until: Date.now() + 600_000 };

describe('a session that is asked to queue a prompt', () => {
  test.each([
    [undefined],
    [null],
    ['hello'],
    [{ queue: 1, ...inTime }],
    [{ queue: 'hello' }],
    [[]],
    [{ queue: 'hello', images: 'a', ...inTime }],
    [{ queue: 'hello', images: ['../../x'], ...inTime }],
    [{ queue: 'hello', images: Array(21).fill('0'.repeat(64)), ...inTime }],
    [{ queue: 'hello', images: ['0'.repeat(64)], ...inTime }],
  ])('does not take %j', (request) => {
    const engine = createFakeEngine();
    expect(takePrompt(engine, request, drains)).toHaveProperty('refused');
    expect(engine.sent).toEqual([]);
  });

  test('does not take what nobody waits for any more', () => {
    const engine = createFakeEngine();
    expect(takePrompt(engine, { queue: 'hello', until: Date.now() - 1 }, drains)).toEqual({
      refused: 'it came too late',
    });
    expect(engine.sent).toEqual([]);
  });

  test('says the reason where the prompt is refused', () => {
    expect(takePrompt(createFakeEngine(), { queue: 'x'.repeat(500_000), ...inTime }, drains)).toEqual({
      refused: expect.stringContaining('save it as a file'),
    });
  });

  test('takes images that have arrived, and nothing else by their name', () => {
    const engine = createFakeEngine();
    const image = engine.keep(png());
    const text = engine.keep(Buffer.from('no image'));
    expect(takePrompt(engine, { queue: 'hello', images: [image, text], ...inTime }, drains)).toEqual({
      refused: 'an image did not arrive whole: send it again',
    });
    takePrompt(engine, { queue: 'hello', images: [image], ...inTime }, drains);
    expect(engine.sent).toEqual([{ do: 'queue', text: 'hello', images: [image] }]);
  });

  test('tells its place, and why it waits', () => {
    const engine = createFakeEngine({ events: [opened, { type: 'prompt.queued', text: 'before' }] });
    const request = { queue: 'hello', ...inTime };
    expect(takePrompt(engine, request, drains)).toEqual({ queued: 2 });
    expect(takePrompt(engine, request, { drains: false })).toEqual({ queued: 3, waits: 'screen' });
    engine.record({ type: 'queue.paused', reason: 'red' });
    expect(takePrompt(engine, request, drains)).toEqual({ queued: 4, waits: 'paused' });
  });
});

test.each([
  [{ started: true, more: 1 }, { started: true }],
  [{ queued: 2 }, { queued: 2 }],
  [
    { queued: 2, waits: 'paused' },
    { queued: 2, waits: 'paused' },
  ],
  [{ queued: 2, waits: 'for \x1b[31mrain' }, { queued: 2 }],
  [{ refused: 'no\x1b[2J' }, { refused: 'no' }],
  [{}, { refused: 'its answer is not understood' }],
  [null, { refused: 'its answer is not understood' }],
  ['started', { refused: 'its answer is not understood' }],
])('the answer %j is read as %j', (answer, read) => {
  expect(readAnswer(answer)).toEqual(read);
});

test.each([
  [{ started: true }, 'started\n'],
  [{ queued: 2 }, 'queued as 2\n'],
  [{ queued: 2, waits: 'paused' }, 'queued as 2: the queue is paused\n'],
  [{ queued: 1, waits: 'screen' }, 'queued as 1: it waits for the full screen\n'],
] as const)('%j is printed as one line, as text or as JSON', (answer, line) => {
  for (const [json, printed] of [
    [false, line],
    [true, `${JSON.stringify(answer)}\n`],
  ] as const) {
    const stdout = captureWriter();
    printQueued(answer, { json, stdout });
    expect(stdout.text).toBe(printed);
  }
});
