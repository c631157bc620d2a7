// Text broken into rows of a width: at words where it can be, inside them where it must.
import { type Cell, cellsOf, draw } from './cells.ts';

const printable = /^[\x20-\x7e]*$/;
const closing = /^[\p{Pe}\p{Pf}!,.:;?、。，．！？：；]/u;

/**
 * The rows of cleaned, styled text, each at most `width` columns and with its styles closed. Rows that continue a
 * line stand under its first word, `hanging` columns further in, while that leaves half the width.
 * No width, no rows.
 */
export function wrap(styled: string, width: number, options: { readonly hanging?: number } = {}): string[] {
  if (width < 1) return [];
  const { hanging = 0 } = options;
  if (styled.includes('\x1b'))
    return lines(cellsOf(styled)).flatMap((line) => wrapLine(line, width, hanging));
  return styled
    .split('\n')
    .flatMap((line) =>
      line.length <= width && printable.test(line) ? [line] : wrapLine(cellsOf(line), width, hanging),
    );
}

function lines(cells: readonly Cell[]): Cell[][] {
  const found: Cell[][] = [[]];
  for (const cell of cells) {
    if (cell.text === '\n') found.push([]);
    else found.at(-1)?.push(cell);
  }
  return found;
}

function wrapLine(line: readonly Cell[], width: number, hanging: number): string[] {
  const indent = line.findIndex((cell) => cell.text !== ' ');
  if (indent < 0) return [' '.repeat(Math.min(line.length, width))];
  const inset = indent + hanging <= width / 2 ? indent + hanging : 0;
  const cells = line.map((cell) =>
    cell.columns > width - inset ? { ...cell, text: '…', columns: 1 } : cell,
  );
  const rows: string[] = [];
  let start = 0;
  while (start < cells.length) {
    const room = rows.length === 0 ? width : width - inset;
    const end = rowEnd(cells, start, room, rows.length === 0 ? indent : 0);
    const row = draw(cells, start, withoutSpaces(cells, start, end));
    rows.push(rows.length === 0 ? row : ' '.repeat(inset) + row);
    start = end;
    while (cells[start]?.text === ' ') start += 1;
  }
  return rows;
}

/** Where a row that begins at `start` ends: at the last break that fits, else wherever it is full. */
function rowEnd(cells: readonly Cell[], start: number, room: number, indent: number): number {
  let columns = 0;
  let end = start;
  for (let cell = cells[end]; cell !== undefined && columns + cell.columns <= room; cell = cells[end]) {
    columns += cell.columns;
    end += 1;
  }
  if (end === cells.length) return end;
  for (let at = end; at > start + indent; at -= 1) if (canBreak(cells[at - 1], cells[at])) return at;
  return Math.max(end, start + 1);
}

/** Between words, and around wide characters, which are words by themselves. */
function canBreak(before: Cell | undefined, after: Cell | undefined): boolean {
  if (before === undefined || after === undefined) return true;
  if (before.text === ' ' || after.text === ' ') return true;
  return (before.columns > 1 || after.columns > 1) && !closing.test(after.text);
}

function withoutSpaces(cells: readonly Cell[], start: number, end: number): number {
  let last = end;
  while (last > start && cells[last - 1]?.text === ' ') last -= 1;
  return last;
}
