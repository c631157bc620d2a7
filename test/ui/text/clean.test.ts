import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clean, cleanAnsi } from '../../../source/ui/text/clean.ts';
import { hostile } from './sound-rows.ts';

test.each([
  ['plain', 'plain'],
  ['\x1b[31mred\x1b[0m', 'red'],
  ['\x1b]0;title\x07after', 'after'],
  ['\x1b]8;;https://x.test\x1b\\label\x1b]8;;\x1b\\', 'label'],
  ['\x1b]0;no end, nothing hidden', '0;no end, nothing hidden'],
  ['\x1bPdevice\x1b\\\x1b_app\x1b\\x', 'x'],
  ['\x9b31mx\x9d0;t\x9cy', 'xy'],
  ['\x1b(B\x1bcx\x1b', 'x'],
  ['a\x00\x07\x08\x7fb', 'ab'],
  ['\ttab', '    tab'],
  ['a\r\nb\rc\u2028d', 'a\nb\nc\nd'],
  ['a\u202eb\u2069c\u200bd\ufeff', 'abcd'],
  ['x\u{e0041}\u{e007f}', 'x'],
  ['a\u200db', 'ab'],
  ['👩‍👧', '👩‍👧'],
  ['👍🏽 ❤️ 🇩🇪', '👍🏽 ❤️ 🇩🇪'],
  ['\ud800', '\ufffd'],
  ['e\u0301', 'e\u0301'],
])('%j becomes %j', (text, cleaned) => {
  expect(clean(text)).toBe(cleaned);
});

test('a pile of marks keeps four', () => {
  expect(clean(`z${'\u0301'.repeat(100)}`)).toBe(`z${'\u0301'.repeat(4)}`);
});

test('one line can be made of many', () => {
  expect(clean('a \n\n  b\x1b[2J\nc', { newlines: false })).toBe('a b c');
});

test('test output keeps its colours and nothing else', () => {
  expect(cleanAnsi('\x1b[1;31mred\x1b[0m \x1b[38:2::1:2:3mx\x1b[2K\x1b]0;\x1b[31mt\x07')).toBe(
    '\x1b[1;31mred\x1b[0m \x1b[38:2::1:2:3mx0;\x1b[31mt',
  );
});

test('whatever comes in, no control byte comes out, and cleaning again changes nothing', () => {
  const pieces = fc.constantFrom(
    '\x1b',
    '\x1b[',
    '\x1b]',
    '\x9b',
    '\x07',
    '\x1b\\',
    '31m',
    ';',
    'a',
    '\n',
    '\r',
    '\t',
    '\u200d',
    '👩',
    '\u202e',
  );
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(pieces).map((parts) => parts.join('')),
    fc.constantFrom(...hostile),
  );
  fc.assert(
    fc.property(text, (dirty) => {
      const cleaned = clean(dirty);
      expect(cleaned).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f]/);
      expect(clean(cleaned)).toBe(cleaned);
      expect(cleanAnsi(dirty).replace(/\x1b\[[\d;:]*m/g, '')).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f]/);
    }),
  );
});

test('a megabyte of openings costs no more than any other text', () => {
  expect(clean('\x1b]'.repeat(500_000))).toBe('');
  expect(clean('\x1b[1;'.repeat(250_000))).toBe('');
});
