// The composer as rows and a cursor. Pure and small, so that a first frame can be drawn with it before Ink is there.
import { type Draft, layLine, type Row } from '../editing/rows.ts';
import { isEmpty } from '../editor.ts';

export interface ComposerRows {
  /** At most `most`, each at most `width` cells wide. */
  readonly rows: readonly string[];
  /** In cells from the first row's start. */
  readonly cursor: { readonly x: number; readonly y: number };
}

export interface ComposerSize {
  readonly width: number;
  readonly most: number;
}

export interface ComposerStyle {
  /** Colours the prompt sign. */
  readonly mark: (text: string) => string;
  /** Shown while nothing is typed. */
  readonly hint: string;
  readonly chip?: (text: string) => string;
  /** Colours what was searched for. */
  readonly found?: (text: string) => string;
}

/** What was searched for, as UTF-16 indexes into a line. */
export interface Found {
  readonly row: number;
  readonly from: number;
  readonly to: number;
}

const PROMPT = '› ';
const INDENT = '  ';
/** Stands before the last row where there are more below it. */
const MORE = '↓ ';
/** Rows that stay in sight below the cursor, where there are any. */
const AHEAD = 2;

/** Cells for the draft's own text on a screen of this width. */
export function draftWidth(width: number): number {
  return Math.max(1, width - PROMPT.length);
}

/** The rows around the cursor. */
export function composerRows(
  draft: Draft,
  size: ComposerSize,
  style: ComposerStyle,
  found?: Found,
): ComposerRows {
  const inner = draftWidth(size.width);
  const lay = (row: number, column: number): DrawnLine =>
    drawLine(draft, row, column, inner, style, found?.row === row ? found : undefined);
  const current = lay(draft.row, draft.column);
  const above: string[] = [];
  for (let row = draft.row - 1; row >= 0 && above.length < size.most; row--)
    above.unshift(...lay(row, Number.POSITIVE_INFINITY).rows);
  const all = [...above, ...current.rows];
  for (
    let row = draft.row + 1;
    row < draft.lines.length && all.length <= above.length + current.cursor.y + size.most;
    row++
  )
    all.push(...lay(row, 0).rows);
  const at = above.length + current.cursor.y;
  const ahead = Math.min(AHEAD, all.length - 1 - at, Math.floor((size.most - 1) / 2));
  const top = Math.max(0, at + ahead - size.most + 1);
  const shown = all.slice(top, top + size.most);
  const last = top + size.most < all.length && shown.length > 1 ? shown.length - 1 : -1;
  const rows = shown.map((row, index) =>
    index === 0 ? style.mark(PROMPT) + row : (index === last ? style.mark(MORE) : INDENT) + row,
  );
  if (isEmpty(draft)) rows[0] = style.mark(PROMPT) + style.hint;
  return { rows, cursor: { x: Math.min(size.width - 1, PROMPT.length + current.cursor.x), y: at - top } };
}

interface DrawnLine {
  readonly rows: readonly string[];
  readonly cursor: { readonly x: number; readonly y: number };
}

function drawLine(
  draft: Draft,
  row: number,
  column: number,
  width: number,
  style: ComposerStyle,
  found: Found | undefined,
): DrawnLine {
  const { rows, cursor } = layLine(draft.lines[row] ?? '', column, width, draft.chips);
  return { rows: rows.map((each) => drawRow(each, width, style, found)), cursor };
}

/** Runs of one style are drawn together. Spaces that hang over the edge are not. */
function drawRow(row: Row, width: number, style: ComposerStyle, found: Found | undefined): string {
  let drawn = '';
  let run = '';
  let look: ((text: string) => string) | undefined;
  let cells = 0;
  for (const piece of row.pieces) {
    cells += piece.columns;
    if (cells > width) break;
    const marked = found !== undefined && piece.start >= found.from && piece.start < found.to;
    const next = marked ? style.found : piece.chip ? style.chip : undefined;
    if (next !== look) {
      drawn += look?.(run) ?? run;
      run = '';
      look = next;
    }
    run += piece.shown;
  }
  return drawn + (look?.(run) ?? run);
}
