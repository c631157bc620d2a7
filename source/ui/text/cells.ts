// Styled text taken apart into what a terminal draws: one grapheme after the other, each with its pen.
import { clusterColumns, clustersOf } from './columns.ts';
import { changePen, openPen, plainPen } from './pen.ts';

export interface Cell {
  /** One grapheme. */
  readonly text: string;
  /** How many columns it takes: 0, 1 or 2, rarely more. */
  readonly columns: number;
  /** The sequence that opens its style; '' for none. */
  readonly pen: string;
}

const colours = /\x1b\[([\d;:]*)m/;
const ascii = /^[\x00-\x7f]*$/;

/** The cells of cleaned text with SGR sequences; newlines are cells too, of no columns. */
export function cellsOf(styled: string): Cell[] {
  const cells: Cell[] = [];
  let pen = plainPen;
  styled.split(colours).forEach((part, at) => {
    if (at % 2 === 1) pen = changePen(pen, part);
    else addCells(cells, part, openPen(pen));
  });
  return cells;
}

function addCells(cells: Cell[], text: string, pen: string): void {
  if (ascii.test(text)) {
    for (const character of text) cells.push({ text: character, columns: character === '\n' ? 0 : 1, pen });
    return;
  }
  for (const { segment } of clustersOf(text))
    cells.push({ text: segment, columns: clusterColumns(segment), pen });
}

/** The cells from `from` up to `to` as text again, every style closed. */
export function draw(cells: readonly Cell[], from = 0, to = cells.length): string {
  let text = '';
  let pen = '';
  for (let at = from; at < to; at += 1) {
    const cell = cells[at];
    if (cell === undefined) break;
    if (cell.pen !== pen) {
      if (pen !== '') text += '\x1b[0m';
      text += cell.pen;
      pen = cell.pen;
    }
    text += cell.text;
  }
  return pen === '' ? text : `${text}\x1b[0m`;
}
