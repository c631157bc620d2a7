// The terminal given away: to one at a time.
import { expect, test } from 'vitest';
import { createLease } from '../../../source/ui/terminal/lease.ts';

test('whoever has the terminal keeps it alone until the work is done', async () => {
  const happened: string[] = [];
  const lease = createLease({ hide: () => happened.push('hide') }, { lend: (work) => work() }, () =>
    happened.push('show'),
  );
  const leave = (): void => {};
  process.on('SIGWINCH', leave);
  const first = Promise.withResolvers<void>();
  const lent = lease.lend(() => first.promise);
  await lease.lend(async () => void happened.push('a second editor'));
  expect(lease.isGiven()).toBe(true);
  first.resolve();
  await lent;
  expect(lease.isGiven()).toBe(false);
  expect(happened).toEqual(['hide', 'show']);
  process.off('SIGWINCH', leave);
});
