// A draft's line as rows of the screen, and the way up and down by rows. Pure and small, so that a first frame can be
// drawn with it before Ink is there.
import { cut, width as widthOf } from '../text/width.ts';
import { type Chips, chipMarks, labelOf } from './chips.ts';
import { lineOf, type Place, type Text } from './text.ts';

export type Draft = Text & { readonly chips: Chips };

export interface Row {
  /** UTF-16 indexes into the line; the next row begins at `end`. */
  readonly start: number;
  readonly end: number;
  readonly pieces: readonly Piece[];
}

/** A grapheme or a chip. */
export interface Piece {
  readonly start: number;
  readonly shown: string;
  readonly columns: number;
  readonly chip: boolean;
}

export interface LaidLine {
  readonly rows: readonly Row[];
  /** The row of the cursor, the last that begins at or before it, and its cell there. */
  readonly cursor: { readonly x: number; readonly y: number };
}

/** A line may be megabytes long; only so many rows' worth around the cursor is laid out, in steps of so many. */
const NEAR = 12;
const STEP = 4;
const TAB = '  ';
const printable = /^[\x20-\x7e]*$/;

/** Wraps at spaces where there are any. */
export function layLine(line: string, column: number, width: number, chips: Chips): LaidLine {
  const at = Math.min(column, line.length);
  const step = STEP * width;
  const from = soundStart(line, Math.max(0, Math.floor((at - NEAR * width) / step) * step));
  const near = line.slice(from, from + 2 * NEAR * width + step);
  const rows = breakRows(piecesOf(near, from, width, chips), from, from + near.length, width);
  const y = rows.findLastIndex((row) => row.start <= at);
  const x = cellOf(rows[y], at);
  if (x < width) return { rows, cursor: { x, y } };
  // A cursor behind a full row stands at the start of the next one, as the next character will.
  const end = from + near.length;
  const rest = y === rows.length - 1 ? [{ start: end, end, pieces: [] }] : [];
  return { rows: [...rows, ...rest], cursor: { x: 0, y: y + 1 } };
}

/** The place a row above or below the cursor, at the cell nearest to `aim`; undefined at the draft's first or last row. */
export function rowPlace(
  draft: Draft,
  by: 1 | -1,
  width: number,
  aim?: number,
): { readonly to: Place; readonly aim: number } | undefined {
  const current = lineOf(draft, draft.row);
  const here = layLine(current, draft.column, width, draft.chips);
  const wanted = aim ?? here.cursor.x;
  const beside = here.rows[here.cursor.y + by];
  if (beside !== undefined)
    return { to: { row: draft.row, column: columnAt(beside, wanted, current) }, aim: wanted };
  const row = draft.row + by;
  const line = draft.lines[row];
  if (line === undefined) return undefined;
  const next = layLine(line, by < 0 ? line.length : 0, width, draft.chips).rows.at(by < 0 ? -1 : 0);
  return next && { to: { row, column: columnAt(next, wanted, line) }, aim: wanted };
}

/** Not between the halves of one character. */
function soundStart(line: string, at: number): number {
  return at > 0 && /[\udc00-\udfff]/.test(line[at] ?? '') ? at - 1 : at;
}

function piecesOf(text: string, from: number, width: number, chips: Chips): Piece[] {
  if (printable.test(text))
    return [...text].map((shown, index) => ({ start: from + index, shown, columns: 1, chip: false }));
  return [...new Intl.Segmenter().segment(text)].map(({ segment, index }) => {
    const chip = segment.replace(chipMarks, '') === '';
    const shown = chip ? cut(labelOf(chips.get(segment)), width) : segment.replace('\t', TAB);
    return { start: from + index, shown, columns: widthOf(shown), chip };
  });
}

function breakRows(pieces: readonly Piece[], from: number, until: number, width: number): Row[] {
  const firsts = [0];
  let first = 0;
  let cells = 0;
  let word = 0;
  for (const [index, piece] of pieces.entries()) {
    // Spaces hang over the edge, so that no row begins with one.
    if (cells + piece.columns > width && index > first && piece.shown !== ' ') {
      first = word > first ? word : index;
      firsts.push(first);
      cells = 0;
      for (let at = first; at < index; at++) cells += pieces[at]?.columns ?? 0;
    }
    cells += piece.columns;
    if (piece.shown === ' ') word = index + 1;
  }
  return firsts.map((index, at) => ({
    start: pieces[index]?.start ?? from,
    end: pieces[firsts[at + 1] ?? pieces.length]?.start ?? until,
    pieces: pieces.slice(index, firsts[at + 1]),
  }));
}

function cellOf(row: Row | undefined, column: number): number {
  let cells = 0;
  for (const piece of row?.pieces ?? []) {
    if (piece.start >= column) break;
    cells += piece.columns;
  }
  return cells;
}

/** Where the row goes on in the next one, its end is the next one's start: the last place is before its last piece. */
function columnAt(row: Row, cell: number, line: string): number {
  let cells = 0;
  for (const piece of row.pieces) {
    if (cells + piece.columns > cell) return piece.start;
    cells += piece.columns;
  }
  return row.end < line.length ? (row.pieces.at(-1)?.start ?? row.end) : row.end;
}
