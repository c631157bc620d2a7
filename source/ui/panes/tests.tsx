// The tests: the failures of a red run first, then the terminal of the run.
import { useStore } from 'zustand';
import { bodyOf } from '../layout.ts';
import { Rows } from '../parts/rows.tsx';
import { failureRows } from '../rows/test-rows.ts';
import type { Screen } from '../screen.ts';
import type { Stage } from '../stage.ts';
import { cellsOf, draw } from '../text/cells.ts';
import type { Theme } from '../theme.ts';

export function TestsPane({ stage }: { readonly stage: Stage }) {
  const screen = useStore(stage.screen);
  const body = bodyOf(screen.layout, 'tests');
  const page = pageTests(screen, stage);
  return body && page ? <Rows rows={page.rows} width={body.width} height={body.height} /> : null;
}

export interface TestsPage {
  readonly rows: readonly string[];
  readonly top: number;
  /** The last `top` that still fills the pane. */
  readonly last: number;
  readonly height: number;
}

/** Undefined where the layout does not show the tests. */
export function pageTests(screen: Screen, { run, theme }: Stage): TestsPage | undefined {
  const body = bodyOf(screen.layout, 'tests');
  if (body === undefined) return undefined;
  const { running, last: ended } = screen.session.tests;
  const printing = running !== undefined && run.isCurrent();
  const named = printing || ended === undefined ? [] : failureRows(ended, body.width, theme);
  const failures = named.length > 0 ? [...named, ''] : [];
  const length = failures.length + run.terminal.length;
  const last = Math.max(0, length - body.height);
  const top = Math.min(screen.view.tests ?? (failures.length > 0 ? 0 : last), last);
  const listed = failures.slice(top, top + body.height);
  const from = Math.max(0, top - failures.length);
  const terminal = run.terminal.rows(from, body.height - listed.length);
  const [first] = terminal;
  if (first !== undefined && run.terminal.continues(from)) terminal[0] = withoutStart(first, theme);
  return { rows: [...listed, ...terminal], top, last, height: body.height };
}

/** A row whose beginning is scrolled away says so, and does not look like a line of its own. */
function withoutStart(row: string, theme: Theme): string {
  const cells = cellsOf(row);
  return theme.sgr('dim', '…') + ' '.repeat(Math.max(0, (cells[0]?.columns ?? 1) - 1)) + draw(cells, 1);
}
