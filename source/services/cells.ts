// Turns emulated cells into rows that can be drawn anywhere: text and colours, nothing else.
import type { IBuffer, IBufferCell } from '@xterm/headless';

/** Format, control and tag characters could steer the terminal that shows the row, as could separators; selectors change widths. */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Variation_Selector}]/gu;
/** A cell holds any number of combining marks; no script needs more. */
const CELL_CHARACTERS = 12;
const RESET = '\x1b[0m';

/** `count` rows from `from` on, each of at most `columns` cells, its colours opened and closed within it. */
export function drawRows(buffer: IBuffer, columns: number, from: number, count: number): string[] {
  const cell = buffer.getNullCell();
  const last = Math.min(from + count, buffer.length);
  const rows: string[] = [];
  for (let row = Math.max(0, from); row < last; row += 1) rows.push(drawRow(buffer, cell, columns, row));
  return rows;
}

function drawRow(buffer: IBuffer, cell: IBufferCell, columns: number, row: number): string {
  const line = buffer.getLine(row);
  if (line === undefined) return '';
  let drawn = '';
  let style = '';
  for (let column = 0; column < columns && line.getCell(column, cell) !== undefined; column += 1) {
    if (cell.getWidth() === 0) continue;
    const text = readCell(cell);
    const next = cell.isAttributeDefault() ? '' : styleOf(cell);
    if (next !== style) drawn += (style === '' ? '' : RESET) + next;
    style = next;
    drawn += text;
  }
  return style === '' ? drawn.trimEnd() : drawn + RESET;
}

function readCell(cell: IBufferCell): string {
  if (cell.isInvisible()) return ' '.repeat(cell.getWidth());
  const text = cell.getChars().replace(UNSAFE, '').slice(0, CELL_CHARACTERS);
  return text === '' ? ' '.repeat(cell.getWidth()) : text;
}

/** The SGR sequence that opens the cell's style; '' for plain text. */
function styleOf(cell: IBufferCell): string {
  const codes = [
    ...(cell.isBold() ? [1] : []),
    ...(cell.isDim() ? [2] : []),
    ...(cell.isItalic() ? [3] : []),
    ...(cell.isUnderline() ? [4] : []),
    ...(cell.isInverse() ? [7] : []),
    ...(cell.isStrikethrough() ? [9] : []),
    ...(cell.isFgDefault() ? [] : colour(cell.getFgColor(), cell.isFgRGB(), 30)),
    ...(cell.isBgDefault() ? [] : colour(cell.getBgColor(), cell.isBgRGB(), 40)),
  ];
  return codes.length === 0 ? '' : `\x1b[${codes.join(';')}m`;
}

/** `base`: 30 for the text, 40 for its ground. */
function colour(value: number, rgb: boolean, base: number): number[] {
  if (rgb) return [base + 8, 2, (value >> 16) & 255, (value >> 8) & 255, value & 255];
  if (value < 8) return [base + value];
  return value < 16 ? [base + 60 + value - 8] : [base + 8, 5, value];
}
