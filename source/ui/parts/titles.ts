// The titles of the panes, and the one line that names them all where there is room for one pane.
import { toShip } from '../../session/claims.ts';
import { newestEnded } from '../../session/tests.ts';
import { type Pane, panes } from '../layout.ts';
import { ownMark, runHeader } from '../rows/run-header.ts';
import { testHeader } from '../rows/test-rows.ts';
import type { Screen, Sources } from '../screen.ts';
import { plural } from '../text/amounts.ts';
import { cellsOf, draw } from '../text/cells.ts';
import { clean } from '../text/clean.ts';
import { fit } from '../text/fit.ts';
import { cut, width as widthOf } from '../text/width.ts';
import type { Theme } from '../theme.ts';
import type { Focus, Shown } from '../view.ts';

/** What titles say beside the screen's own state. */
type Facts = Pick<Sources, 'theme' | 'testCommand' | 'startCommand'>;
/** Below this there is room for the terminal that is shown alone. */
const LEAST_TABS = 34;
/** Below this a header says nothing. */
const LEAST_HEADER = 8;
/** Room for `✓ green · 12 passed`: whoever looks at the tests wants their verdict first. */
const VERDICT = 21;

/** The pane's name, marked while it is in focus, and what there is to say about it. */
export function titleRow(pane: Pane, screen: Screen, facts: Facts, width: number): string {
  const { theme } = facts;
  const { focus } = screen.view;
  const tabs = pane === 'tests' && width >= LEAST_TABS;
  const name = tabs
    ? tabNames(screen, theme)
    : nameOf(pane === 'tests' ? screen.view.shown : pane, focus, theme);
  const room = width - widthOf(name) - 2;
  const header = room < LEAST_HEADER ? '' : headerOf(pane, screen, facts, room);
  return cut(header === '' ? name : `${name}  ${header}`, width);
}

function nameOf(name: Focus, focus: Focus, theme: Theme): string {
  const capitals = name.toUpperCase();
  return focus === name ? theme.sgr('focus', `▸${capitals}`) : theme.sgr('heading', capitals);
}

/** Both terminals by name, `TESTS  run ●`: the one that is shown in capitals, the other with how it stands. */
function tabNames(screen: Screen, theme: Theme): string {
  const { shown, focus } = screen.view;
  const other = (name: Shown, mark: string): string => theme.sgr('dim', name) + (mark && ` ${mark}`);
  return shown === 'tests'
    ? `${nameOf('tests', focus, theme)}  ${other('run', glyphOf(screen.live.own && ownMark(screen.live.own, theme)))}`
    : `${other('tests', glyphOf(stateOf('tests', screen, theme)))}  ${nameOf('run', focus, theme)}`;
}

/** The first sign of a mark, in its colour; '' where it begins with a word. */
function glyphOf(mark: string | null): string {
  const cells = cellsOf(mark ?? '');
  return /^[\w ]/.test(cells[0]?.text ?? ' ') ? '' : draw(cells, 0, 1);
}

/** What the others are up to, most telling last to go: the status row says what the conversation does. */
const ranks: Readonly<Record<Pane, number>> = { conversation: 0, commits: 1, tests: 2 };

/** The title of the pane that is shown, and the state of the others as far as there is room. */
export function tabRow(shown: Pane, screen: Screen, facts: Facts, width: number): string {
  const { theme } = facts;
  const others = panes
    .filter((pane) => pane !== shown)
    .map((pane) => ({
      text: `${theme.sgr('dim', pane)} ${stateOf(pane, screen, theme)}`,
      rank: ranks[pane],
    }));
  const line = theme.sgr('border', ' │ ');
  const least = shown === 'tests' ? VERDICT : 0;
  const states = fit(others, line, width - shown.length - 4 - least);
  const title = titleRow(shown, screen, facts, width - widthOf(states) - 3);
  return states === '' ? title : title + line + states;
}

function headerOf(
  pane: Pane,
  screen: Screen,
  { theme, testCommand, startCommand }: Facts,
  width: number,
): string {
  if (pane === 'tests' && screen.view.shown === 'run')
    return runHeader(screen.live.own, startCommand()?.command, screen.at, width, theme);
  if (pane === 'tests')
    return testHeader(screen.session.tests, testCommand(), screen.live.staleFiles, screen.at, width, theme);
  if (pane === 'conversation') return '';
  const { branch, ahead, behind } = screen.log;
  const moved = `${ahead > 0 ? ` ↑${ahead}` : ''}${behind > 0 ? ` ↓${behind}` : ''}`;
  return theme.sgr('dim', clean(branch ?? (branch === null ? 'detached' : ''), { newlines: false }) + moved);
}

function stateOf(pane: Pane, { session, live }: Screen, theme: Theme): string {
  const claimed = toShip(session.claims).length;
  if (pane === 'conversation')
    return session.turns.running ? live.activity : (session.turns.last?.outcome ?? 'new');
  if (pane === 'commits') return claimed > 0 ? plural(claimed, 'file') : String(session.commits.count);
  const { running } = session.tests;
  const last = newestEnded(session.tests);
  if (running !== undefined) return theme.sgr('accent', '◌ running');
  if (last === undefined) return 'none';
  const failed = last.counts?.failed ?? last.failures.length;
  return last.verdict === 'green'
    ? theme.sgr('ok', '✓ green')
    : theme.sgr('bad', failed > 0 ? `✕ ${failed} failed` : `✕ ${last.verdict}`);
}
