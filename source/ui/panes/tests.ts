// The tests: the failures of a red run first, then the terminal of the run.
import { newestEnded, shownRun } from '../../session/tests.ts';
import { selectedFailure } from '../failures.ts';
import { bodyOf } from '../layout.ts';
import { type FailureList, listFailures } from '../rows/test-rows.ts';
import type { Screen } from '../screen.ts';
import { markShown } from '../search/mark-shown.ts';
import type { Searched } from '../search/searched.ts';
import type { Stage } from '../stage.ts';
import { cellsOf, draw } from '../text/cells.ts';
import type { Theme } from '../theme.ts';
import { type Paged, paged } from './scroll.ts';

export function drawTests(screen: Screen, stage: Stage): readonly string[] {
  return pageTests(screen, stage)?.rows ?? [];
}

/** Failures and terminal, as one list of rows. */
export function searchedTests(screen: Screen, stage: Stage): Searched | undefined {
  const page = pageTests(screen, stage);
  if (page === undefined) return undefined;
  const { failures, width, top, height, last } = page;
  const { run, terminalRows, view } = stage;
  const state = {
    version: screen.run,
    second: screen.at,
    printing: shownRun(screen.session.tests) !== undefined,
  };
  return {
    rows: terminalRows(run.terminal, failures, state),
    width,
    top,
    height,
    show: (match) => view.setState({ tests: Math.min(match.top, last) }),
  };
}

export interface TestsPage extends Paged {
  readonly rows: readonly string[];
  /** Rows of the failures, which stand before those of the terminal. */
  readonly failures: readonly string[];
  readonly width: number;
  /** Row of the pane's content where each failure begins; none while a run prints. */
  readonly starts: readonly number[];
  readonly height: number;
}

const none: FailureList = { rows: [], starts: [] };

/** Undefined where the layout does not show the tests. */
export function pageTests(screen: Screen, { run, theme }: Stage): TestsPage | undefined {
  const body = bodyOf(screen.layout, 'tests');
  if (body === undefined || screen.view.shown !== 'tests') return undefined;
  const ended = newestEnded(screen.session.tests);
  const printing = shownRun(screen.session.tests) !== undefined && run.isCurrent();
  const selected = screen.view.focus === 'tests' ? selectedFailure(screen.session, screen.view) : undefined;
  const named = printing || ended === undefined ? none : listFailures(ended, body.width, theme, selected);
  const failures = named.rows.length > 0 ? [...named.rows, ''] : [];
  const length = failures.length + run.terminal.length;
  // A run is followed to its end; failures are read from their first.
  const follows = failures.length > 0 ? 0 : Number.POSITIVE_INFINITY;
  const { top, last } = paged(length, body.height, screen.view.tests ?? follows);
  const listed = failures.slice(top, top + body.height);
  const from = Math.max(0, top - failures.length);
  const terminal = run.terminal.rows(from, body.height - listed.length);
  const [first] = terminal;
  if (first !== undefined && run.terminal.continues(from)) terminal[0] = withoutStart(first, theme);
  const search = screen.view.focus === 'tests' ? screen.view.search : undefined;
  const rows = markShown([...listed, ...terminal], { top, width: body.width }, search, theme);
  return { rows, failures, starts: named.starts, width: body.width, top, last, height: body.height };
}

/** A row whose beginning is scrolled away says so, and does not look like a line of its own. */
function withoutStart(row: string, theme: Theme): string {
  const cells = cellsOf(row);
  return theme.sgr('dim', '…') + ' '.repeat(Math.max(0, (cells[0]?.columns ?? 1) - 1)) + draw(cells, 1);
}
