// Matches of the conversation, read from the journal in the background.
import { expect, test } from 'vitest';
import type { Recorded, SessionEvent } from '../../../source/session/events.ts';
import { createConversationRows } from '../../../source/ui/rows/conversation-rows.ts';
import { createConversationSearch } from '../../../source/ui/search/conversation-search.ts';
import { opened, stamped } from '../../support/events.ts';
import { dark } from '../text/sound-rows.ts';

/** Prompts, of which each hundredth has the word. */
function journal(count: number): Recorded[] {
  return stamped([
    opened,
    ...Array.from(
      { length: count },
      (_, at): SessionEvent => ({
        type: 'prompt.accepted',
        text: at % 100 === 0 ? `needle ${at}` : `hay ${at}`,
      }),
    ),
  ]);
}

function searchIn(events: readonly Recorded[]) {
  const reads: number[] = [];
  let wake = (): void => undefined;
  const search = createConversationSearch(
    (from, count) => {
      reads.push(from);
      return Promise.resolve(events.slice(from - 1, from - 1 + count));
    },
    () => createConversationRows(dark),
    () => wake(),
  );
  const ends = (): Promise<void> =>
    new Promise((resolve) => {
      wake = () => search.found().done && resolve();
      wake();
    });
  return { search, reads, ends, seqs: () => search.found().hits.map((hit) => hit.seq) };
}

test('the newest come first, back to the first prompt', async () => {
  const { search, ends, seqs } = searchIn(journal(1_000));
  search.start('needle', 40, 1_001, Number.POSITIVE_INFINITY);
  expect(search.found()).toMatchObject({ hits: [], done: false });
  await ends();
  expect(seqs()).toEqual([902, 802, 702, 602, 502, 402, 302, 202, 102, 2]);
});

test('from the middle it reads back first, and the order stays', async () => {
  const { search, reads, ends, seqs } = searchIn(journal(1_000));
  search.start('needle', 40, 1_001, 450);
  await ends();
  expect(seqs()).toEqual([902, 802, 702, 602, 502, 402, 302, 202, 102, 2]);
  expect(reads).toEqual([51, 1, 602, 451]);
});

test('another query ends the one before, and the end of a search forgets it', async () => {
  const { search, ends, seqs } = searchIn(journal(1_000));
  search.start('hay', 40, 1_001, Number.POSITIVE_INFINITY);
  search.start('needle 9', 40, 1_001, Number.POSITIVE_INFINITY);
  await ends();
  expect(seqs()).toEqual([902]);
  search.stop();
  expect(search.found()).toEqual({ hits: [], done: true });
});

test('what is recorded meanwhile is taken in', async () => {
  const events = journal(301);
  const { search, ends, seqs } = searchIn(events);
  search.start('needle', 40, 201, Number.POSITIVE_INFINITY);
  await ends();
  expect(seqs()).toEqual([102, 2]);
  search.extend(302);
  await expect.poll(seqs).toEqual([302, 202, 102, 2]);
});

test('a journal that cannot be read ends the search', async () => {
  const search = createConversationSearch(
    () => Promise.reject(new Error('gone')),
    () => createConversationRows(dark),
    () => undefined,
  );
  search.start('x', 40, 10, 10);
  await expect.poll(() => search.found().done).toBe(true);
});
