// How much of a flood the emulator is given, on a clock that the test turns.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createFloodgate } from '../../source/services/floodgate.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('while some of it is dropped, the emulator rests between two pieces, and what is left follows at once', async () => {
  const taken: string[] = [];
  const line = `${'x'.repeat(99)}\n`;
  const gate = createFloodgate((text, done) => {
    taken.push(text);
    queueMicrotask(done);
  });
  for (let round = 0; round < 3; round++) {
    for (let at = 0; at < 20_000; at++) gate.write(line);
    await vi.advanceTimersByTimeAsync(0);
  }
  // The first piece was on its way before any was dropped.
  expect(taken).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(99);
  expect(taken).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(1);
  expect(taken).toHaveLength(3);
  expect(taken[2]).toContain('MB skipped');
  await vi.advanceTimersByTimeAsync(100);
  expect(taken.at(-1)?.endsWith(line)).toBe(true);
  expect(vi.getTimerCount()).toBe(0);
});
