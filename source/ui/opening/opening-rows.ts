// The first frame, before anything is read and before Ink is loaded: where the panes will be, and the composer, which
// takes keys already. Pure; what stands in it stands in Ink's first frame at the same place.
import type { Buffer } from '../editor.ts';
import { type Area, type Layout, layOut, mostComposerRows } from '../layout.ts';
import { composerRows } from '../parts/composer-rows.ts';
import { composerStyle } from '../parts/composer-style.ts';
import { columnRows, composerLine, titledLine } from '../parts/lines.ts';
import { cut, pad } from '../text/width.ts';
import type { Theme } from '../theme.ts';

export interface OpeningRows {
  /** As many as the screen has, each at most as wide. */
  readonly rows: readonly string[];
  /** In cells from the screen's top left. */
  readonly cursor: { readonly x: number; readonly y: number };
}

/** Undefined below the smallest size: there the full screen says one sentence. */
export function openingRows(
  draft: Buffer,
  { columns, rows }: { readonly columns: number; readonly rows: number },
  theme: Theme,
): OpeningRows | undefined {
  const size = { width: columns, most: mostComposerRows(rows) };
  const composer = composerRows(draft, size, composerStyle(theme));
  const layout = layOut(columns, rows, {
    pane: 'conversation',
    zoomed: false,
    composerRows: composer.rows.length,
  });
  if (layout.kind === 'too small') return undefined;
  const { foot } = layout;
  const column = layout.kind === 'wide' ? { column: layout.column } : {};
  return {
    rows: [
      ...upperRows(layout, columns, theme),
      composerLine({ width: columns, ...column, hint: () => '' }, theme),
      ...composer.rows,
      theme.sgr('dim', cut('○ opening', columns)),
    ],
    cursor: { x: composer.cursor.x, y: foot.composer.y + composer.cursor.y },
  };
}

function upperRows(layout: Exclude<Layout, { kind: 'too small' }>, columns: number, theme: Theme): string[] {
  const height = layout.foot.line.y;
  const heading = (name: string): string => theme.sgr('heading', name);
  const rows = Array.from({ length: height }, () => '');
  const put = ({ title }: Area, row: string): void => {
    rows[title.y] = row;
  };
  if (layout.kind === 'single') {
    put(layout.area, heading('CONVERSATION'));
    return rows;
  }
  const { conversation, tests, commits } = layout.panes;
  const testsTitle = `${heading('TESTS')}  ${theme.sgr('dim', 'run')}`;
  if (layout.kind === 'medium') {
    put(conversation, heading('CONVERSATION'));
    put(tests, titledLine(testsTitle, columns, theme));
    put(commits, titledLine(heading('COMMITS'), columns, theme));
    return rows;
  }
  const branch = commits.title.y - 1;
  const line = columnRows(height, branch, theme);
  const right = (row: number): string => {
    if (row === branch) return theme.sgr('border', '─'.repeat(columns - layout.column - 1));
    if (row === tests.title.y) return ` ${testsTitle}`;
    return row === commits.title.y ? ` ${heading('COMMITS')}` : '';
  };
  return rows.map((_, row) => {
    const left = row === conversation.title.y ? heading('CONVERSATION') : '';
    return pad(left, layout.column) + line[row] + right(row);
  });
}
