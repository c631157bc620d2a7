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
  /**
   * Begins anew: from the event `from` back, then from `seq`, the newest, to there. Rows are laid out for `width`.
   */
  start(query: string, width: number, seq: number, from: number): void;
  /** Takes in what was recorded since. */
  extend(seq: number): void;
  stop(): void;
}

/** Events that are read and searched at once: some 10 ms. */
const PAGE = 400;
/** Of one item: a pasted log file can have any size. */
const MOST_CHARACTERS = 400_000;
const none = { hits: [], done: true } as const;

/** What a search reads, and whom it tells. */
interface Source {
  readonly history: History;
  readonly rows: () => ConversationRows;
  readonly onFound: () => void;
}

interface Search {
  readonly pattern: RegExp;
  readonly letters: RegExp | undefined;
  readonly width: number;
  /** Matches after the event where the search began, and those up to it; `hits` has both. */
  readonly found: { later: readonly Hit[]; earlier: readonly Hit[] };
  hits: readonly Hit[];
  /** The last event that has been or is being looked at. */
  newest: number;
  done: boolean;
  extending: boolean;
  /** Nobody wants it any more. */
  over: boolean;
}

/** `rows` are those in the theme of the moment; `onFound` is called whenever there is more. */
export function createConversationSearch(
  history: History,
  rows: () => ConversationRows,
  onFound: () => void,
): ConversationSearch {
  const source: Source = { history, rows, onFound };
  let current: Search | undefined;
  const stop = (): void => {
    if (current !== undefined) current.over = true;
    current = undefined;
  };
  return {
    found: () => current ?? none,
    start: (query, width, seq, from) => {
      stop();
      const pattern = patternOf(query);
      if (pattern === undefined) return;
      const found = { later: [], earlier: [] };
      const state = { hits: [], newest: seq, done: false, extending: false, over: false };
      current = { pattern, letters: lettersOf(query), width, found, ...state };
      void quietly(current, goThrough(source, current, Math.min(from, seq)));
    },
    extend: (seq) => {
      if (current === undefined || !current.done || current.extending || seq <= current.newest) return;
      current.extending = true;
      void quietly(current, goOn(source, current, seq));
    },
    stop,
  };
}

/** What cannot be read has nothing to be found in; the journal's own errors come from where it is written. */
async function quietly(search: Search, work: Promise<void>): Promise<void> {
  await work.catch(() => {
    search.done = true;
  });
  search.extending = false;
}

/** From the event `from` back to the first, then from the newest back to there. */
async function goThrough(source: Source, search: Search, from: number): Promise<void> {
  const { newest } = search;
  await goBack(source, search, 'earlier', from, 1);
  await goBack(source, search, 'later', newest, from + 1);
  if (search.over) return;
  search.done = true;
  source.onFound();
}

async function goBack(
  source: Source,
  search: Search,
  side: keyof Search['found'],
  to: number,
  end: number,
): Promise<void> {
  for (let last = to; last >= end && search.hits.length < MOST_MATCHES; last -= PAGE) {
    const more = await hitsOf(source, search, Math.max(end, last - PAGE + 1), last);
    if (search.over) return;
    add(source, search, side, [...search.found[side], ...more]);
    await new Promise((resolve) => setImmediate(resolve));
    if (search.over) return;
  }
}

async function goOn(source: Source, search: Search, to: number): Promise<void> {
  const more = await hitsOf(source, search, Math.max(search.newest + 1, to - PAGE + 1), to);
  if (search.over) return;
  search.newest = to;
  add(source, search, 'later', [...more, ...search.found.later]);
}

function add(source: Source, search: Search, side: keyof Search['found'], all: readonly Hit[]): void {
  if (all.length === search.found[side].length) return;
  search.found[side] = all;
  search.hits = [...search.found.later, ...search.found.earlier];
  source.onFound();
}

async function hitsOf(source: Source, search: Search, from: number, to: number): Promise<Hit[]> {
  const events = await source.history(from, to - from + 1 + BEHIND);
  const { items } = stretchOf(events, from, to);
  const outputs = outputsOf(events);
  return hitsIn(items, (item) =>
    countIn(item, item.kind === 'call' ? outputs.get(item.call) : undefined, search, source.rows()),
  );
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
