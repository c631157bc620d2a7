import { expect, test } from 'vitest';
import { createLive } from '../../source/engine/live.ts';

test('of two activities at once the later one shows, and the other again when it is over', async () => {
  const live = createLive();
  const testing = Promise.withResolvers<void>();
  const thinking = Promise.withResolvers<void>();
  const tested = live.during('testing', () => testing.promise);
  const thought = live.during('thinking', () => thinking.promise);
  expect(live.state.activity).toBe('thinking');
  testing.resolve();
  await tested;
  expect(live.state.activity).toBe('thinking');
  thinking.resolve();
  await thought;
  expect(live.state.activity).toBe('idle');
});
