// How much of a flood the emulator is given, on a clock that the test turns.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createFloodgate } from '../../source/services/floodgate.ts';

let taken: string[] = [];
beforeEach(() => {
  taken = [];
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const open = () =>
  createFloodgate((text, done) => {
    taken.push(text);
    queueMicrotask(done);
  });
const line = Buffer.from(`${'x'.repeat(99)}\n`);

test('of what comes faster than it can be read, the emulator gets a piece each 100 ms, and in the end the newest', async () => {
  const gate = open();
  for (let moment = 0; moment < 5; moment++) {
    for (let at = 0; at < 10_000; at++) gate.write(line);
    await vi.advanceTimersByTimeAsync(50);
    // All that is shown of the first moment, then a piece each.
    expect(taken.length).toBe(32 + moment);
    await vi.advanceTimersByTimeAsync(50);
  }
  expect(taken.filter((text) => / skipped /.test(text)).length).toBeGreaterThan(4);
  gate.write(Buffer.from('the end'));
  await vi.advanceTimersByTimeAsync(300);
  expect(taken.at(-1)?.endsWith('x\nthe end')).toBe(true);
  expect(taken.join('').length).toBeGreaterThan(2 * 256_000);
  expect(vi.getTimerCount()).toBe(0);
});

test('what comes at a pace that the emulator can take is shown whole, however much it is', async () => {
  const gate = open();
  const rest = async (): Promise<void> => void (await vi.advanceTimersByTimeAsync(100));
  for (let moment = 0; moment < 20; moment++) {
    for (let at = 0; at < 2_000; at++) gate.write(line);
    await rest();
  }
  // At once, but no more than is shown of two moments.
  for (let at = 0; at < 5_000; at++) gate.write(line);
  for (let moment = 0; moment < 3; moment++) await rest();
  expect(taken.join('') === line.toString().repeat(45_000)).toBe(true);
});

test('a character that is cut between two pieces is whole, and half of one is forgotten with what is dropped', async () => {
  const gate = open();
  const [first, second, third] = Buffer.from('✓');
  const byte = Buffer.alloc(1);
  for (const each of [first, second, third]) {
    byte[0] = each ?? 0;
    gate.write(byte);
  }
  gate.write(Buffer.of(0xe2));
  await vi.advanceTimersByTimeAsync(0);
  expect(taken.join('')).toBe('✓');
  gate.drop();
  gate.write(Buffer.from('new'));
  await vi.advanceTimersByTimeAsync(100);
  expect(taken.join('')).toBe('✓new');
});
