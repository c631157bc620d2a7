// All that stands above the composer as whole rows, for where no Ink puts the panes into their places.
import type { Area, Layout, Pane } from '../layout.ts';
import { cut, pad } from '../text/width.ts';
import type { Theme } from '../theme.ts';
import { columnRows } from './lines.ts';

/** A layout that has panes. */
export type PanesLayout = Exclude<Layout, { readonly kind: 'too small' }>;

/** As many rows as there are above the composer. `panes`: a title each and rows below it; what is wider than its place is cut. */
export function upperRows(
  layout: PanesLayout,
  panes: Readonly<Record<Pane, readonly string[]>>,
  theme: Theme,
): string[] {
  const height = layout.foot.line.y;
  const rows = Array.from({ length: height }, () => '');
  const rowOf = (pane: Pane, { title }: Area, y: number): string =>
    cut(panes[pane][y - title.y] ?? '', title.width);
  if (layout.kind === 'single') return rows.map((_, y) => rowOf(layout.pane, layout.area, y));
  const { conversation, tests, commits } = layout.panes;
  const rowAt = (y: number): string =>
    y < commits.title.y ? rowOf('tests', tests, y) : rowOf('commits', commits, y);
  if (layout.kind === 'medium')
    return rows.map((_, y) => (y < tests.title.y ? rowOf('conversation', conversation, y) : rowAt(y)));
  const branch = commits.title.y - 1;
  const line = columnRows(height, branch, theme);
  return rows.map((_, y) => {
    const row = rowAt(y);
    const right = y === branch ? theme.sgr('border', '─'.repeat(commits.title.width + 1)) : row && ` ${row}`;
    return pad(rowOf('conversation', conversation, y), layout.column) + line[y] + right;
  });
}
