// Items of the conversation that the session's window has dropped, read again from the journal while somebody looks.

import {
  type Conversation,
  emptyConversation,
  type Item,
  reduceConversation,
} from '../../session/conversation.ts';
import type { Recorded } from '../../session/events.ts';

export type History = (fromSeq: number, count: number) => Promise<readonly Recorded[]>;

/** Events a page, and how many behind it are read for the ends of calls that began in it. */
const PAGE = 300;
export const BEHIND = 100;
/** Items kept at most: whoever scrolls for hours does not fill the memory. */
const KEPT = 1_200;

export interface Past {
  /** The items that can be scrolled over, oldest first. */
  join(conversation: Conversation): readonly Item[];
  /** Whether the newest item of the session is among them, and whether the oldest is. */
  reachesNow(conversation: Conversation): boolean;
  reachesStart(conversation: Conversation): boolean;
  /** Whoever asks while a page is read waits for that one. */
  earlier(conversation: Conversation): Promise<void>;
  later(conversation: Conversation): Promise<void>;
  /** Has the items around an event, instead of those that it had. */
  visit(seq: number, conversation: Conversation): Promise<void>;
  forget(): void;
}

/** Items of the events `from` to `to`, both included. */
export interface Stretch {
  readonly items: readonly Item[];
  readonly from: number;
  readonly to: number;
}

export function createPast(history: History): Past {
  let kept: Stretch | undefined;
  let reading: Promise<void> | undefined;
  let unreadable = false;
  /** Grows when somebody goes elsewhere: what is still being read then is not wanted any more. */
  let visits = 0;

  const readPage = async (from: number, to: number, add: (read: Stretch) => Stretch): Promise<void> => {
    const visit = visits;
    try {
      const events = await history(from, to - from + 1 + BEHIND);
      if (visit === visits) kept = add(stretchOf(events, from, to));
    } catch {
      // What was read stays on the screen; the journal's own errors come from where it is written.
      unreadable = true;
    } finally {
      if (visit === visits) reading = undefined;
    }
  };
  const read = (from: number, to: number, add: (read: Stretch) => Stretch): Promise<void> => {
    if (unreadable || to < from) return Promise.resolve();
    reading = readPage(from, to, add);
    return reading;
  };
  const leave = (): void => {
    visits += 1;
    reading = undefined;
  };

  return {
    join: ({ items }) => {
      if (kept === undefined) return items;
      const { to } = kept;
      return [...kept.items, ...(reaches(kept, items) ? items.filter((item) => item.seq > to) : [])];
    },
    reachesNow: ({ items }) => kept === undefined || reaches(kept, items),
    reachesStart: ({ from }) => unreadable || (kept === undefined ? from === 0 : kept.from <= 1),
    earlier: async ({ from }) => {
      const to = kept === undefined ? from : kept.from - 1;
      await (reading ?? read(Math.max(1, to - PAGE + 1), to, (page) => keepFirst(concat(page, kept))));
    },
    later: async ({ items }) => {
      if (kept === undefined || reaches(kept, items)) return;
      const from = kept.to + 1;
      await (reading ?? read(from, from + PAGE - 1, (page) => keepLast(concat(kept, page))));
    },
    visit: async (seq, { items, from }) => {
      leave();
      const first = items[0]?.seq ?? 0;
      if (from === 0 || seq > first) {
        kept = undefined;
        return;
      }
      const begin = Math.max(1, seq - PAGE / 2);
      await read(begin, begin + PAGE - 1, (page) => page);
    },
    forget: () => {
      leave();
      kept = undefined;
    },
  };
}

/** The window's first items may be the rest of a step, so the stretch has to cover the first one's seq. */
function reaches(stretch: Stretch, items: readonly Item[]): boolean {
  return stretch.to >= (items[0]?.seq ?? 0);
}

/** `events` may go on behind `to`, for the ends of calls. */
export function stretchOf(events: readonly Recorded[], from: number, to: number): Stretch {
  const inside = events.filter((event) => event.seq <= to);
  const ends = events.filter((event) => event.seq > to && event.type.startsWith('call.'));
  const { items, from: cut } = [...inside, ...ends].reduce(reduceConversation, emptyConversation);
  // The reducer is bounded as well: what it dropped is read with the page before.
  return {
    items: items.filter((item) => item.seq > cut),
    from: Math.max(from, cut + 1),
    to: Math.min(to, events.at(-1)?.seq ?? to),
  };
}

function concat(a: Stretch | undefined, b: Stretch | undefined): Stretch {
  const from = a?.from ?? b?.from ?? 0;
  const to = b?.to ?? a?.to ?? 0;
  return { items: [...(a?.items ?? []), ...(b?.items ?? [])], from, to };
}

function keepFirst(stretch: Stretch): Stretch {
  const next = stretch.items[KEPT];
  if (next === undefined) return stretch;
  return { ...stretch, items: stretch.items.filter((item) => item.seq < next.seq), to: next.seq - 1 };
}

function keepLast(stretch: Stretch): Stretch {
  const last = stretch.items.at(-KEPT - 1);
  if (last === undefined) return stretch;
  return { ...stretch, items: stretch.items.filter((item) => item.seq > last.seq), from: last.seq + 1 };
}
