// The commits: what would be shipped now and the person's own files, then the branch with this session's verdicts.
import type { LogRow } from '../../engine/git-ports.ts';
import { anyKeyFor } from '../keys/any-key.ts';
import { bodyOf } from '../layout.ts';
import { pushRow } from '../pushing.ts';
import { commitRow, decisionRows } from '../rows/commit-rows.ts';
import { type WorkFile, workGist, workRows } from '../rows/work-rows.ts';
import type { Screen } from '../screen.ts';
import { markApart } from '../search/mark-shown.ts';
import type { Stage } from '../stage.ts';
import { cut } from '../text/width.ts';

/** However much waits, the commit that keys are about has a row. */
const leastCommits = 1;
/** The share of the pane that all the files may take while keys are about a commit; else their gist stands there. */
const filesShare = 0.5;
/** Rows that the commits must have for the decisions of the selected one to stand among them. */
const roomForDecisions = 5;

export function drawCommits(screen: Screen, stage: Stage): readonly string[] {
  return pageCommits(screen, stage)?.rows ?? [];
}

export interface CommitsPage {
  readonly rows: readonly string[];
  /** What each row stands for: an index among the files and, behind them, the commits. */
  readonly stands: readonly (number | undefined)[];
  /** What keys are about; -1 where there is neither file nor commit. */
  readonly selected: number;
  readonly files: readonly WorkFile[];
  readonly commits: readonly LogRow[];
  /** Index of the commit on top, and how many have room. */
  readonly top: number;
  readonly height: number;
}

/** Drawn only where it is on the screen. */
interface Line {
  readonly draw: () => string;
  readonly stands?: number;
}

/** Undefined where the layout does not show the commits. */
export function pageCommits(screen: Screen, stage: Stage): CommitsPage | undefined {
  const body = bodyOf(screen.layout, 'commits');
  if (body === undefined) return undefined;
  const { session, live, log, view, work } = screen;
  const { theme } = stage;
  const { files } = work;
  const state = { work, tests: session.tests, staleFiles: live.staleFiles };
  const selected = selectedAt(screen);
  const atFile = selected < files.length && view.focus === 'commits';
  const push = [...pushRow(screen, body.width, stage), ...choiceRow(screen, body.width, stage)].map(lineOf);
  const room = body.height - push.length;
  const all = workRows(state, body.width, theme).map(({ draw, file }): Line => ({ draw, stands: file }));
  const whole = all.length <= room * filesShare;
  const least = Math.max(0, room - leastCommits);
  const above = whole || atFile ? all : workGist(state, least, body.width, theme);
  const height = Math.max(leastCommits, room - above.length);
  const { top, lines } = commitLines(screen, stage, selected - files.length, height);
  const below = lines.map((line) => ({
    ...line,
    stands: line.stands === undefined ? undefined : line.stands + files.length,
  }));
  const list = window([...above, ...below], atFile ? selected : undefined, room);
  const drawn = [...push, ...list];
  const isSelected = ({ stands }: Line): boolean =>
    view.focus === 'commits' && stands !== undefined && stands === selected;
  return {
    rows: drawn.map((line) => (isSelected(line) ? theme.sgr('selection', line.draw()) : line.draw())),
    stands: drawn.map(({ stands }) => stands),
    selected,
    files,
    commits: log.rows,
    top,
    height,
  };
}

/** Says that some of the commits are not shown. */
function choiceRow({ log }: Screen, width: number, { theme, keymap }: Stage): string[] {
  if (!log.decided) return [];
  const what = log.rows.length === 0 ? 'no commit has a decision' : 'only commits with decisions';
  return [cut(theme.sgr('decision', `◆ ${what}: ${anyKeyFor(keymap, 'only decided')} shows all`), width)];
}

/** By path or sha, so that what comes or goes elsewhere moves nothing; else the newest commit. */
function selectedAt({ view, log, work }: Screen): number {
  const file = view.file === undefined ? -1 : work.files.findIndex(({ path }) => path === view.file);
  if (file >= 0) return file;
  if (log.rows.length === 0) return work.files.length - 1;
  return work.files.length + indexOf(log.rows, view.commit);
}

function indexOf(rows: readonly LogRow[], sha: string | undefined): number {
  return Math.max(
    0,
    rows.findIndex((row) => row.sha === sha),
  );
}

/** The commits that have room, and under the selected one its decisions where there is room for both. */
function commitLines(
  screen: Screen,
  stage: Stage,
  selected: number,
  height: number,
): { readonly top: number; readonly lines: readonly Line[] } {
  const { log, view, session, layout, at } = screen;
  const { theme } = stage;
  const width = bodyOf(layout, 'commits')?.width ?? 0;
  const focused = view.focus === 'commits' && selected >= 0;
  const chosen = focused ? log.rows[selected] : undefined;
  const shipped = chosen && stage.shipped.find(session.commits, chosen.sha);
  const decided =
    height < roomForDecisions || chosen === undefined ? [] : decisionRows(chosen, shipped, width, theme);
  const last = Math.max(0, log.rows.length + decided.length - height);
  // New commits and a new size move what is on top; the selected one stays on the screen.
  const least = focused ? Math.max(0, selected + decided.length - height + 1) : 0;
  const most = focused ? Math.min(selected, last) : last;
  const top = Math.max(least, Math.min(indexOf(log.rows, view.commits), most));
  if (log.branch === undefined)
    return { top, lines: [lineOf(cut(theme.sgr('dim', 'reading the log …'), width))] };
  const search = view.focus === 'commits' ? view.search : undefined;
  const lines = log.rows.slice(top, top + height).flatMap((row, nth): Line[] => {
    const number = log.number + top + nth;
    const isFound = search?.at !== undefined && 'row' in search.at && search.at.row === number;
    const mark = (text: string): string => markApart(text, isFound, search, theme);
    // Where nothing is ever pushed a mark on each row would say nothing.
    const marked = log.ahead > 0 ? row : { ...row, unpushed: false };
    const draw = (): string =>
      mark(commitRow(marked, stage.shipped.find(session.commits, row.sha), at, width, theme));
    const under = focused && top + nth === selected ? decided : [];
    return [{ draw, stands: top + nth }, ...under.map((text) => lineOf(mark(text)))];
  });
  return { top, lines: lines.slice(0, height) };
}

function lineOf(text: string): Line {
  return { draw: () => text };
}

/** Where the list is longer than the room, the part around the selected line. */
function window(lines: readonly Line[], selected: number | undefined, room: number): readonly Line[] {
  if (lines.length <= room || selected === undefined) return lines.slice(0, room);
  const at = lines.findIndex(({ stands }) => stands === selected);
  const top = Math.max(0, Math.min(at - Math.floor(room / 2), lines.length - room));
  return lines.slice(top, top + room);
}
