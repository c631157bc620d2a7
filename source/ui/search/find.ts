// Plain text found in rows that are drawn already: smart case, white space and line ends alike, also where a row was wrapped.
import { type Cell, cellsOf, draw } from '../text/cells.ts';
import { width as widthOf } from '../text/width.ts';
import type { Theme } from '../theme.ts';

/** A stretch of one row: UTF-16 indices into its text without styles, `to` excluded. */
export interface Span {
  readonly row: number;
  readonly from: number;
  readonly to: number;
}

/** What was found, row by row; never empty. */
export type Match = readonly [Span, ...Span[]];

/** Longer queries are cut: nobody types them. */
export const MOST_QUERY = 200;
/** Nobody goes through more. */
export const MOST_MATCHES = 10_000;

const styles = /\x1b\[[\d;:]*m/g;
const syntax = /[\\^$.*+?()[\]{}|/]/g;
const upper = /\p{Lu}/u;
/** Between rows: where a word may have been cut, and where it has not. */
const CUT = '\0';
const END = '\n';

/** Case counts where the query has a capital. Undefined for a query that is empty. */
export function patternOf(query: string): RegExp | undefined {
  const wanted = query.slice(0, MOST_QUERY).toWellFormed();
  if (wanted.trim() === '') return undefined;
  const words = wanted
    .split(/\s+/)
    .map((word) => [...word].map((character) => character.replace(syntax, '\\$&')).join(`${CUT}?`));
  return new RegExp(words.join(`[ ${END}${CUT}]+`), upper.test(wanted) ? 'gu' : 'giu');
}

/** All matches, from the top; rows are at most `width` columns, and the number of the first is `number`. */
export function findMatches(rows: readonly string[], width: number, pattern: RegExp, number = 0): Match[] {
  const { text, starts, indents } = joined(rows, width);
  const found: Match[] = [];
  let row = 0;
  for (const { index, 0: matched } of text.matchAll(pattern)) {
    while ((starts[row + 1] ?? Number.POSITIVE_INFINITY) <= index) row += 1;
    const spans: Span[] = [];
    const end = index + matched.length;
    for (let at = row; at < rows.length && (starts[at] ?? end) < end; at += 1) {
      const start = starts[at] ?? 0;
      const next = (starts[at + 1] ?? text.length + 1) - 1;
      const from = Math.max(index, start);
      const to = Math.min(end, next);
      const inset = (indents[at] ?? 0) - start;
      if (to > from) spans.push({ row: at + number, from: from + inset, to: to + inset });
    }
    const [first, ...rest] = spans;
    if (first !== undefined) found.push([first, ...rest]);
    if (found.length >= MOST_MATCHES) break;
  }
  return found;
}

/** The rows with what was found marked; `current` is the one that was gone to. */
export function markMatches(
  rows: readonly string[],
  matches: readonly Match[],
  theme: Theme,
  current?: Match,
): string[] {
  const spans = new Map<number, { readonly span: Span; readonly current: boolean }[]>();
  for (const match of matches) {
    for (const span of match) {
      const own = spans.get(span.row) ?? [];
      own.push({ span, current: match === current });
      spans.set(span.row, own);
    }
  }
  return rows.map((row, at) => markRow(row, spans.get(at) ?? [], theme));
}

/** Text without its styles. */
export function plainText(styled: string): string {
  return styled.replace(styles, '');
}

function markRow(
  row: string,
  marks: readonly { readonly span: Span; readonly current: boolean }[],
  theme: Theme,
): string {
  if (marks.length === 0) return row;
  const cells = cellsOf(row);
  let drawn = '';
  let at = 0;
  for (const { span, current } of marks) {
    const from = cellAt(cells, span.from);
    const to = Math.max(from + 1, cellAt(cells, span.to));
    const text = cells
      .slice(from, to)
      .map((cell) => cell.text)
      .join('');
    drawn += draw(cells, at, from) + theme.sgr(current ? 'found' : 'match', text);
    at = to;
  }
  return drawn + draw(cells, at);
}

/** The cell in which the character at a UTF-16 index stands. */
function cellAt(cells: readonly Cell[], index: number): number {
  let length = 0;
  for (let at = 0; at < cells.length; at += 1) {
    if (length >= index) return at;
    length += cells[at]?.text.length ?? 0;
  }
  return cells.length;
}

/** All rows as one text; `starts` are where each begins in it, `indents` how far in its own row that is. */
function joined(
  rows: readonly string[],
  width: number,
): { readonly text: string; readonly starts: readonly number[]; readonly indents: readonly number[] } {
  const starts: number[] = [];
  const indents: number[] = [];
  let text = '';
  rows.forEach((row, at) => {
    const whole = plainText(row).trimEnd();
    const words = whole.trimStart();
    starts.push(text.length);
    indents.push(whole.length - words.length);
    // A wide character leaves a column free where it does not fit any more.
    text += words + (at === rows.length - 1 ? '' : widthOf(whole) >= width - 1 ? CUT : END);
  });
  return { text, starts, indents };
}
