// What is kept of an output for the model.
import { expect, test } from 'vitest';
import { tailOf } from '../../source/engine/output.ts';

test('the end of an output is bounded also where it is one line, and nothing is said of an empty one', () => {
  expect(tailOf('\n\n', 80, 100)).toBe('');
  expect(tailOf('one\ntwo\nthree', 2, 100)).toBe('(kept the last 2 of 3 lines)\ntwo\nthree');
  expect(tailOf('one\ntwo\nthree', 80, 10)).toBe('(kept the last 2 of 3 lines)\ntwo\nthree');
  expect(tailOf(`one\n${'x'.repeat(300)}`, 80, 100)).toBe(
    `(kept the last 100 of 304 characters)\n${'x'.repeat(100)}`,
  );
});
