// A long list of rows, shown from its beginning.
import type { Theme } from '../theme.ts';
import { plural } from './amounts.ts';
import { cut } from './width.ts';

/** All of the rows, or the first ones and a last row that says how many more there are. */
export function firstRows(rows: string[], width: number, theme: Theme, maxRows: number): string[] {
  if (rows.length <= maxRows) return rows;
  const shown = Math.max(0, maxRows - 1);
  const more = theme.sgr('dim', `… ${plural(rows.length - shown, 'more row')}`);
  return [...rows.slice(0, shown), cut(more, width)];
}
