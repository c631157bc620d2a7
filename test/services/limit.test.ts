// A limit in time: what is aborted, by whom, and what stays behind.
import { expect, test } from 'vitest';
import { createLimit } from '../../source/services/limit.ts';

test('is passed when the time is up', async () => {
  const limit = createLimit(1);
  await new Promise((resolve) => limit.signal.addEventListener('abort', resolve));
  expect(limit.isPassed()).toBe(true);
});

test('follows an outer signal with its reason, also one that is aborted already', () => {
  const outer = new AbortController();
  const limits = [createLimit(60_000, outer.signal)];
  outer.abort('left');
  limits.push(createLimit(60_000, outer.signal));
  for (const limit of limits) {
    expect(limit.signal.reason).toBe('left');
    expect(limit.isPassed()).toBe(false);
    limit.end();
  }
});

test('is aborted by hand without being passed, and once it has ended no outer signal reaches it', () => {
  const outer = new AbortController();
  const [one, two] = [createLimit(60_000, outer.signal), createLimit(60_000, outer.signal)];
  one.abort();
  expect([one.signal.aborted, one.isPassed()]).toEqual([true, false]);
  two.end();
  outer.abort();
  expect(two.signal.aborted).toBe(false);
  one.end();
});
