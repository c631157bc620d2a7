// What is read over the panes, whatever it is: opened at once, filled when its text is there, scrolled.
import { pageReading } from './panes/reading.ts';
import { scrolled } from './panes/scroll.ts';
import { moveMatch } from './search/search.ts';
import type { Stage } from './stage.ts';
import type { Subject } from './view.ts';

/** `whole` is put in its place when it comes. A query is searched at once. */
export async function openReading(
  stage: Stage,
  subject: Subject,
  whole?: Promise<Subject>,
  query?: string,
): Promise<void> {
  const { view } = stage;
  const search = query === undefined ? {} : { search: { query, typing: false, from: { row: 0, column: 0 } } };
  view.setState({ reading: { subject, ...search } });
  if (whole !== undefined) {
    const filled = await whole;
    // By then it may be closed, or something else open.
    if (view.getState().reading?.subject !== subject) return;
    view.setState(({ reading }) => ({ reading: reading && { ...reading, subject: filled } }));
  }
  if (query !== undefined) moveMatch(stage, 1);
}

/** By rows, down where positive; as far as it goes. */
export function scrollReading(stage: Stage, rows: number): void {
  const page = pageReading(stage.screen.getState(), stage);
  if (page !== undefined) putOnTop(stage, scrolled(page, rows));
}

/** Brings the next file of a diff (or, with -1, the one before) to the top; behind the last one there is the end. */
export function turnToFile(stage: Stage, by: 1 | -1): void {
  const page = pageReading(stage.screen.getState(), stage);
  if (page === undefined) return;
  const { files, top, last } = page;
  const next = by > 0 ? (files.find((row) => row > top) ?? last) : (files.findLast((row) => row < top) ?? 0);
  putOnTop(stage, Math.min(next, last));
}

/** What grows is followed at its end. */
function putOnTop(stage: Stage, top: number): void {
  const page = pageReading(stage.screen.getState(), stage);
  const follows = page?.grows === true && top >= page.last;
  stage.view.setState(({ reading }) => ({
    reading: reading && { ...reading, top: follows ? undefined : top },
  }));
}
