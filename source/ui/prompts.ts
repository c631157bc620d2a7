// Earlier prompts, with their chips: for going back through them and for searching them, across restarts.
import type { Item } from '../session/conversation.ts';
import { labelOf } from './editing/chips.ts';
import type { Kept } from './kept.ts';

/** How many are kept, and how many characters all of them and each may have. */
const MOST = { count: 1_000, characters: 400_000, each: 100_000 };

export interface FoundPrompt {
  readonly kept: Kept;
  /** UTF-16 index of the match in the text; absent where it is in a chip's label. */
  readonly at?: number;
  /** From 0, the newest match first. */
  readonly nth: number;
  readonly count: number;
}

export interface Prompts {
  /** Oldest first, each once, where it was said last. */
  all(): readonly Kept[];
  /** What is about to be sent from here comes by `add`, and is not absorbed. */
  expect(text: string): void;
  add(kept: Kept): void;
  /** Those of other terminals and of before, as far as they are there. Whether there were new ones. */
  absorb(items: readonly Item[]): boolean;
  /** The nth match, or the last; undefined where there is none. Letters of either case match. */
  find(query: string, nth: number): FoundPrompt | undefined;
  /** As JSON. The events up to `seen` are among them. */
  written(): { readonly list: string; readonly seen: number };
}

interface Entry {
  readonly kept: Kept;
  readonly json: string;
  /** What is searched: the text, then what its chips are called. */
  readonly words: string;
}

export function createPrompts(known: readonly Kept[], seenBefore: number): Prompts {
  let entries: readonly Entry[] = bounded(known.map(entryOf));
  let seen = seenBefore;
  let all: readonly Kept[] | undefined;
  let list: string | undefined;
  let last: { query: string; found: readonly { kept: Kept; at: number }[] } | undefined;
  const sent = new Set<string>();
  const put = (kept: Kept): void => {
    const entry = entryOf(kept);
    if (entry.json.length > MOST.each) return;
    entries = bounded([...entries.filter(({ json }) => json !== entry.json), entry]);
    all = undefined;
    list = undefined;
    last = undefined;
  };
  return {
    all: () => {
      all ??= entries.map(({ kept }) => kept);
      return all;
    },
    expect: (text) => void sent.add(text),
    add: put,
    absorb(items) {
      const newest = items.findLast((item) => item.kind === 'prompt')?.seq ?? 0;
      if (newest <= seen) return false;
      for (const item of items) {
        if (item.seq <= seen || item.kind !== 'prompt' || sent.delete(item.text)) continue;
        if (!entries.some(({ kept }) => kept.text === item.text)) put({ text: item.text, chips: [] });
      }
      seen = newest;
      return true;
    },
    find(query, nth) {
      if (last?.query !== query) last = { query, found: search(entries, query.toLowerCase()) };
      const { found } = last;
      const at = Math.min(nth, found.length - 1);
      const match = found[at];
      if (match === undefined) return undefined;
      const seenAt = match.at < match.kept.text.length ? { at: match.at } : {};
      return { kept: match.kept, nth: at, count: found.length, ...seenAt };
    },
    written: () => {
      list ??= `[${entries.map(({ json }) => json).join(',')}]`;
      return { list, seen };
    },
  };
}

function search(entries: readonly Entry[], query: string): readonly { kept: Kept; at: number }[] {
  return entries.toReversed().flatMap(({ kept, words }) => {
    const at = words.indexOf(query);
    return at < 0 ? [] : [{ kept, at }];
  });
}

function entryOf(kept: Kept): Entry {
  const labels = kept.chips.map(([, chip]) => labelOf(chip)).join(' ');
  const words = `${kept.text}\n${labels}`.toLowerCase();
  return { kept, json: JSON.stringify(kept), words };
}

/** The newest that fit. */
function bounded(entries: readonly Entry[]): readonly Entry[] {
  let characters = 0;
  let from = entries.length;
  while (from > 0 && entries.length - from < MOST.count) {
    characters += entries[from - 1]?.json.length ?? 0;
    if (characters > MOST.characters) break;
    from--;
  }
  return entries.slice(from);
}
