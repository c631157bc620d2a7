// Moves what a pane shows. The conversation reads more of the journal where its items end.

import type { Pane } from '../layout.ts';
import type { Stage } from '../stage.ts';
import { pageCommits } from './commits.tsx';
import { pageConversation } from './conversation.tsx';
import { anchorAt } from './conversation-list.ts';
import { distance, isBefore, lastPage, type Position, start, walk } from './scroll.ts';
import { pageTests } from './tests.tsx';

export type Scroll =
  /** Down where positive. */
  { readonly rows: number } | { readonly pages: number } | 'top' | 'end';

export function scrollPane(stage: Stage, pane: Pane, scroll: Scroll): void {
  if (pane === 'conversation') scrollConversation(stage, scroll);
  else if (pane === 'tests') scrollTests(stage, scroll);
  else scrollCommits(stage, scroll);
}

function scrollConversation(stage: Stage, scroll: Scroll): void {
  const screen = stage.screen.getState();
  const page = pageConversation(screen, stage);
  if (page === undefined) return;
  const { items, blocks, height } = page;
  const next =
    scroll === 'top' ? start : scroll === 'end' ? undefined : walk(blocks, page.top, rowsOf(scroll, height));
  const atEnd = next === undefined || !isBefore(next, lastPage(blocks, height));
  if (atEnd && (screen.now || scroll === 'end')) {
    stage.past.forget();
    stage.view.setState({ conversation: undefined });
    return;
  }
  if (atEnd) void stage.past.later(screen.session.conversation).then(stage.request);
  const top = atEnd ? lastPage(blocks, height) : next;
  stage.view.setState({ conversation: anchorAt(items, top) });
  if (isBefore(top, walk(blocks, start, height)))
    void stage.past.earlier(screen.session.conversation).then(stage.request);
}

/** Selects the next call (or, with -1, the one before) and brings it onto the screen. */
export function selectCall(stage: Stage, by: 1 | -1): void {
  const screen = stage.screen.getState();
  const page = pageConversation(screen, stage);
  if (page === undefined) return;
  const { items, blocks, height } = page;
  const current = items.findIndex((item) => item.kind === 'call' && item.call === screen.view.selected);
  const from = current >= 0 ? current : items.length;
  const isCall = (index: number): boolean => items[index]?.kind === 'call';
  let at = from + by;
  while (at >= 0 && at < items.length && !isCall(at)) at += by;
  const item = items[at];
  if (item?.kind !== 'call') {
    scrollConversation(stage, { rows: by });
    return;
  }
  stage.view.setState({ selected: item.call });
  const place: Position = { block: at, row: 0 };
  const above = isBefore(place, page.top);
  if (!above && distance(blocks, page.top, place) < height - 1) return;
  const top = walk(blocks, place, -Math.floor(height / 3));
  const following = screen.now && !isBefore(top, lastPage(blocks, height));
  stage.view.setState({ conversation: following ? undefined : anchorAt(items, top) });
}

function scrollTests(stage: Stage, scroll: Scroll): void {
  const page = pageTests(stage.screen.getState(), stage);
  if (page === undefined) return;
  const top = scroll === 'top' ? 0 : scroll === 'end' ? page.last : page.top + rowsOf(scroll, page.height);
  const running = stage.engine.session.getState().tests.running !== undefined;
  stage.view.setState({
    tests: running && top >= page.last ? undefined : Math.max(0, Math.min(top, page.last)),
  });
}

function scrollCommits(stage: Stage, scroll: Scroll): void {
  const screen = stage.screen.getState();
  const page = pageCommits(screen, stage);
  if (page === undefined) return;
  const top = scroll === 'top' ? 0 : scroll === 'end' ? page.last : page.top + rowsOf(scroll, page.height);
  const at = Math.max(0, Math.min(top, page.last));
  stage.view.setState({ commits: at === 0 ? undefined : screen.log.rows[at]?.sha });
  if (at + page.height >= page.last) stage.log.more();
}

/** A page leaves one row of the page before on the screen. */
function rowsOf(scroll: { readonly rows: number } | { readonly pages: number }, height: number): number {
  return 'rows' in scroll ? scroll.rows : scroll.pages * Math.max(1, height - 1);
}
