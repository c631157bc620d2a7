// How many cells a character takes: emoji and East Asian wide ones two, as today's terminals draw them.
import type { IUnicodeVersionProvider } from '@xterm/headless';

const ZERO = /^[\p{Mn}\p{Me}\p{Cf}]$/u;
const EMOJI = /^\p{Emoji_Presentation}$/u;
/** East_Asian_Width W and F without the emoji, from Unicode's EastAsianWidth.txt; gaps hold nothing that is drawn. */
const WIDE: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2329, 0x232a],
  [0x2e80, 0x303e],
  [0x3041, 0x3247],
  [0x3250, 0x4dbf],
  [0x4e00, 0xa4c6],
  [0xa960, 0xa97c],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe10, 0xfe19],
  [0xfe30, 0xfe6b],
  [0xff01, 0xff60],
  [0xffe0, 0xffe6],
  [0x16fe0, 0x18cff],
  [0x1aff0, 0x1b2fb],
  [0x20000, 0x3fffd],
];

/** Cells of one code point. */
export function cellWidth(codePoint: number): 0 | 1 | 2 {
  if (codePoint < 0x300) return codePoint < 0x20 || (codePoint >= 0x7f && codePoint < 0xa0) ? 0 : 1;
  const character = String.fromCodePoint(codePoint);
  if (ZERO.test(character)) return 0;
  const wide = WIDE.some(([first, last]) => codePoint >= first && codePoint <= last);
  return wide || EMOJI.test(character) ? 2 : 1;
}

/** The emulator's own table is of Unicode 6, where an emoji takes one cell, and rows would come out too wide. */
export const cellWidths: IUnicodeVersionProvider = {
  version: 'hullspeed',
  wcwidth: cellWidth,
  // Packed as the emulator expects it: bit 0 joins the previous cell, bits 1 and 2 are the width.
  charProperties: (codePoint, preceding) => {
    const width = cellWidth(codePoint);
    const precedingWidth = (preceding >> 1) & 3;
    const joins = width === 0 && preceding !== 0 && precedingWidth !== 0;
    return ((joins ? precedingWidth : width) << 1) | (joins ? 1 : 0);
  },
};
