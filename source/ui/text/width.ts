// How many columns text takes on the screen, and text made to take so many.
import { cellsOf, draw } from './cells.ts';
import { clusterColumns, clustersOf, hasClusters, sumOf } from './columns.ts';

const sgr = /\x1b\[[\d;:]*m/;
const printable = /^[\x20-\x7e]*$/;

/** Columns of one line of cleaned text; SGR sequences take none. */
export function width(text: string): number {
  if (printable.test(text)) return text.length;
  let columns = 0;
  // A style between two characters keeps them apart.
  for (const part of text.split(sgr)) {
    if (hasClusters(part)) for (const { segment } of clustersOf(part)) columns += clusterColumns(segment);
    else columns += sumOf(part);
  }
  return columns;
}

/** The text, or as much of it as fits with the ellipsis after it. Styles that were closed are closed again. */
export function cut(text: string, columns: number, ellipsis = '…'): string {
  if (width(text) <= columns) return text;
  const room = columns - width(ellipsis);
  if (room < 0) return '';
  if (printable.test(text)) return text.slice(0, room) + ellipsis;
  const cells = cellsOf(text);
  let used = 0;
  let end = 0;
  for (const cell of cells) {
    if (used + cell.columns > room) break;
    used += cell.columns;
    end += 1;
  }
  return draw(cells, 0, end) + ellipsis;
}

/** The text in exactly so many columns: cut, or filled with spaces. */
export function pad(text: string, columns: number): string {
  const fitting = cut(text, columns);
  return fitting + ' '.repeat(Math.max(0, columns - width(fitting)));
}
