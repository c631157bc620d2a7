// What people read of a session, item by item: each laid out once for a width and kept as long as the item is.
import type { LiveState } from '../../engine/face.ts';
import type { Item } from '../../session/conversation.ts';
import { clock, plural } from '../text/amounts.ts';
import { behind } from '../text/behind.ts';
import { clean } from '../text/clean.ts';
import { markdownRows } from '../text/markdown.ts';
import type { Theme } from '../theme.ts';
import { callRows } from './call-rows.ts';
import { createLiveRows, type LiveRows, newestOutput } from './live-rows.ts';
import { commitRow, compactionRow, endRows, noticeRows, referenceRow, searchRow } from './quiet-rows.ts';
import { foldedThought, wholeThought } from './thought-rows.ts';

export interface ItemOptions {
  /** A patch is drawn, another call's output is shown, reasoning is shown whole. */
  readonly open: boolean;
  /** Epoch ms, for the countdown of a retry. */
  readonly now: number;
  readonly selected?: boolean;
  /** The most rows of an open patch; all of them without it. */
  readonly maxPatchRows?: number;
}

export interface ConversationRows {
  /** Rows of an item, styled and each at most `width` columns. The array is shared: it must not be changed. */
  item(item: Item, width: number, options: ItemOptions): readonly string[];
  /** Rows of what a running call has written so far; they stand under the call's own. */
  output(output: string, width: number): string[];
  /** Rows of what is not an item yet: the answer and the calls that stream in. */
  live(live: LiveState, width: number, maxPatchRows: number): string[];
  ahead: LiveRows['ahead'];
}

/** A prompt can be a whole log file; people know what they pasted. */
const maxPromptCharacters = 20_000;

/** Rows in one theme. Layouts are kept by item, one each: the newest width and options. */
export function createConversationRows(theme: Theme): ConversationRows {
  const kept = new WeakMap<Item, { readonly key: string; readonly rows: readonly string[] }>();
  const live = createLiveRows(theme);
  return {
    item(item, width, options) {
      if (width < 1) return [];
      const { open, selected = false, maxPatchRows } = options;
      const key = [
        width,
        open,
        selected,
        // An answer of 20,000 tokens is not laid out anew because the composer grew by a row.
        item.kind === 'call' ? maxPatchRows : '',
        item.kind === 'retry' ? untilRetry(item, options.now) : '',
      ].join();
      const known = kept.get(item);
      if (known?.key === key) return known.rows;
      const plain = itemRows(item, width, theme, options, live);
      const rows = selected ? marked(plain, theme) : plain;
      kept.set(item, { key, rows });
      return rows;
    },
    output: (output, width) => newestOutput(output, width, theme),
    live: live.rows,
    ahead: live.ahead,
  };
}

function itemRows(
  item: Item,
  width: number,
  theme: Theme,
  options: ItemOptions,
  { streamed }: LiveRows,
): string[] {
  switch (item.kind) {
    case 'prompt':
      return promptRows(item, width, theme);
    case 'answer':
      return answerRows(item, width, theme, options.open, streamed);
    case 'call':
      return callRows(item, width, theme, options);
    case 'search':
      return [searchRow(item, width, theme)];
    case 'notice':
      return noticeRows(item, width, theme);
    case 'retry':
      return retryRows(item, width, theme, options.now);
    case 'commit':
      return [commitRow(item, width, theme)];
    case 'reference':
      return [referenceRow(item, width, theme)];
    case 'compaction':
      return [compactionRow(item, width, theme)];
    case 'end':
      return endRows(item, width, theme);
    default:
      return item satisfies never;
  }
}

const imageLabels = /\[image [^\]\n]+ \d+×\d+\]/g;

function promptRows(item: Item & { kind: 'prompt' }, width: number, theme: Theme): string[] {
  // Most images are named where they stand in the words.
  const unnamed = item.images - (item.text.match(imageLabels)?.length ?? 0);
  const images = unnamed > 0 ? theme.sgr('dim', ` [${plural(unnamed, 'image')}]`) : '';
  const more = item.text.length - maxPromptCharacters;
  const rest = more > 0 ? theme.sgr('dim', `… ${plural(more, 'more character')}`) : '';
  const text = theme.sgr('prompt', clean(item.text.slice(0, maxPromptCharacters)).trimEnd());
  const mark = theme.sgr('accent', item.steer ? '↳ steer ' : '› ');
  return ['', ...behind(mark, text + rest + images, width)];
}

function answerRows(
  { text, reasoning }: Item & { kind: 'answer' },
  width: number,
  theme: Theme,
  open: boolean,
  streamed: LiveRows['streamed'],
): string[] {
  const thought = (open ? wholeThought : foldedThought)(reasoning, width, theme);
  if (text.trim() === '') return thought;
  return [...thought, '', ...(streamed(text, width) ?? markdownRows(text, width, theme)), ''];
}

function retryRows(item: Item & { kind: 'retry' }, width: number, theme: Theme, now: number): string[] {
  const seconds = untilRetry(item, now);
  const next = seconds > 0 ? `again in ${clock(seconds * 1_000)}` : 'asked again';
  const reason = clean(item.reason, { newlines: false }).replace(/\.$/, '');
  return behind(theme.sgr('warn', '⟳ '), `${reason} · ${next}`, width);
}

/** Whole seconds until the request is sent again; 0 when it was. */
function untilRetry(item: Item & { kind: 'retry' }, now: number): number {
  return Math.max(0, Math.ceil((item.at + item.inMs - now) / 1_000));
}

function marked(rows: readonly string[], theme: Theme): string[] {
  const first = rows.findIndex((row) => row !== '');
  return rows.map((row, at) => (at === first ? theme.sgr('selection', row) : row));
}
