// The conversation: what of prompts, answers, calls and streaming text is on the screen.
import { useStore } from 'zustand';
import type { Item } from '../../session/conversation.ts';
import { bodyOf } from '../layout.ts';
import { Rows } from '../parts/rows.tsx';
import type { Screen } from '../screen.ts';
import type { Stage } from '../stage.ts';
import { listConversation, topOf } from './conversation-list.ts';
import { pageQueue } from './queue.ts';
import { type Blocks, distance, type Position, take } from './scroll.ts';

export function ConversationPane({ stage }: { readonly stage: Stage }) {
  const screen = useStore(stage.screen);
  const body = bodyOf(screen.layout, 'conversation');
  const page = pageConversation(screen, stage);
  return body && page ? <Rows rows={page.rows} width={body.width} height={body.height} /> : null;
}

export interface ConversationPage {
  /** Exactly as many as the pane is high. */
  readonly rows: readonly string[];
  readonly items: readonly Item[];
  readonly blocks: Blocks;
  readonly top: Position;
  /** Rows of the pane without those of the queue. */
  readonly height: number;
}

/** Undefined where the layout does not show the conversation. */
export function pageConversation(screen: Screen, { rows, theme }: Stage): ConversationPage | undefined {
  const body = bodyOf(screen.layout, 'conversation');
  if (body === undefined) return undefined;
  const { items, view } = screen;
  const queue = pageQueue(screen, body.width, body.height, theme);
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
  const top = topOf(items, blocks, view.conversation, height);
  const shown = take(blocks, top, height);
  const following = view.conversation === undefined;
  const below = following ? 0 : distance(blocks, top, { block: blocks.count, row: 0 }) - shown.length;
  if (below > 0 || !screen.now) {
    const mark = theme.sgr('dim', `↓ ${below}${screen.now ? '' : '+'} rows below`);
    shown.splice(height - 1, 1, mark);
  }
  const blank = Array.from({ length: height - shown.length }, () => '');
  return { rows: [...shown, ...blank, ...queue], items, blocks, top, height };
}
