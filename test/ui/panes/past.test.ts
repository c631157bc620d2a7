// Items that the session has dropped, read again from the journal.
import { expect, test } from 'vitest';
import type { Recorded, SessionEvent } from '../../../source/session/events.ts';
import { initialState, reduce } from '../../../source/session/state.ts';
import { createPast } from '../../../source/ui/panes/past.ts';
import { answer, opened, stamped } from '../../support/events.ts';

/** Turns of one step with one call. */
function longSession(turns: number): {
  events: Recorded[];
  history: (from: number, count: number) => Promise<Recorded[]>;
} {
  const list: SessionEvent[] = [opened];
  for (let turn = 0; turn < turns; turn++) {
    const seq = list.length;
    const call = `call ${turn}`;
    list.push(
      { type: 'prompt.accepted', text: `prompt ${turn}` },
      { type: 'turn.started', prompt: seq + 1 },
      { type: 'step.started', turn: seq + 2, inputs: [] },
      answer(seq + 3, `answer ${turn}`, { id: call, name: 'exec_command', argument: '{}' }),
      { type: 'call.started', step: seq + 4, call },
      { type: 'call.finished', call, outcome: 'ok', output: '', ms: 1 },
      { type: 'turn.ended', turn: seq + 2, outcome: 'answered' },
    );
  }
  const events = stamped(list);
  return {
    events,
    history: (from, count) => Promise.resolve(events.filter((event) => event.seq >= from).slice(0, count)),
  };
}

test('scrolling back reaches the first prompt, item by item, and forward again the newest, at a bounded size', async () => {
  const { events, history } = longSession(1_500);
  const { conversation } = events.reduce(reduce, initialState);
  const past = createPast(history);
  const seen = new Set(
    past.join(conversation).flatMap((item) => (item.kind === 'prompt' ? [item.text] : [])),
  );
  for (let page = 0; page < 100 && !seen.has('prompt 0'); page++) {
    await past.earlier(conversation);
    const items = past.join(conversation);
    expect(items.length).toBeLessThan(2_500);
    const seqs = items.map((item) => item.seq);
    expect(seqs).toEqual([...seqs].sort((a, b) => a - b));
    for (const item of items) {
      if (item.kind === 'prompt') seen.add(item.text);
      if (item.kind === 'call') expect(item.status).toBe('ok');
    }
  }
  expect(seen.size).toBe(1_500);
  expect(past.reachesNow(conversation)).toBe(false);
  for (let page = 0; page < 100 && !past.reachesNow(conversation); page++) await past.later(conversation);
  const keys = past.join(conversation).map((item) => `${item.seq} ${item.kind}`);
  expect(keys).toEqual([...new Set(keys)]);
  expect(past.join(conversation).at(-1)).toBe(conversation.items.at(-1));
  past.forget();
  expect(past.join(conversation)).toBe(conversation.items);
});

test('a session that fits its window has no past', async () => {
  const { events, history } = longSession(3);
  const { conversation } = events.reduce(reduce, initialState);
  const past = createPast(history);
  await past.earlier(conversation);
  expect(past.join(conversation)).toBe(conversation.items);
});
