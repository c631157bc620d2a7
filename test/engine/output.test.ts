// What is kept of an output for the model.
import { expect, test } from 'vitest';
import { type Collected, collectOutput, plainTail, plainText, tailOf } from '../../source/engine/output.ts';

test('the end of an output is bounded also where it is one line, and nothing is said of an empty one', () => {
  expect(tailOf('\n\n', 80, 100)).toBe('');
  expect(tailOf('one\ntwo\nthree', 2, 100)).toBe('(kept the last 2 of 3 lines)\ntwo\nthree');
  expect(tailOf('one\ntwo\nthree', 80, 10)).toBe('(kept the last 2 of 3 lines)\ntwo\nthree');
  expect(tailOf(`one\n${'x'.repeat(300)}`, 80, 100)).toBe(
    `(kept the last 100 of 304 characters)\n${'x'.repeat(100)}`,
  );
});

const pause = async (): Promise<void> => undefined;

/** Its memory is used for something else at once. */
function add(output: Collected, bytes: Uint8Array): void {
  const memory = Buffer.from(bytes);
  output.add(memory);
  memory.fill('?');
}

test('characters are whole wherever the pieces are cut, and what is no UTF-8 shows as such', async () => {
  const bytes = Buffer.concat([Buffer.from('\ufeffé€𝄞'), Buffer.of(0xff, 0xc3), Buffer.from('x')]);
  for (let size = 1; size <= bytes.length; size++) {
    const output = collectOutput();
    for (let at = 0; at < bytes.length; at += size) add(output, bytes.subarray(at, at + size));
    expect(await output.text(pause)).toBe('\ufeffé€𝄞\ufffd\ufffdx');
  }
});

test('the plain end of a long output is what it would be of all of it', () => {
  const line = (at: number): string => `\x1b[32m✓\x1b[39m line ${at}\x1b[2m (1 ms)\x1b[22m\r\n`;
  const long = Array.from({ length: 9_000 }, (_, at) => line(at)).join('');
  const outputs = [
    long,
    `\n${line(1)}`,
    `${long}${'x'.repeat(100_000)}`,
    `${long}${'\n'.repeat(100_000)}`,
    '',
  ];
  for (const output of outputs)
    expect(plainTail(output, 80, 8_000)).toBe(tailOf(plainText(output), 80, 8_000));
});

test('an output of any length is kept as its beginning and its end, whatever pieces it comes in', async () => {
  const lines = Array.from({ length: 250_000 }, (_, at) => `✓ line ${at}\n`).join('');
  const bytes = Buffer.from(lines);
  for (const size of [4_095, 65_536, 1_500_000, bytes.length]) {
    const output = collectOutput();
    for (let at = 0; at < bytes.length; at += size) add(output, bytes.subarray(at, at + size));
    const [head = '', said = '', tail = ''] = (await output.text(pause)).split(/^… (.*)\n/m);
    expect(lines.startsWith(head.trimEnd())).toBe(true);
    expect(lines.endsWith(tail)).toBe(true);
    const [first, last] = [Buffer.byteLength(head) - 1, Buffer.byteLength(tail)];
    // Of a character that is cut, nothing is shown.
    expect(256_000 - first).toBeLessThan(3);
    expect(last).toBeGreaterThan(1_000_000 - 3);
    const left = Number(/^(\d+) bytes left out …$/.exec(said)?.[1]);
    expect(bytes.length - first - last - left).toBeLessThan(6);
  }
});
