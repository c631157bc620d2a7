// What a search finds in the conversation, newest first: read from the journal page by page, so that it reaches the first
// prompt at constant memory, and between two pages keys and frames have their turn.
import type { Item } from '../../session/conversation.ts';
import type { Recorded } from '../../session/events.ts';
import { keysOf } from '../panes/conversation-list.ts';
import { BEHIND, type History, stretchOf } from '../panes/past.ts';
import type { ConversationRows } from '../rows/conversation-rows.ts';
import { wordsOf } from '../rows/item-text.ts';
import { clean } from '../text/clean.ts';
import { findMatches, MOST_MATCHES, patternOf } from './find.ts';

/** The nth match of an item, counted from its top. A call is one match, however often its output says it. */
export interface Hit {
  readonly item: string;
  readonly seq: number;
  readonly nth: number;
}

export interface ConversationSearch {
  /** What has been found so far; `done` when the first event has been reached, or as many as anybody goes through. */
  found(): { readonly hits: readonly Hit[]; readonly done: boolean };
  /** Begins anew, from the event `seq` back. Rows are laid out for `width`. */
  start(query: string, width: number, seq: number): void;
  /** Takes in what was recorded since. */
  extend(seq: number): void;
  stop(): void;
}

/** Events that are read and searched at once: some 10 ms. */
const PAGE = 400;
/** Of one item: a pasted log file can have any size. */
const MOST_CHARACTERS = 400_000;
const none = { hits: [], done: true } as const;

interface Search {
  readonly pattern: RegExp;
  readonly letters: RegExp | undefined;
  readonly width: number;
}

/** `onFound` is called whenever there is more. */
export function createConversationSearch(
  history: History,
  rows: () => ConversationRows,
  onFound: () => void,
): ConversationSearch {
  let hits: readonly Hit[] = [];
  let current: Search | undefined;
  let newest = 0;
  let done = true;
  let extending = false;

  const hitsOf = async (search: Search, from: number, to: number): Promise<Hit[]> => {
    const events = await history(from, to - from + 1 + BEHIND);
    const { items } = stretchOf(events, from, to);
    const outputs = outputsOf(events);
    return hitsIn(items, (item) =>
      countIn(item, item.kind === 'call' ? outputs.get(item.call) : undefined, search, rows()),
    );
  };
  const goBack = async (search: Search): Promise<void> => {
    for (let to = newest; to > 0 && hits.length < MOST_MATCHES; to -= PAGE) {
      const more = await hitsOf(search, Math.max(1, to - PAGE + 1), to);
      if (search !== current) return;
      hits = [...hits, ...more];
      if (more.length > 0) onFound();
      await new Promise((resolve) => setImmediate(resolve));
    }
    if (search !== current) return;
    done = true;
    onFound();
  };
  const goOn = async (search: Search, to: number): Promise<void> => {
    const from = Math.max(newest + 1, to - PAGE + 1);
    const more = await hitsOf(search, from, to);
    if (search !== current) return;
    newest = to;
    hits = [...more, ...hits];
    if (more.length > 0) onFound();
  };
  /** What cannot be read has nothing to be found in; the journal's own errors come from where it is written. */
  const quietly = (work: Promise<void>): void => {
    work
      .catch(() => {
        done = true;
      })
      .finally(() => {
        extending = false;
      });
  };

  return {
    found: () => (current === undefined ? none : { hits, done }),
    start: (query, width, seq) => {
      const pattern = patternOf(query);
      hits = [];
      current = undefined;
      done = true;
      if (pattern === undefined) return;
      current = { pattern, letters: lettersOf(query), width };
      newest = seq;
      done = false;
      quietly(goBack(current));
    },
    extend: (seq) => {
      if (current === undefined || !done || extending || seq <= newest) return;
      extending = true;
      quietly(goOn(current, seq));
    },
    stop: () => {
      current = undefined;
      hits = [];
    },
  };
}

function outputsOf(events: readonly Recorded[]): Map<string, string> {
  const outputs = new Map<string, string>();
  for (const event of events) if (event.type === 'call.finished') outputs.set(event.call, event.output);
  return outputs;
}

/** Newest first. */
function hitsIn(items: readonly Item[], count: (item: Item) => number): Hit[] {
  const keys = keysOf(items);
  const found: Hit[] = [];
  items.forEach((item, at) => {
    const matches = count(item);
    for (let nth = 0; nth < matches; nth += 1) found.push({ item: keys[at] ?? '', seq: item.seq, nth });
  });
  return found.reverse();
}

function countIn(item: Item, output: string | undefined, search: Search, rows: ConversationRows): number {
  const { pattern, letters, width } = search;
  const words = wordsOf(item, output).slice(0, MOST_CHARACTERS);
  if (letters !== undefined && !letters.test(bare(words))) return 0;
  if (item.kind === 'call') return clean(words).search(pattern) < 0 ? 0 : 1;
  const laidOut = rows.item(item, width, { open: true, now: Number.POSITIVE_INFINITY });
  return findMatches(laidOut, width, pattern).length;
}

/** Whoever lacks the query's letters lacks the query, marks and line ends aside: that is cheaper than laying it out. */
function lettersOf(query: string): RegExp | undefined {
  const pattern = patternOf(query);
  const letters = bare(query);
  return pattern === undefined || letters === ''
    ? undefined
    : new RegExp(letters, pattern.flags.replace('g', ''));
}

function bare(text: string): string {
  return text.replace(/[^\p{L}\p{N}]+/gu, '');
}
