// When frames are drawn. Time is counted by hand.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createFrames } from '../../../source/ui/terminal/frames.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function watch(ticking: { now: boolean } = { now: false }) {
  const drawn: number[] = [];
  const frames = createFrames(
    () => {
      drawn.push(performance.now());
      return { ticking: ticking.now };
    },
    () => performance.now(),
  );
  return { frames, drawn };
}

test('the first change after a rest is drawn at once, those behind it together 33 ms later', () => {
  const { frames, drawn } = watch();
  const start = performance.now();
  for (let change = 0; change < 100; change++) frames.request();
  expect(drawn).toEqual([start]);
  vi.advanceTimersByTime(1_000);
  expect(drawn).toEqual([start, start + 33]);
});

test('a key is drawn at once, even between two frames', () => {
  const { frames, drawn } = watch();
  frames.request();
  frames.request();
  vi.advanceTimersByTime(10);
  frames.draw();
  expect(drawn).toHaveLength(2);
  vi.advanceTimersByTime(1_000);
  expect(drawn).toHaveLength(2);
});

test('nothing waits while nothing happens', () => {
  const { frames } = watch();
  frames.draw();
  expect(vi.getTimerCount()).toBe(0);
});

test('a clock on the screen moves twice a second and stops with what it counts', () => {
  const ticking = { now: true };
  const { frames, drawn } = watch(ticking);
  frames.draw();
  vi.advanceTimersByTime(2_000);
  expect(drawn).toHaveLength(5);
  ticking.now = false;
  vi.advanceTimersByTime(2_000);
  expect(drawn).toHaveLength(6);
  expect(vi.getTimerCount()).toBe(0);
});

test('after the end nothing is drawn', () => {
  const { frames, drawn } = watch({ now: true });
  frames.draw();
  frames.request();
  frames.close();
  vi.advanceTimersByTime(2_000);
  expect(drawn).toHaveLength(1);
});
