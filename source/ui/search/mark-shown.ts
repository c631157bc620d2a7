// Marks what is searched in the rows that are on the screen.
import type { Theme } from '../theme.ts';
import type { Search } from '../view.ts';
import { findMatches, markMatches, patternOf } from './find.ts';

/** A row of a list whose rows are searched apart, whatever of its text is in it; `isCurrent`: it was gone to. */
export function markApart(row: string, isCurrent: boolean, search: Search | undefined, theme: Theme): string {
  const pattern = search && patternOf(search.query);
  if (pattern === undefined) return row;
  const matches = findMatches([row], Number.POSITIVE_INFINITY, pattern);
  return markMatches([row], matches, theme, isCurrent ? matches[0] : undefined)[0] ?? row;
}

/** `shown` are the rows from `top` on of a list, each at most `width` columns. */
export function markShown(
  shown: readonly string[],
  { top, width }: { readonly top: number; readonly width: number },
  search: Search | undefined,
  theme: Theme,
): readonly string[] {
  const pattern = search && patternOf(search.query);
  if (search === undefined || pattern === undefined) return shown;
  const matches = findMatches(shown, width, pattern);
  const { at } = search;
  const current = matches.find(
    ([first]) => at !== undefined && 'row' in at && first.row + top === at.row && first.from === at.column,
  );
  return markMatches(shown, matches, theme, current);
}
