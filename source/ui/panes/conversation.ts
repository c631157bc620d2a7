// The conversation: what of prompts, answers, calls and streaming text is on the screen.
import type { Item } from '../../session/conversation.ts';
import { bodyOf } from '../layout.ts';
import type { Screen } from '../screen.ts';
import { findMatches, markMatches, patternOf } from '../search/find.ts';
import type { Stage } from '../stage.ts';
import { cut } from '../text/width.ts';
import type { Theme } from '../theme.ts';
import type { Search } from '../view.ts';
import { indexOfKey, listConversation, newestPrompt, topOf } from './conversation-list.ts';
import { pageQueue } from './queue.ts';
import { type Blocks, distance, isBefore, lastPage, type Position, start, take, walk } from './scroll.ts';

export function drawConversation(screen: Screen, stage: Stage): readonly string[] {
  return pageConversation(screen, stage)?.rows ?? [];
}

export interface ConversationPage {
  /** Exactly as many as the pane is high. */
  readonly rows: readonly string[];
  readonly items: readonly Item[];
  readonly blocks: Blocks;
  readonly top: Position;
  /** The last row on the screen. */
  readonly foot: Position;
  /** Rows of the pane without those of the queue, and columns. */
  readonly height: number;
  readonly width: number;
}

/** Whoever has more rows below does not count them, and a frame does not lay them out. */
const MOST_BELOW = 500;

/** Undefined where the layout does not show the conversation. */
export function pageConversation(screen: Screen, stage: Stage): ConversationPage | undefined {
  const body = bodyOf(screen.layout, 'conversation');
  if (body === undefined) return undefined;
  const { items, view } = screen;
  const { rows, theme } = stage;
  const queue = pageQueue(screen, body.width, body.height, stage);
  const height = body.height - queue.length;
  const live = screen.now ? screen.live : undefined;
  const { turned, selected } = view;
  const blocks = listConversation(rows, {
    items,
    live,
    turned,
    selected,
    width: body.width,
    height,
    // A countdown that nothing waits for is over, whatever the clock says.
    now: screen.live.retry === null ? Number.POSITIVE_INFINITY : screen.at,
  });
  const grows = view.conversation === undefined && screen.session.turns.running !== undefined;
  const top = grows
    ? followed(blocks, newestPrompt(items), height)
    : topOf(items, blocks, view.conversation, height, body.width);
  const foot = walk(blocks, top, height - 1);
  const page = { items, blocks, top, foot, height, width: body.width };
  const taken = take(blocks, top, height);
  const search = view.focus === 'conversation' ? view.search : undefined;
  const shown = search === undefined ? taken : marked(page, taken, search, theme);
  const following = view.conversation === undefined;
  const end = { block: blocks.count, row: 0 };
  const below = following ? 0 : distance(blocks, top, end, height + MOST_BELOW) - taken.length;
  if (below > 0 || !screen.now) {
    const more = screen.now && below <= MOST_BELOW ? '' : '+';
    const mark = theme.sgr('dim', `↓ ${Math.min(below, MOST_BELOW)}${more} rows below`);
    shown.splice(height - 1, 1, cut(mark, body.width));
  }
  const blank = Array.from({ length: height - shown.length }, () => '');
  return { ...page, rows: [...shown, ...blank, ...queue] };
}

/** Of the pane's rows: what is left blank for what streams. */
const STEP_SHARE = 0.25;

/**
 * The top of what follows a running turn. The end moves up by several rows at once, because each time it does the whole
 * pane is written to the terminal anew: 10 kB at 120x40, a line that grows takes a hundredth of that.
 */
function followed(blocks: Blocks, prompt: number, height: number): Position {
  const end = lastPage(blocks, height);
  if (!isBefore(start, end)) return end;
  const step = Math.max(1, Math.floor(height * STEP_SHARE));
  const rows = distance(blocks, { block: Math.max(0, prompt), row: 0 }, { block: blocks.count, row: 0 });
  return lastPage(blocks, height - ((step - (rows % step)) % step));
}

/** The rows on the screen with what is searched marked in them. */
function marked(
  { items, blocks, top, width }: Omit<ConversationPage, 'rows'>,
  rows: readonly string[],
  { query, at }: Search,
  theme: Theme,
): string[] {
  const pattern = patternOf(query);
  if (pattern === undefined) return [...rows];
  const matches = findMatches(rows, width, pattern);
  if (at === undefined || !('item' in at)) return markMatches(rows, matches, theme);
  const block = indexOfKey(items, at.item);
  const [start] = block < 0 ? [] : (findMatches(blocks.rows(block), width, pattern)[at.nth] ?? []);
  const place: Position = { block, row: start?.row ?? 0 };
  const row = start === undefined || isBefore(place, top) ? -1 : distance(blocks, top, place, rows.length);
  const current = matches.find(([first]) => first.row === row && first.from === start?.from);
  return markMatches(rows, matches, theme, current);
}
