// How many cells a character takes: emoji and East Asian wide ones two, as today's terminals draw them.
import type { IUnicodeVersionProvider } from '@xterm/headless';
import { eastAsianWidth } from 'get-east-asian-width';

const ZERO = /^[\p{Mn}\p{Me}\p{Cf}\p{Default_Ignorable_Code_Point}]$/u;

/** Cells of one code point; of the two that make a flag, one each. */
export function cellWidth(codePoint: number): 0 | 1 | 2 {
  if (codePoint < 0x300) return codePoint < 0x20 || (codePoint >= 0x7f && codePoint < 0xa0) ? 0 : 1;
  return ZERO.test(String.fromCodePoint(codePoint)) ? 0 : eastAsianWidth(codePoint);
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
