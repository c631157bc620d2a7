// What terminals differ about takes the columns that it was laid out in.

import measure from 'string-width';
import { expect, test } from 'vitest';
import { cellWidth } from '../../../source/services/cell-width.ts';
import { steady } from '../../../source/ui/text/steady.ts';
import { width } from '../../../source/ui/text/width.ts';

function byCharacter(text: string): number {
  return Array.from(text).reduce((sum, character) => sum + cellWidth(character.codePointAt(0)!), 0);
}

test.each([
  ['a family is its first', '👩‍👩‍👧‍👦 at home', '👩 at home'],
  ['a skin is none', '👍🏽!', '👍!'],
  ['a flag is its letters', '🇩🇪|', 'DE|'],
  ['half a flag is its letter', '🇩|', 'D|'],
  ['a sign that was chosen as an emoji keeps the room', '⚠️ careful ❤️', '⚠  careful ❤ '],
  ['a keycap is its digit', '1️⃣2️⃣', '1 2 '],
  ['a rainbow is its flag', '🏳️‍🌈|', '🏳 |'],
  ['a mark without a letter goes', '\u0301漢|', '漢|'],
  ['accents are put together', 'cafe\u0301', 'caf\u00e9'],
  ['words stay', '漢字 한국어 สวัสดี', '漢字 한국어 สวัสดี'],
  ['letters of one cluster keep their columns each', 'नमस्ते हि', 'नमस्\u200cते हि'],
  ['a vowel that stands beside its letter does so', 'ทำ|', 'ทํา|'],
  ['syllables in pieces are put together', '\u1112\u1161\u11ab|', '한|'],
  ['styles stay', '\x1b[1m⚠️\x1b[0m', '\x1b[1m⚠ \x1b[0m'],
  ['a style between keeps them apart', '\x1b[1m1\x1b[0m\ufe0f\u20e3|', '\x1b[1m1\x1b[0m|'],
])('%s', (_, row, drawn) => {
  expect(steady(row)).toBe(drawn);
  expect(byCharacter(drawn.replaceAll(/\x1b\[\d*m/g, ''))).toBe(width(row));
  expect(measure(drawn)).toBe(width(row));
});
