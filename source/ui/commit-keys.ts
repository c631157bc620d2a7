// What the keys of the commits do with one of them: open it and read it, copy its sha, start a prompt about it.
import type { LogRow } from '../engine/git-ports.ts';
import { pageCommits } from './panes/commits.tsx';
import { pageOpened } from './panes/opened-commit.tsx';
import type { Stage } from './stage.ts';
import { copy, say } from './submit.ts';
import { clean } from './text/clean.ts';
import type { OpenedCommit } from './view.ts';

const gone = 'git has no such commit any more; it may have been amended or rebased';

/** Does it with the open commit, else with the selected one; where there is none, says so. */
export function aboutCommit(stage: Stage, work: (commit: LogRow) => void): void {
  const screen = stage.screen.getState();
  const selected = screen.log.rows[pageCommits(screen, stage)?.selected ?? 0];
  const commit = stage.view.getState().opened?.commit ?? selected;
  if (commit === undefined) say(stage, 'the branch has no commits yet');
  else work(commit);
}

/** Opens the commit at once, and shows its text when git has it. */
export async function openCommit(stage: Stage, commit: LogRow): Promise<void> {
  const opened = { commit, top: 0 };
  stage.view.setState({ opened });
  const text = await stage.engine.repository
    .show(commit.sha)
    .then((found) => found ?? gone)
    .catch((error: unknown) => `git could not show it: ${clean(String(error))}`);
  // By then it may be closed, or another one open.
  if (stage.view.getState().opened?.commit === commit) change(stage, { text });
}

/** Moves the open commit by rows, down where positive; as far as it goes. */
export function scrollOpened(stage: Stage, rows: number): void {
  const page = pageOpened(stage.screen.getState(), stage);
  if (page !== undefined) change(stage, { top: Math.max(0, Math.min(page.top + rows, page.last)) });
}

/** Brings the next file (or, with -1, the one before) to the top; behind the last one there is the end. */
export function turnToFile(stage: Stage, by: 1 | -1): void {
  const page = pageOpened(stage.screen.getState(), stage);
  if (page === undefined) return;
  const { files, top, last } = page;
  const next = by > 0 ? (files.find((row) => row > top) ?? last) : (files.findLast((row) => row < top) ?? 0);
  change(stage, { top: Math.min(next, last) });
}

export async function copySha(stage: Stage, { sha }: LogRow): Promise<void> {
  await copy(stage, sha, sha.slice(0, 7));
}

/** How a prompt about the commit begins. */
export function promptAbout({ sha, subject }: LogRow): string {
  return `about ${sha.slice(0, 7)} (${clean(subject, { newlines: false })}): `;
}

function change(stage: Stage, to: Partial<OpenedCommit>): void {
  stage.view.setState(({ opened }) => ({ opened: opened && { ...opened, ...to } }));
}
