// All that stands above the composer as whole rows, for where no Ink puts the panes into their places.
import type { Layout, Pane } from '../layout.ts';
import { pad } from '../text/width.ts';
import type { Theme } from '../theme.ts';
import { columnRows } from './lines.ts';

/** A layout that has panes. */
export type Shown = Exclude<Layout, { readonly kind: 'too small' }>;

/** As many rows as there are above the composer. `panes`: a title each and rows below it, none wider than its place. */
export function upperRows(
  layout: Shown,
  panes: Readonly<Record<Pane, readonly string[]>>,
  theme: Theme,
): string[] {
  const height = layout.foot.line.y;
  const rows = Array.from({ length: height }, () => '');
  if (layout.kind === 'single') return rows.map((_, y) => panes[layout.pane][y] ?? '');
  const { conversation, tests, commits } = layout.panes;
  const rowAt = (y: number): string => {
    if (y >= commits.title.y) return panes.commits[y - commits.title.y] ?? '';
    return y >= tests.title.y ? (panes.tests[y - tests.title.y] ?? '') : '';
  };
  if (layout.kind === 'medium')
    return rows.map((_, y) => (y < tests.title.y ? (panes.conversation[y] ?? '') : rowAt(y)));
  const branch = commits.title.y - 1;
  const line = columnRows(height, branch, theme);
  return rows.map((_, y) => {
    const row = rowAt(y);
    const right = y === branch ? theme.sgr('border', '─'.repeat(commits.title.width + 1)) : row && ` ${row}`;
    return pad(panes.conversation[y - conversation.title.y] ?? '', layout.column) + line[y] + right;
  });
}
