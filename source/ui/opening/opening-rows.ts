// The first frame, before the session is read and before Ink is loaded: the panes as they were left, or where they will
// be, and the composer, which takes keys already. Pure; what stands in it stands in Ink's first frame at the same place. Ages
// alone are those of when it was left.
import type { Buffer } from '../editor.ts';
import { layOut, mostComposerRows, type Pane } from '../layout.ts';
import { composerRows } from '../parts/composer-rows.ts';
import { composerStyle } from '../parts/composer-style.ts';
import { composerLine, titledLine } from '../parts/lines.ts';
import { type PanesLayout, upperRows } from '../parts/upper-rows.ts';
import { cut } from '../text/width.ts';
import type { Theme } from '../theme.ts';
import type { LastFrame } from './last-frame.ts';

export interface OpeningRows {
  /** As many as the screen has, each at most as wide. */
  readonly rows: readonly string[];
  /** In cells from the screen's top left. */
  readonly cursor: { readonly x: number; readonly y: number };
}

/** Undefined below the smallest size: there the full screen says one sentence. `kept`: what stood above the composer last. */
export function openingRows(
  draft: Buffer,
  { columns, rows }: { readonly columns: number; readonly rows: number },
  theme: Theme,
  kept?: LastFrame,
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
  const fits = kept?.columns === columns && kept.height === rows && kept.rows.length >= foot.line.y;
  return {
    rows: [
      // A draft of several rows stands over the last of them.
      ...(fits
        ? kept.rows.slice(0, foot.line.y)
        : upperRows(layout, titlesIn(layout, columns, theme), theme)),
      composerLine({ width: columns, ...column, hint: () => '' }, theme),
      ...composer.rows,
      theme.sgr('dim', cut('○ opening', columns)),
    ],
    cursor: { x: composer.cursor.x, y: foot.composer.y + composer.cursor.y },
  };
}

/** What stands in a pane before anything is read: its name. */
function titlesIn(layout: PanesLayout, columns: number, theme: Theme): Record<Pane, readonly string[]> {
  const heading = (name: string): string => theme.sgr('heading', name);
  const line = (title: string): string =>
    layout.kind === 'medium' ? titledLine(title, columns, theme) : title;
  return {
    conversation: [heading('CONVERSATION')],
    tests: [line(`${heading('TESTS')}  ${theme.sgr('dim', 'run')}`)],
    commits: [line(heading('COMMITS'))],
  };
}
