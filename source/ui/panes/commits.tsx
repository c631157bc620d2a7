// The commits: what would be shipped now, then the branch with this session's verdicts and times.
import { useStore } from 'zustand';
import { bodyOf } from '../layout.ts';
import { Rows } from '../parts/rows.tsx';
import { commitRow, pendingRows } from '../rows/commit-rows.ts';
import type { Screen } from '../screen.ts';
import type { Stage } from '../stage.ts';

/** However much waits, the commit that keys are about has a row. */
const leastCommits = 1;

export function CommitsPane({ stage }: { readonly stage: Stage }) {
  const screen = useStore(stage.screen);
  const body = bodyOf(screen.layout, 'commits');
  const page = pageCommits(screen, stage);
  return body && page ? <Rows rows={page.rows} width={body.width} height={body.height} /> : null;
}

export interface CommitsPage {
  readonly rows: readonly string[];
  /** Index of the commit on top, and of the one that keys are about. */
  readonly top: number;
  readonly selected: number;
  readonly height: number;
}

/** Undefined where the layout does not show the commits. */
export function pageCommits(screen: Screen, { theme }: Stage): CommitsPage | undefined {
  const body = bodyOf(screen.layout, 'commits');
  if (body === undefined) return undefined;
  const { session, live, log, view } = screen;
  const pending = pendingRows(
    Object.keys(session.claims),
    session.tests,
    body.width,
    theme,
    live.staleFiles,
  ).slice(0, Math.max(0, body.height - leastCommits));
  const height = body.height - pending.length;
  const indexOf = (sha: string | undefined): number =>
    Math.max(
      0,
      log.rows.findIndex((row) => row.sha === sha),
    );
  const selected = indexOf(view.commit);
  const last = Math.max(0, log.rows.length - height);
  const focused = view.focus === 'commits';
  // New commits and a new size move what is on top; the selected one stays on the screen.
  const least = focused ? Math.max(0, selected - height + 1) : 0;
  const most = focused ? Math.min(selected, last) : last;
  const top = Math.max(least, Math.min(indexOf(view.commits), most));
  const shipped = new Map(session.commits.made.map((commit) => [commit.sha, commit]));
  const commits = log.rows
    .slice(top, top + height)
    // Where there is no upstream nothing is ever pushed, and a mark on each row would say nothing.
    .map((row) => (log.ahead > 0 ? row : { ...row, unpushed: false }))
    .map((row) => commitRow(row, shipped.get(row.sha), screen.at, body.width, theme))
    .map((row, nth) => (focused && top + nth === selected ? theme.sgr('selection', row) : row));
  return { rows: [...pending, ...commits], top, selected, height };
}
