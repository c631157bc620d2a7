// The clock that the program runs by.
import { expect, test } from 'vitest';
import { createClock } from '../../../source/services/clock.ts';

test('a sleep ends at once when its signal is aborted, also before it begins', async () => {
  const clock = createClock();
  const abort = new AbortController();
  const asleep = clock.sleep(600_000, abort.signal);
  abort.abort();
  await asleep;
  await clock.sleep(600_000, abort.signal);
});

test('monotonic time does not run backwards over a sleep', async () => {
  const clock = createClock();
  const before = clock.mono();
  await clock.sleep(1);
  expect(clock.mono()).toBeGreaterThan(before);
});
