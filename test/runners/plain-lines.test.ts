// Terminal output as the lines that stay.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { plainLines, plainLinesInPieces } from '../../source/runners/plain-lines.ts';

test('colours, titles and links leave only their text', () => {
  expect(plainLines('\x1b[1;31mred\x1b[0m \x1b]8;;http://x.test\x1b\\link\x1b]8;;\x07\x1b(B\x1bc!')).toEqual([
    'red link!',
  ]);
});

test('what is drawn over is gone', () => {
  expect(plainLines('10%\r100%\r\nab\b\bxy\x1b[1Dz')).toEqual(['100%', 'xz']);
  expect(plainLines('one\ntwo\nthree\x1b[2A\r\x1b[2Kfirst\x1b[1B\x1b[1Gsecond')).toEqual([
    'first',
    'second',
    'three',
  ]);
  expect(plainLines('keep\nprogress\nmore\x1b[1F\x1b[Jdone')).toEqual(['keep', 'done']);
});

test('a cleared screen begins below what was there', () => {
  expect(plainLines('old\n\x1b[2J\x1b[3J\x1b[Hnew\n\x1b[1;3Hx')).toEqual(['old', 'nex', '']);
});

test('wild movement stays within bounds', () => {
  const lines = plainLines('\x1b[999999Bdown\x1b[999999Cfar\x1b[999999A\x1b[999999;999999Hx');
  expect(lines.length).toBe(1);
  expect(lines[0]?.length).toBeLessThanOrEqual(4_000);
});

test('lines that nothing moves in come out as those in which something might', () => {
  const piece = fc.constantFrom(
    'abc',
    '✓',
    '\x1b[1;32m',
    '\x1b[39m',
    '\r',
    '\r\n',
    '\n',
    '\t',
    '\x1b[2K',
    '\x1b[1A',
    '\x1b[2J',
    'x'.repeat(5_000),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const output = pieces.join('');
      // A sequence that does nothing: each line is read token by token.
      expect(plainLines(output)).toEqual(plainLines(output.replace(/^|(?<=\n)/g, '\x1b[?25h')));
    }),
  );
});

test('a long output is read in pieces, to the same lines', () => {
  const lines = Array.from({ length: 5_000 }, (_, at) =>
    at % 2 ? `\x1b[32m✓\x1b[39m part ${at}` : `part ${at}`,
  );
  const pieces = plainLinesInPieces(`${lines.join('\n')}\n`);
  let pauses = 0;
  for (;;) {
    const { done, value } = pieces.next();
    if (!done) pauses += 1;
    else {
      expect(value).toEqual([...lines.map((_, at) => (at % 2 ? `✓ part ${at}` : `part ${at}`)), '']);
      break;
    }
  }
  expect(pauses).toBe(10);
});
