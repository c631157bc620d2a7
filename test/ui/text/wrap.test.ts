import fc from 'fast-check';
import { expect, test } from 'vitest';
import { behind } from '../../../source/ui/text/behind.ts';
import { clean, cleanAnsi } from '../../../source/ui/text/clean.ts';
import { cut, pad, width } from '../../../source/ui/text/width.ts';
import { wrap } from '../../../source/ui/text/wrap.ts';
import { expectSound, hostile, plain } from './sound-rows.ts';

test.each([
  ['', 0],
  ['abc', 3],
  ['漢字', 4],
  ['👩‍👩‍👧‍👦', 2],
  ['e\u0301', 1],
  ['\x1b[31mred\x1b[0m', 3],
  ['1️⃣', 2],
])('%j takes %i columns', (text, columns) => {
  expect(width(text)).toBe(columns);
});

test.each([
  ['abcdef', 4, 'abc…'],
  ['abcd', 4, 'abcd'],
  ['漢字かな', 6, '漢字…'],
  ['漢字かな', 2, '…'],
  ['abc', 0, ''],
  ['\x1b[31mabcdef\x1b[0m', 4, '\x1b[31mabc\x1b[0m…'],
])('%j cut to %i columns', (text, columns, cutText) => {
  expect(cut(text, columns)).toBe(cutText);
});

test('padding fills or cuts to the exact width', () => {
  expect([pad('ab', 4), pad('abcdef', 4), pad('漢', 3)]).toEqual(['ab  ', 'abc…', '漢 ']);
});

test.each([
  ['one two three', 8, {}, ['one two', 'three']],
  ['one  two', 4, {}, ['one', 'two']],
  ['exactly', 7, {}, ['exactly']],
  ['supercalifragilistic', 8, {}, ['supercal', 'ifragili', 'stic']],
  ['a supercalifragilistic', 8, {}, ['a', 'supercal', 'ifragili', 'stic']],
  ['  indented line here', 12, {}, ['  indented', '  line here']],
  ['an item that hangs', 10, { hanging: 2 }, ['an item', '  that', '  hangs']],
  ['a\n\nb', 5, {}, ['a', '', 'b']],
  ['漢字かな交じり文', 6, {}, ['漢字か', 'な交じ', 'り文']],
  ['日本語。そして', 6, {}, ['日本', '語。そ', 'して']],
  ['👩‍👩‍👧‍👦👍🏽🇩🇪', 4, {}, ['👩‍👩‍👧‍👦👍🏽', '🇩🇪']],
  ['漢字', 1, {}, ['…', '…']],
  ['text', 0, {}, []],
])('%j wrapped at %i', (text, columns, options, rows) => {
  expect(wrap(text, columns, options)).toEqual(rows);
});

test('a style is closed at the end of a row and opened again on the next', () => {
  expect(wrap('\x1b[1;31mone two\x1b[0m three', 5)).toEqual([
    '\x1b[1;31mone\x1b[0m',
    '\x1b[1;31mtwo\x1b[0m',
    'three',
  ]);
});

test('a style lasts over a newline and ends where it is switched off', () => {
  expect(wrap('\x1b[1m\x1b[32ma\nb\x1b[39mc\x1b[22md', 9)).toEqual([
    '\x1b[1;32ma\x1b[0m',
    '\x1b[1;32mb\x1b[0m\x1b[1mc\x1b[0md',
  ]);
});

test('colours with parameters are kept whole, hidden text is shown', () => {
  expect(wrap('\x1b[38;5;1;48;2;4;5;6mx\x1b[0m\x1b[8my', 9)).toEqual(['\x1b[38;5;1;48;2;4;5;6mx\x1b[0my']);
});

test('what stands behind a mark hangs under its first word', () => {
  expect(behind('• ', 'one two three', 9)).toEqual(['• one two', '  three']);
  expect(behind('• ', 'one', 2)).toEqual(['• ']);
});

const styledText = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom(
        '\x1b[31m',
        '\x1b[0m',
        '\x1b[1;4m',
        '\x1b[38;5;9m',
        '\x1b[39m',
        '\x1b[m',
        ' ',
        '\n',
        '漢',
        '👩‍👧',
        'ﬁ',
        '한글',
      ),
      fc.constantFrom(...hostile.map((text) => text.slice(0, 400))),
    ),
  )
  .map((parts) => cleanAnsi(parts.join('')));

test('rows are never too wide, always closed, and lose nothing but spaces', () => {
  fc.assert(
    fc.property(
      styledText,
      fc.integer({ min: 2, max: 60 }),
      fc.integer({ min: 0, max: 4 }),
      (text, columns, hanging) => {
        const rows = wrap(text, columns, { hanging });
        expectSound(rows, columns);
        if (columns >= 12)
          expect(plain(rows).join('').replaceAll(' ', '')).toBe(clean(text).replace(/[ \n]/g, ''));
        expectSound([cut(`${text.replaceAll('\n', '')}\x1b[0m`, columns)], columns);
      },
    ),
    { numRuns: 300 },
  );
});
