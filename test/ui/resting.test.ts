// When a screen at rest is tidied up. Time is counted by hand.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { emptyBuffer } from '../../source/ui/editor.ts';
import { REST_MS, tidyAtRest } from '../../source/ui/resting.ts';
import type { Screen } from '../../source/ui/screen.ts';
import { initialView } from '../../source/ui/view.ts';
import { createFakeEngine } from '../support/engine.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function rest() {
  const engine = createFakeEngine();
  const view = createStore(() => initialView(emptyBuffer));
  let tidied = 0;
  const screen = createStore(() => ({ own: 0 }) as Screen);
  const stop = tidyAtRest({ engine, view, screen }, () => {
    tidied += 1;
  });
  return { engine, view, screen, stop, tidied: () => tidied };
}

test('once behind the start and once behind each piece of work, however long the rest is', () => {
  const { engine, tidied } = rest();
  vi.advanceTimersByTime(10 * REST_MS);
  expect(tidied()).toBe(1);
  for (let item = 0; item < 3; item++) {
    engine.record({ type: 'prompt.queued', text: 'go', images: [] });
    vi.advanceTimersByTime(REST_MS - 1);
  }
  expect(tidied()).toBe(1);
  vi.advanceTimersByTime(10 * REST_MS);
  expect(tidied()).toBe(2);
});

test('not while a turn goes on, nor between two keys, and keys alone are no work', () => {
  const { engine, view, stop, tidied } = rest();
  engine.record({ type: 'prompt.queued', text: 'go', images: [] });
  engine.record({ type: 'turn.started', prompt: 1 });
  vi.advanceTimersByTime(10 * REST_MS);
  expect(tidied()).toBe(0);
  engine.record({ type: 'turn.ended', turn: 2, outcome: 'answered' });
  for (let key = 0; key < 5; key++) {
    vi.advanceTimersByTime(REST_MS - 1);
    view.setState({ draft: emptyBuffer });
  }
  expect(tidied()).toBe(0);
  vi.advanceTimersByTime(REST_MS);
  expect(tidied()).toBe(1);
  view.setState({ draft: emptyBuffer });
  vi.advanceTimersByTime(10 * REST_MS);
  expect(tidied()).toBe(1);
  stop();
});

test('not while tests run, nor while a program of the person’s own prints', () => {
  const { engine, screen, tidied } = rest();
  engine.record({ type: 'run.started', purpose: 'asked', command: 'npm test', tree: 't' });
  vi.advanceTimersByTime(10 * REST_MS);
  expect(tidied()).toBe(0);
  engine.record({ type: 'run.finished', run: 1, verdict: 'green', exit: 0, ms: 1, failures: [], tail: '' });
  for (let own = 1; own < 5; own++) {
    vi.advanceTimersByTime(REST_MS - 1);
    screen.setState({ own });
  }
  expect(tidied()).toBe(0);
  vi.advanceTimersByTime(REST_MS);
  expect(tidied()).toBe(1);
});
