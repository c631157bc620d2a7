// The composer as rows and a cursor. Pure and small, so that a first frame can be drawn with it before Ink is there.
import type { Text } from '../editor.ts';
import { isEmpty } from '../editor.ts';
import { cut, width as widthOf } from '../text/width.ts';

export interface ComposerRows {
  /** At most `most`, each at most `width` cells wide. */
  readonly rows: readonly string[];
  /** In cells from the first row's start. */
  readonly cursor: { readonly x: number; readonly y: number };
}

const PROMPT = '› ';
const INDENT = '  ';
/** A line may be megabytes long; only so many UTF-16 units around the cursor are laid out. */
const NEAR = 4_000;

/** The rows around the cursor. `mark` colours the prompt sign, `hint` is shown while nothing is typed. */
export function composerRows(
  text: Text,
  size: { readonly width: number; readonly most: number },
  style: { readonly mark: (text: string) => string; readonly hint: string },
): ComposerRows {
  const inner = Math.max(1, size.width - PROMPT.length);
  const before = rowsAbove(text, inner, size.most);
  const current = wrapLine(text.lines[text.row] ?? '', text.column, inner);
  const all = [...before, ...current.rows, ...rowsBelow(text, inner, size.most)];
  const cursorRow = before.length + current.cursor.y;
  const top = Math.max(0, cursorRow - size.most + 1);
  const shown = all.slice(top, top + size.most);
  const rows = shown.map((row, index) => (index === 0 ? style.mark(PROMPT) : INDENT) + row);
  if (isEmpty(text)) rows[0] = style.mark(PROMPT) + style.hint;
  return {
    rows,
    cursor: { x: Math.min(size.width - 1, PROMPT.length + current.cursor.x), y: cursorRow - top },
  };
}

function rowsAbove(text: Text, width: number, most: number): string[] {
  const rows: string[] = [];
  for (let row = text.row - 1; row >= 0 && rows.length < most; row--) {
    rows.unshift(...wrapLine(text.lines[row] ?? '', Number.POSITIVE_INFINITY, width).rows);
  }
  return rows;
}

function rowsBelow(text: Text, width: number, most: number): string[] {
  const rows: string[] = [];
  for (let row = text.row + 1; row < text.lines.length && rows.length < most; row++) {
    rows.push(...wrapLine(text.lines[row] ?? '', 0, width).rows);
  }
  return rows;
}

/** Wraps at spaces where there are any. The row of the cursor is the last that begins at or before it. */
function wrapLine(
  line: string,
  column: number,
  width: number,
): { rows: string[]; cursor: { x: number; y: number } } {
  const at = Math.min(column, line.length);
  const from = Math.max(0, at - NEAR);
  const near = line.slice(from, at + NEAR);
  const starts = rowStarts(near, width);
  const rows = starts.map((start, index) => cut(near.slice(start, starts[index + 1]), width, ''));
  const y = starts.findLastIndex((start) => start <= at - from);
  const x = widthOf(near.slice(starts[y], at - from));
  // A cursor behind a full row stands at the start of the next one, as the next character will.
  if (x >= width) return { rows: y === rows.length - 1 ? [...rows, ''] : rows, cursor: { x: 0, y: y + 1 } };
  return { rows, cursor: { x, y } };
}

function rowStarts(text: string, width: number): number[] {
  const starts = [0];
  let start = 0;
  let cells = 0;
  let afterSpace = 0;
  for (const { segment, index } of new Intl.Segmenter().segment(text)) {
    const size = widthOf(segment);
    // Spaces hang over the edge, so that no row begins with one.
    if (cells + size > width && index > start && segment !== ' ') {
      const word = afterSpace > start ? afterSpace : index;
      start = word;
      starts.push(start);
      cells = widthOf(text.slice(start, index));
    }
    cells += size;
    if (segment === ' ') afterSpace = index + 1;
  }
  return starts;
}
