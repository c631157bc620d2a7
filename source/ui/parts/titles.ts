// The titles of the panes, and the one line that names them all where there is room for one pane.
import { type Pane, panes } from '../layout.ts';
import { testHeader } from '../rows/test-rows.ts';
import type { Screen } from '../screen.ts';
import { plural } from '../text/amounts.ts';
import { clean } from '../text/clean.ts';
import { fit } from '../text/fit.ts';
import { cut, width as widthOf } from '../text/width.ts';
import type { Theme } from '../theme.ts';

const names: Readonly<Record<Pane, string>> = {
  conversation: 'CONVERSATION',
  tests: 'TESTS',
  commits: 'COMMITS',
};
/** Below this a header says nothing. */
const LEAST_HEADER = 8;
/** Room for `✓ green · 12 passed`: whoever looks at the tests wants their verdict first. */
const VERDICT = 21;

/** The pane's name, marked while it is in focus, and what there is to say about it. */
export function titleRow(
  pane: Pane,
  screen: Screen,
  testCommand: string | undefined,
  width: number,
  theme: Theme,
): string {
  const focused = screen.view.focus === pane;
  const name = focused ? theme.sgr('focus', `▸${names[pane]}`) : theme.sgr('heading', names[pane]);
  const room = width - widthOf(name) - 2;
  const header = room < LEAST_HEADER ? '' : headerOf(pane, screen, testCommand, room, theme);
  return cut(header === '' ? name : `${name}  ${header}`, width);
}

/** What the others are up to, most telling last to go: the status row says what the conversation does. */
const ranks: Readonly<Record<Pane, number>> = { conversation: 0, commits: 1, tests: 2 };

/** The title of the pane that is shown, and the state of the others as far as there is room. */
export function tabRow(
  shown: Pane,
  screen: Screen,
  testCommand: string | undefined,
  width: number,
  theme: Theme,
): string {
  const others = panes
    .filter((pane) => pane !== shown)
    .map((pane) => ({
      text: `${theme.sgr('dim', pane)} ${stateOf(pane, screen, theme)}`,
      rank: ranks[pane],
    }));
  const line = theme.sgr('border', ' │ ');
  const least = shown === 'tests' ? VERDICT : 0;
  const states = fit(others, line, width - names[shown].length - 4 - least);
  const title = titleRow(shown, screen, testCommand, width - widthOf(states) - 3, theme);
  return states === '' ? title : title + line + states;
}

function headerOf(
  pane: Pane,
  screen: Screen,
  testCommand: string | undefined,
  width: number,
  theme: Theme,
): string {
  if (pane === 'tests')
    return testHeader(screen.session.tests, testCommand, screen.live.staleFiles, screen.at, width, theme);
  if (pane === 'conversation') return '';
  const { branch, ahead, behind } = screen.log;
  const moved = `${ahead > 0 ? ` ↑${ahead}` : ''}${behind > 0 ? ` ↓${behind}` : ''}`;
  return theme.sgr('dim', clean(branch ?? (branch === null ? 'detached' : ''), { newlines: false }) + moved);
}

function stateOf(pane: Pane, { session, live }: Screen, theme: Theme): string {
  const claimed = Object.keys(session.claims).length;
  if (pane === 'conversation')
    return session.turns.running ? live.activity : (session.turns.last?.outcome ?? 'new');
  if (pane === 'commits') return claimed > 0 ? plural(claimed, 'file') : String(session.commits.count);
  const { running, last } = session.tests;
  if (running !== undefined) return theme.sgr('accent', '◌ running');
  if (last === undefined) return 'none';
  const failed = last.counts?.failed ?? last.failures.length;
  return last.verdict === 'green'
    ? theme.sgr('ok', '✓ green')
    : theme.sgr('bad', failed > 0 ? `✕ ${failed} failed` : `✕ ${last.verdict}`);
}
