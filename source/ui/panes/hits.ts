// Brings a match of the conversation onto the screen, from wherever in the session's past it is.

import type { Hit } from '../search/conversation-search.ts';
import { findMatches, patternOf } from '../search/find.ts';
import type { Stage } from '../stage.ts';
import type { Spot } from '../view.ts';
import { pageConversation } from './conversation.ts';
import { indexOfKey, isOpen, newestPrompt } from './conversation-list.ts';
import { reveal, screenNow } from './items.ts';

/** The newest match that is not below where the search began; when all are, the first from there. */
export function hitNear(hits: readonly Hit[], done: boolean, from: Spot): Hit | undefined {
  if (!('item' in from)) return undefined;
  return hits.find((hit) => hit.seq <= from.seq) ?? (done ? hits.at(-1) : undefined);
}

/** An item that shows the match only when it is open is opened. */
export async function showHit(stage: Stage, hit: Hit, query: string): Promise<void> {
  const pattern = patternOf(query);
  if (pattern === undefined) return;
  const { past, engine } = stage;
  if (indexOfKey(screenNow(stage).items, hit.item) < 0) {
    await past.visit(hit.seq, engine.session.getState().conversation);
    // Meanwhile the person may have gone on.
    const { search } = stage.view.getState();
    if (search?.at === undefined || !('item' in search.at) || search.at.item !== hit.item) return;
  }
  const screen = screenNow(stage);
  const { items } = screen;
  const block = indexOfKey(items, hit.item);
  const item = items[block];
  const page = pageConversation(screen, stage);
  if (item === undefined || page === undefined) return;
  const { turned } = stage.view.getState();
  const rowsWhen = (open: boolean): readonly string[] =>
    stage.rows.item(item, page.width, { open, now: screen.at, maxPatchRows: Math.floor(page.height / 2) });
  const matchesWhen = (open: boolean): number => findMatches(rowsWhen(open), page.width, pattern).length;
  const open = isOpen(item, hit.item, block > newestPrompt(items), turned);
  const [folded, unfolded] = [matchesWhen(false), matchesWhen(true)];
  const opens = !open && (item.kind === 'call' ? folded === 0 && unfolded > 0 : folded !== unfolded);
  if (opens) {
    const next = new Set(turned);
    if (!next.delete(hit.item)) next.add(hit.item);
    stage.view.setState({ turned: next });
  }
  const row = findMatches(rowsWhen(open || opens), page.width, pattern)[hit.nth]?.[0].row ?? 0;
  stage.view.setState({ selected: hit.item });
  reveal(stage, { block, row });
}
