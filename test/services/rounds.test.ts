// Work that begins at once, on the real loop.
import { expect, test } from 'vitest';
import { createRounds } from '../../source/services/rounds.ts';

test('of three that begin at once the first waits for nothing, and the loop goes round between the others', async () => {
  const next = createRounds();
  const order: string[] = [];
  const begin = (name: string): Promise<unknown> => next().then(() => order.push(name));
  const all = Promise.all([begin('first'), begin('second'), begin('third')]);
  setImmediate(() => order.push('round'));
  await all;
  expect(order).toEqual(['first', 'round', 'second', 'third']);
  await next();
  await begin('later');
  expect(order.at(-1)).toBe('later');
});
