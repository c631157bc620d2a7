// What is kept of an output for the model.
import { expect, test } from 'vitest';
import { collectOutput, tailOf } from '../../source/engine/output.ts';

test('the end of an output is bounded also where it is one line, and nothing is said of an empty one', () => {
  expect(tailOf('\n\n', 80, 100)).toBe('');
  expect(tailOf('one\ntwo\nthree', 2, 100)).toBe('(kept the last 2 of 3 lines)\ntwo\nthree');
  expect(tailOf('one\ntwo\nthree', 80, 10)).toBe('(kept the last 2 of 3 lines)\ntwo\nthree');
  expect(tailOf(`one\n${'x'.repeat(300)}`, 80, 100)).toBe(
    `(kept the last 100 of 304 characters)\n${'x'.repeat(100)}`,
  );
});

test('an output of any length is kept as its beginning and its end, whatever pieces it comes in', () => {
  const lines = Array.from({ length: 250_000 }, (_, at) => `✓ line ${at}\n`).join('');
  for (const size of [4_095, 65_536, 1_500_000, lines.length]) {
    const output = collectOutput();
    for (let at = 0; at < lines.length; at += size) output.add(lines.slice(at, at + size));
    const [head = '', said = '', tail = ''] = output.text().split(/^… (.*)\n/m);
    expect(head).toBe(`${lines.slice(0, 256_000)}\n`);
    expect(lines.endsWith(tail)).toBe(true);
    expect(tail.length).toBeGreaterThanOrEqual(1_000_000);
    expect(said).toBe(`${lines.length - 256_000 - tail.length} characters left out …`);
  }
});
