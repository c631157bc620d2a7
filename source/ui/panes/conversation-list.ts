// The conversation as blocks of rows: its items, and behind them what is streaming.
import type { LiveState } from '../../engine/face.ts';
import type { Item } from '../../session/conversation.ts';
import type { ConversationRows } from '../rows/conversation-rows.ts';
import { plainText } from '../search/find.ts';
import type { Anchor } from '../view.ts';
import { type Blocks, isBefore, lastPage, type Position, walk } from './scroll.ts';

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
  const maxPatchRows = Math.max(2, Math.floor(parts.height / 2));
  /** A frame looks at them several times. */
  let liveRows: readonly string[] | undefined;
  return {
    count: items.length + (live === undefined ? 0 : 1),
    rows: (block) => {
      const item = items[block];
      if (item === undefined) {
        liveRows ??= live === undefined ? [] : rows.live(live, width, maxPatchRows);
        return liveRows;
      }
      const key = keyAt(items, block);
      const own = rows.item(item, width, {
        open: isOpen(item, key, block > prompt, parts.turned),
        now,
        selected: key === parts.selected,
        maxPatchRows,
      });
      const output = item.kind === 'call' ? live?.output.get(item.call)?.() : undefined;
      return output === undefined ? own : [...own, ...rows.output(output, width)];
    },
  };
}

/** Index of the prompt of the newest turn. */
export function newestPrompt(items: readonly Item[]): number {
  return items.findLastIndex((item) => item.kind === 'prompt' && !item.steer);
}

/** The newest turn's patches stay open until the next prompt; every item can be turned the other way. */
export function isOpen(item: Item, key: string, newest: boolean, turned: ReadonlySet<string>): boolean {
  return turned.has(key) !== (newest && item.kind === 'call' && item.name === 'apply_patch');
}

/** Names an item for good, whatever else of the session is among the items. */
export function keyAt(items: readonly Item[], at: number): string {
  const item = items[at];
  if (item === undefined) return '';
  if (item.kind === 'call') return item.call;
  let nth = 0;
  for (let before = at - 1; items[before]?.seq === item.seq; before -= 1)
    if (items[before]?.kind === item.kind) nth += 1;
  return `${item.kind} ${item.seq} ${nth}`;
}

export function keysOf(items: readonly Item[]): string[] {
  return items.map((_, at) => keyAt(items, at));
}

/** The place of the item among these; -1 where it is not. */
export function indexOfKey(items: readonly Item[], key: string | undefined): number {
  return key === undefined ? -1 : items.findIndex((_, at) => keyAt(items, at) === key);
}

/** What stays on top of the pane, whatever is added below. `width`: of the blocks' rows. */
export function anchorAt(
  items: readonly Item[],
  blocks: Blocks,
  { block, row }: Position,
  width: number,
): Anchor {
  const item = items[block];
  const letters = row === 0 ? 0 : lettersIn(blocks.rows(block).slice(0, row));
  if (item === undefined) return { seq: items.at(-1)?.seq ?? 0, nth: 'live', row, width, letters };
  const first = items.findIndex((each) => each.seq === item.seq);
  return { seq: item.seq, nth: block - first, row, width, letters };
}

/** Where that is now. What was streaming is found again in the items that it became. */
function positionOf(items: readonly Item[], blocks: Blocks, anchor: Anchor, width: number): Position {
  const behind = items.findIndex((item) => item.seq > anchor.seq);
  const next = behind < 0 ? items.length : behind;
  if (anchor.nth === 'live') return fromLive(blocks, next, anchor, width);
  const first = items.findIndex((item) => item.seq === anchor.seq);
  if (first < 0) return { block: next, row: 0 };
  const block = Math.min(first + anchor.nth, next - 1);
  const rows = blocks.rows(block);
  return { block, row: Math.max(0, Math.min(rowOf(rows, anchor, width), rows.length - 1)) };
}

/** The rows of an answer and its calls stand as they stood while they streamed. */
function fromLive(blocks: Blocks, block: number, anchor: Anchor, width: number): Position {
  if (anchor.width === width) return walk(blocks, { block, row: 0 }, anchor.row);
  return walk(blocks, { block, row: 0 }, block < blocks.count ? rowOf(blocks.rows(block), anchor, width) : 0);
}

/** In another width the same words stand in other rows. */
function rowOf(rows: readonly string[], { row, letters, width: before }: Anchor, width: number): number {
  if (before === width || row === 0) return row;
  let above = 0;
  for (let at = 0; at < rows.length; at += 1) {
    above += lettersIn(rows.slice(at, at + 1));
    if (above > letters) return at;
  }
  return rows.length - 1;
}

function lettersIn(rows: readonly string[]): number {
  return rows.reduce((sum, row) => sum + plainText(row).replaceAll(' ', '').length, 0);
}

/** The top row of the pane: where it was left, or so that the end is on the screen. */
export function topOf(
  items: readonly Item[],
  blocks: Blocks,
  anchor: Anchor | undefined,
  height: number,
  width: number,
): Position {
  const end = lastPage(blocks, height);
  if (anchor === undefined) return end;
  const top = positionOf(items, blocks, anchor, width);
  return isBefore(top, end) ? top : end;
}
