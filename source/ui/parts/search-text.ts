// The search in the line above the composer: `/slug()  3/17`, and where the terminal's cursor stands in it.
import type { SearchLine } from '../search/search-line.ts';
import { cellsOf, draw } from '../text/cells.ts';
import { cut, width as widthOf } from '../text/width.ts';
import type { Theme } from '../theme.ts';

export interface SearchText {
  readonly text: string;
  /** Columns before the cursor. */
  readonly cursor: number;
}

/** Of a long query the end is shown, where it is typed. */
export function searchText(
  { query, place }: SearchLine,
  width: number,
  theme: Theme,
  sign = '/',
): SearchText {
  const behind = place === '' ? '' : `  ${place}`;
  const shown = lastColumns(query, Math.max(1, width - widthOf(behind) - sign.length - 1));
  const text = `${theme.sgr('accent', sign)}${theme.sgr('strong', shown)}`;
  return {
    text: cut(text + theme.sgr(place.startsWith('no') ? 'warn' : 'dim', behind), width),
    cursor: Math.min(width, sign.length + widthOf(shown)),
  };
}

function lastColumns(text: string, columns: number): string {
  if (widthOf(text) <= columns) return text;
  const cells = cellsOf(text);
  let from = cells.length;
  for (let used = 1; from > 0; from -= 1) {
    used += cells[from - 1]?.columns ?? 0;
    if (used > columns) break;
  }
  return `…${draw(cells, from)}`;
}
