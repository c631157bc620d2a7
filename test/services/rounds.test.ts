// Work that begins at once, on the real loop.
import { expect, test } from 'vitest';
import { createRounds } from '../../source/services/rounds.ts';

test('what is written comes before the first of three that begin at once, and what a key draws before each of the others', async () => {
  const next = createRounds();
  const order: string[] = [];
  const begin = (name: string): Promise<unknown> => next().then(() => order.push(name));
  /** A key is read in a later round of the loop, and written at that one's end. */
  const type = (key: string): unknown => setImmediate(() => setImmediate(() => order.push(key)));
  setImmediate(() => order.push('written'));
  const all = [begin('first').then(() => type('a')), begin('second').then(() => type('b')), begin('third')];
  await Promise.all(all);
  expect(order).toEqual(['written', 'first', 'a', 'second', 'b', 'third']);
});
