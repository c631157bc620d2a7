// The bytes of a request, whatever the one before it was.
import { expect, test } from 'vitest';
import { createRequestBody } from '../../../source/services/request-body.ts';

test('the bytes of each request are its own JSON, whatever it shares with the one before', () => {
  const bodyOf = createRequestBody();
  const [one, two, three] = [{ text: 'ä, "1"' }, { text: '2' }, { text: '€3' }];
  const inputs = [[], [one], [one, two, three], [one, three], [one, three, two], [two], [], [two, one]];
  for (const [nth, input] of [...inputs, ...inputs].entries()) {
    const fields = { model: `m${'x'.repeat(nth >> 2)}`, stream: true, input };
    expect(JSON.parse(Buffer.from(bodyOf(fields)).toString())).toEqual(fields);
  }
});

test('an item that is the same object is not looked at again', () => {
  const bodyOf = createRequestBody();
  let looked = 0;
  const item = { toJSON: () => ({ looked: ++looked }) };
  const sent = (input: object[]): string => Buffer.from(bodyOf({ input, model: 'm' })).toString();
  expect(sent([item])).toBe('{"model":"m","input":[{"looked":1}]}');
  expect(sent([item, item])).toBe('{"model":"m","input":[{"looked":1},{"looked":2}]}');
  expect(sent([item, item])).toBe('{"model":"m","input":[{"looked":1},{"looked":2}]}');
});
