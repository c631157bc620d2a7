// What the journal's tests share: a directory of their own, and events to write.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { onTestFinished } from 'vitest';
import { openJournal } from '../../source/journal/open-journal.ts';
import type { Recorded, SessionEvent } from '../../source/session/events.ts';
import { initialState, reduce, type SessionState } from '../../source/session/state.ts';

/** A new directory that is gone after the test. */
export function scratchDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'hullspeed-journal-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/** Opens a session as the program does; closed after the test at the latest. */
export async function open(directory: string) {
  const opened = await openJournal({ directory, app: 'hullspeed 0.0.0' });
  onTestFinished(() => opened.journal.close());
  return opened;
}

export function notice(text: string): SessionEvent {
  return { type: 'notice.raised', level: 'info', text };
}

export const opening: SessionEvent = {
  type: 'session.opened',
  format: 1,
  app: '0.0.0',
  root: '/repo',
  pid: 1,
};

export function foldAll(events: Iterable<Recorded>): SessionState {
  let state = initialState;
  for (const event of events) state = reduce(state, event);
  return state;
}

export async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

/** Texts that a model or a terminal could send: any character, halves of characters, long ones, our own stand-in. */
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom('', '\ud83d', '\u2028\u2029\u0000', '{"$blob":"00","bytes":1}', '\n\r\n'),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 4 }).map((unit) => unit.repeat(9_000)),
  fc.constant('x\udc00'.repeat(9_000)),
);

/** Whatever JSON a provider puts into an item, keys that look like the journal's own included. */
const item = fc
  .dictionary(
    fc.oneof(fc.string({ maxLength: 8 }), fc.constantFrom('$blob', '$$blob', '__proto__', 'bytes')),
    fc.oneof(text, fc.jsonValue({ maxDepth: 2 })),
    {
      noNullPrototype: true,
    },
  )
  // JSON has no -0.
  .map((members) => JSON.parse(JSON.stringify({ ...members, type: 'message' })) as { type: string });

const usage = { input: 3, cached: 1, output: 2, reasoning: 0 };
const seq = fc.integer({ min: 1, max: 20 });

/** Events in any order: the state must come out the same twice, not make sense. */
export const anyEvent: fc.Arbitrary<SessionEvent> = fc.oneof(
  fc.constant(opening),
  text.map((words): SessionEvent => ({ type: 'prompt.queued', text: words })),
  text.map((words): SessionEvent => ({ type: 'prompt.accepted', text: words })),
  text.map((words): SessionEvent => ({ type: 'prompt.steered', text: words })),
  seq.map((prompt): SessionEvent => ({ type: 'turn.started', prompt })),
  fc.tuple(seq, text).map(
    ([turn, words]): SessionEvent => ({
      type: 'step.started',
      turn,
      inputs: [{ kind: 'prompt', text: words }],
    }),
  ),
  fc
    .tuple(seq, fc.array(item, { maxLength: 2 }))
    .map(
      ([step, items]): SessionEvent => ({ type: 'step.finished', step, items, usage, model: 'm', host: 'h' }),
    ),
  text.map((output): SessionEvent => ({ type: 'call.finished', call: 'c1', outcome: 'ok', output, ms: 1 })),
  seq.map((turn): SessionEvent => ({ type: 'turn.ended', turn, outcome: 'answered' })),
  text.map(notice),
);
