// The item of the conversation that keys are about: selected, brought onto the screen, opened.
import type { Item } from '../../session/conversation.ts';
import { messageOf } from '../rows/item-text.ts';
import type { Screen } from '../screen.ts';
import type { Stage } from '../stage.ts';
import { type ConversationPage, pageConversation } from './conversation.ts';
import { anchorAt, indexOfKey, keyAt } from './conversation-list.ts';
import { distance, isBefore, lastPage, type Position, walk } from './scroll.ts';

/** What would be drawn now, with what was read of the journal and of git since the last frame. */
export function screenNow(stage: Stage): Screen {
  const { conversation, claims } = stage.engine.session.getState();
  const { past, log } = stage;
  return {
    ...stage.screen.getState(),
    log: log.current(),
    work: log.work(claims),
    view: stage.view.getState(),
    items: past.join(conversation),
    now: past.reachesNow(conversation),
  };
}

/** Whatever is selected can be copied. */
export function isSelectable(item: Item): boolean {
  return messageOf(item) !== '' || item.kind === 'call';
}

export function isPrompt(item: Item): boolean {
  return item.kind === 'prompt' && !item.steer;
}

export interface Selected {
  readonly item: Item;
  readonly key: string;
  readonly block: number;
}

/** The selected item, else the last one on the screen or above it that is `likely` meant. */
export function selectedItem(
  stage: Stage,
  likely: (item: Item) => boolean = isSelectable,
): Selected | undefined {
  const screen = screenNow(stage);
  const page = pageConversation(screen, stage);
  if (page === undefined) return undefined;
  const { items, foot } = page;
  const selected = indexOfKey(items, screen.view.selected);
  const block = selected >= 0 ? selected : items.slice(0, foot.block + 1).findLastIndex(likely);
  const item = items[block];
  return item && { item, key: keyAt(items, block), block };
}

/** Selects the next item (or, with -1, the one before), and brings it onto the screen. */
export async function selectItem(
  stage: Stage,
  by: 1 | -1,
  wanted: (item: Item) => boolean = isSelectable,
): Promise<void> {
  const { past, engine } = stage;
  const from = standing(stage, by);
  if (from === undefined) return;
  for (;;) {
    const screen = screenNow(stage);
    const page = pageConversation(screen, stage);
    if (page === undefined) return;
    const at = nextItem(page.items, from, by, wanted);
    if (at !== undefined) return select(stage, page, at, wanted === isPrompt);
    const { conversation } = engine.session.getState();
    const ends = by < 0 ? past.reachesStart(conversation) : past.reachesNow(conversation);
    if (ends) return by > 0 ? leaveSelection(stage) : undefined;
    const [first, last] = [page.items[0]?.seq, page.items.at(-1)?.seq];
    await (by < 0 ? past.earlier(conversation) : past.later(conversation));
    const { items } = screenNow(stage);
    // Somebody else reads, or nothing can be read.
    if (items[0]?.seq === first && items.at(-1)?.seq === last) return;
  }
}

/** Where the selection stands; without one, behind the last item on the screen, or above the first for the way down. */
function standing(stage: Stage, by: 1 | -1): { readonly seq: number; readonly key?: string } | undefined {
  const page = pageConversation(stage.screen.getState(), stage);
  if (page === undefined) return undefined;
  const { items, top, foot } = page;
  const { selected } = stage.view.getState();
  const current = indexOfKey(items, selected);
  const item = items[current];
  if (item !== undefined && selected !== undefined) return { seq: item.seq, key: selected };
  const block = by < 0 ? foot.block : top.block;
  // Just beyond it, so that it is the first to be selected.
  return { seq: (items[block]?.seq ?? Number.POSITIVE_INFINITY) + (by < 0 ? 0.5 : -0.5) };
}

function nextItem(
  items: readonly Item[],
  from: { readonly seq: number; readonly key?: string },
  by: 1 | -1,
  wanted: (item: Item) => boolean,
): number | undefined {
  const known = indexOfKey(items, from.key);
  const beyond = items.findIndex((item) => item.seq > from.seq);
  const end = beyond < 0 ? items.length : beyond;
  const start = known >= 0 ? known + by : by < 0 ? end - 1 : end;
  for (let at = start; at >= 0 && at < items.length; at += by) {
    const item = items[at];
    if (item !== undefined && wanted(item)) return at;
  }
  return undefined;
}

function select(stage: Stage, page: ConversationPage, at: number, onTop: boolean): void {
  stage.view.setState({ selected: keyAt(page.items, at) });
  if (onTop) showFrom(stage, { block: at, row: 0 });
  else reveal(stage, { block: at, row: 0 });
}

/** Below the last item nothing is selected, and the end is followed. */
function leaveSelection(stage: Stage): void {
  stage.past.forget();
  stage.view.setState({ selected: undefined, conversation: undefined });
}

/** Brings a row onto the screen where it is not there yet. */
export function reveal(stage: Stage, place: Position): void {
  const page = pageConversation(screenNow(stage), stage);
  if (page === undefined) return;
  const { blocks, height, top } = page;
  const inside = !isBefore(place, top) && distance(blocks, top, place, height) < height - 1;
  if (inside) stay(stage, page);
  else showFrom(stage, walk(blocks, place, -Math.floor(height / 3)));
}

/** A page that does not follow the end any more stays where it is. */
function stay(stage: Stage, page: ConversationPage): void {
  const { conversation } = stage.view.getState();
  if (conversation !== undefined) showFrom(stage, page.top);
}

/** Puts a row on top, or as far up as the end of the conversation lets it. */
function showFrom(stage: Stage, top: Position): void {
  const screen = screenNow(stage);
  const page = pageConversation(screen, stage);
  if (page === undefined) return;
  const { items, blocks, height, width } = page;
  const end = !isBefore(top, lastPage(blocks, height));
  const anchor = anchorAt(items, blocks, end ? lastPage(blocks, height) : top, width);
  stage.view.setState({ conversation: end && screen.now ? undefined : anchor });
}
