// Moves what a pane shows. The conversation reads more of the journal where its items end.

import type { Failure } from '../../session/facts.ts';
import { newestEnded, shownRun } from '../../session/tests.ts';
import type { Pane } from '../layout.ts';
import { listedFailures } from '../rows/test-rows.ts';
import type { Stage } from '../stage.ts';
import { say } from '../submit.ts';
import { pageCommits } from './commits.ts';
import { pageConversation } from './conversation.ts';
import { anchorAt } from './conversation-list.ts';
import { screenNow } from './items.ts';
import { pageOwn } from './run.ts';
import { isBefore, lastPage, type Paged, scrolled, start, walk } from './scroll.ts';
import { pageTests } from './tests.ts';

/** Rows at the end of a pane in which a failure does not begin: its place and detail would be below. */
const NEAR_END = 3;

type ConversationPage = NonNullable<ReturnType<typeof pageConversation>>;

export type Scroll =
  /** Down where positive. */
  { readonly rows: number } | { readonly pages: number } | 'top' | 'end';

/** The very first prompt, however long ago that was; while that is read, the earliest that is there. */
async function scrollToStart(stage: Stage, { items, blocks, width }: ConversationPage): Promise<void> {
  const { past, engine, view } = stage;
  const { conversation } = engine.session.getState();
  const here = anchorAt(items, blocks, start, width);
  view.setState({ conversation: here });
  if (!past.reachesStart(conversation)) await past.visit(1, conversation);
  // By then the person may be elsewhere.
  if (view.getState().conversation !== here) return;
  const screen = screenNow(stage);
  const page = pageConversation(screen, stage);
  if (page === undefined) return;
  const fits = screen.now && !isBefore(start, lastPage(page.blocks, page.height));
  stage.view.setState({
    conversation: fits ? undefined : anchorAt(page.items, page.blocks, start, page.width),
  });
}

export function scrollPane(stage: Stage, pane: Pane, scroll: Scroll): void {
  if (pane === 'conversation') scrollConversation(stage, scroll);
  else if (pane === 'tests' && stage.view.getState().shown === 'run') scrollOwn(stage, scroll);
  else if (pane === 'tests') scrollTests(stage, scroll);
  else scrollCommits(stage, scroll);
}

function scrollConversation(stage: Stage, scroll: Scroll): void {
  const screen = stage.screen.getState();
  const page = pageConversation(screen, stage);
  if (page === undefined) return;
  const { items, blocks, height, width } = page;
  if (scroll === 'top') return void scrollToStart(stage, page);
  const end = lastPage(blocks, height);
  // What follows a turn has blank rows below it, which are not scrolled through.
  const here = isBefore(end, page.top) ? end : page.top;
  const next = scroll === 'end' ? undefined : walk(blocks, here, rowsOf(scroll, height));
  const atEnd = next === undefined || !isBefore(next, end);
  if (atEnd && (screen.now || scroll === 'end')) {
    stage.past.forget();
    stage.view.setState({ conversation: undefined });
    return;
  }
  if (atEnd) void stage.past.later(screen.session.conversation).then(stage.request);
  const top = atEnd ? end : next;
  stage.view.setState({ conversation: anchorAt(items, blocks, top, width) });
  if (isBefore(top, walk(blocks, start, height)))
    void stage.past.earlier(screen.session.conversation).then(stage.request);
}

/** Selects the failure after this one (or, with -1, before it), round the list, and brings it onto the screen. */
export function selectFailure(stage: Stage, from: Failure, by: 1 | -1): void {
  const page = pageTests(stage.screen.getState(), stage);
  const failures = listedFailures(newestEnded(stage.engine.session.getState().tests));
  const at = (failures.indexOf(from) + by + failures.length) % failures.length;
  const row = page?.starts[at];
  if (page === undefined || row === undefined) {
    say(stage, 'the failures are listed again when the run has ended');
    return;
  }
  stage.view.setState({ failure: failures[at]?.name });
  const shown = row >= page.top && row < page.top + page.height - NEAR_END;
  if (!shown) stage.view.setState({ tests: Math.min(row, page.last) });
}

function scrollTests(stage: Stage, scroll: Scroll): void {
  const page = pageTests(stage.screen.getState(), stage);
  if (page === undefined) return;
  const top = topAfter(page, scroll);
  const running = shownRun(stage.engine.session.getState().tests) !== undefined;
  stage.view.setState({
    tests: running && top >= page.last ? undefined : top,
  });
}

/** At its end it follows what is written. */
function scrollOwn(stage: Stage, scroll: Scroll): void {
  const page = pageOwn(stage.screen.getState(), stage);
  if (page === undefined) return;
  const top = topAfter(page, scroll);
  stage.view.setState({ own: top >= page.last ? undefined : top });
}

/** Moves through the changed files and the commits. Near an end of what was read more of the log is read. */
function scrollCommits(stage: Stage, scroll: Scroll): void {
  const screen = stage.screen.getState();
  const page = pageCommits(screen, stage);
  if (page === undefined) return;
  if (scroll === 'end') {
    void stage.log.oldest().then(() => selectCommits(stage, Number.POSITIVE_INFINITY));
    return;
  }
  if (scroll === 'top') {
    if (screen.log.from > 0) void stage.log.newest();
    stage.view.setState({ file: page.files[0]?.path, commit: undefined, commits: undefined });
    return;
  }
  const by = rowsOf(scroll, page.height);
  selectCommits(stage, page.selected + by, 'pages' in scroll ? by : 0);
}

/** Selects the nth of the files and commits, as far as there are; `by`: rows that the commits move with it. */
export function selectCommits(stage: Stage, nth: number, by = 0): void {
  const screen = screenNow(stage);
  const page = pageCommits(screen, stage);
  if (page === undefined) return;
  const { files, commits, height } = page;
  const at = Math.max(0, Math.min(nth, files.length + commits.length - 1));
  if (at < files.length) {
    stage.view.setState({ file: files[at]?.path, commit: undefined, commits: undefined });
    return;
  }
  const row = at - files.length;
  const top = Math.max(0, row - height + 1, Math.min(page.top + by, row, commits.length - height));
  // With the newest on top, newer ones come into sight.
  const first = screen.log.from === 0 && top === 0 ? undefined : commits[top]?.sha;
  stage.view.setState({ file: undefined, commit: commits[row]?.sha, commits: first });
  if (row + height >= commits.length - 1) void stage.log.later().then(() => lookAtShipped(stage));
  if (top === 0) void stage.log.earlier();
  lookAtShipped(stage);
}

/** What the session knows of the commits on the screen may be in the journal alone. */
function lookAtShipped(stage: Stage): void {
  const screen = screenNow(stage);
  const page = pageCommits(screen, stage);
  if (page === undefined) return;
  const shown = page.commits.slice(page.top, page.top + page.height);
  void stage.shipped.look(screen.session.commits, shown).then(stage.request);
}

function topAfter(page: Paged & { readonly height: number }, scroll: Scroll): number {
  if (scroll === 'top') return 0;
  return scroll === 'end' ? page.last : scrolled(page, rowsOf(scroll, page.height));
}

/** A page leaves one row of the page before on the screen. */
function rowsOf(scroll: { readonly rows: number } | { readonly pages: number }, height: number): number {
  return 'rows' in scroll ? scroll.rows : scroll.pages * Math.max(1, height - 1);
}
