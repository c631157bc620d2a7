// The conversation as blocks of rows: its items, and behind them what is streaming.
import type { LiveState } from '../../engine/face.ts';
import type { Item } from '../../session/conversation.ts';
import type { ConversationRows } from '../rows/conversation-rows.ts';
import type { Anchor } from '../view.ts';
import { type Blocks, isBefore, lastPage, type Position } from './scroll.ts';

export interface ConversationParts {
  readonly items: readonly Item[];
  /** Absent where the newest items are not among these. */
  readonly live?: LiveState;
  readonly turned: ReadonlySet<string>;
  readonly selected?: string;
  readonly width: number;
  /** Of the pane: a patch takes half of it at most. */
  readonly height: number;
  /** Epoch ms. */
  readonly now: number;
}

export function listConversation(rows: ConversationRows, parts: ConversationParts): Blocks {
  const { items, live, width, now } = parts;
  const prompt = newestPrompt(items);
  const maxPatchRows = Math.max(1, Math.floor(parts.height / 2));
  return {
    count: items.length + (live === undefined ? 0 : 1),
    rows: (block) => {
      const item = items[block];
      if (item === undefined) return live === undefined ? [] : rows.live(live, width, maxPatchRows);
      const selected = item.kind === 'call' && item.call === parts.selected;
      return rows.item(item, width, {
        open: isOpen(item, block > prompt, parts.turned),
        now,
        selected,
        maxPatchRows,
      });
    },
  };
}

/** Index of the prompt of the newest turn. */
export function newestPrompt(items: readonly Item[]): number {
  return items.findLastIndex((item) => item.kind === 'prompt' && !item.steer);
}

/** The newest turn's patches stay open until the next prompt; every call can be turned the other way. */
function isOpen(item: Item, newest: boolean, turned: ReadonlySet<string>): boolean {
  if (item.kind !== 'call') return false;
  return turned.has(item.call) !== (newest && item.name === 'apply_patch');
}

/** What stays on top of the pane, whatever is added below. */
export function anchorAt(items: readonly Item[], { block, row }: Position): Anchor {
  const item = items[block];
  if (item === undefined) return { seq: items.at(-1)?.seq ?? 0, nth: 'live', row };
  const first = items.findIndex((each) => each.seq === item.seq);
  return { seq: item.seq, nth: block - first, row };
}

/** Where that is now. What was streaming is found again in the items that it became. */
export function positionOf(items: readonly Item[], blocks: Blocks, anchor: Anchor): Position {
  const behind = items.findIndex((item) => item.seq > anchor.seq);
  const next = behind < 0 ? items.length : behind;
  if (anchor.nth === 'live') return clamp(blocks, { block: next, row: anchor.row });
  const first = items.findIndex((item) => item.seq === anchor.seq);
  if (first < 0) return { block: next, row: 0 };
  return clamp(blocks, { block: Math.min(first + anchor.nth, next - 1), row: anchor.row });
}

function clamp(blocks: Blocks, { block, row }: Position): Position {
  if (block >= blocks.count) return { block: blocks.count, row: 0 };
  return { block, row: Math.max(0, Math.min(row, blocks.rows(block).length - 1)) };
}

/** The top row of the pane: where it was left, or so that the end is on the screen. */
export function topOf(
  items: readonly Item[],
  blocks: Blocks,
  anchor: Anchor | undefined,
  height: number,
): Position {
  const end = lastPage(blocks, height);
  if (anchor === undefined) return end;
  const top = positionOf(items, blocks, anchor);
  return isBefore(top, end) ? top : end;
}
