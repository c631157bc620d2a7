// Work that lets keys come first, on the real loop.
import { expect, test } from 'vitest';
import { letKeysThrough } from '../../source/services/rounds.ts';

test('a key that was typed is read and written before what lets it through', async () => {
  const order: string[] = [];
  const writeAtTheEnd = (text: string): unknown => setImmediate(() => order.push(text));
  /** A key is read in the next round of the loop, and written at that one's end. */
  setImmediate(() => writeAtTheEnd('key'));
  await letKeysThrough().then(() => order.push('work'));
  expect(order).toEqual(['key', 'work']);
});
