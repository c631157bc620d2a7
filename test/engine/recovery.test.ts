import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { inputOf } from '../../source/engine/context.ts';
import { openSession } from '../../source/engine/recovery.ts';
import { createStore } from '../../source/engine/store.ts';
import { openJournal } from '../../source/journal/open-journal.ts';
import type { Recorded, SessionEvent } from '../../source/session/events.ts';
import { call, patch, say, ship } from '../support/model-server.ts';
import { startSession, story, type TestSession } from '../support/session.ts';

let session: TestSession | undefined;
let directory: string | undefined;
afterEach(async () => {
  await session?.close();
  session = undefined;
  if (directory !== undefined) rmSync(directory, { recursive: true, force: true });
});

/** Opens a journal that holds these events and nothing after them, as after SIGKILL. */
async function reopenAfter(
  events: readonly Recorded[],
): Promise<{ story: string[]; state: ReturnType<ReturnType<typeof createStore>['getState']> }> {
  directory = realpathSync(mkdtempSync(join(tmpdir(), 'hullspeed-recovery-')));
  const first = await openJournal({ directory, app: 'test' });
  for (const { v: _v, seq: _s, at: _a, mono: _m, ...event } of events)
    first.journal.append(event as SessionEvent);
  await first.journal.close();
  const { journal, state } = await openJournal({ directory, app: 'test' });
  const store = createStore(journal, state);
  const recorded: Recorded[] = [];
  store.onEvent((event) => recorded.push(event));
  const repository = {
    root: '/r',
    since: async () => [{ sha: 'next', subject: 'made', at: 0, paths: ['a.txt'] }],
    head: async () => ({ sha: 'next', branch: 'main' }),
  };
  const committer = { recover: async () => 'finished' as const };
  await openSession(
    { store, repository: repository as never, committer: committer as never },
    { app: 'test', root: '/r', pid: 1, format: 1 },
  );
  await journal.close();
  rmSync(directory, { recursive: true, force: true });
  return { story: story(recorded), state: store.getState() };
}

describe('a session that was killed', () => {
  test('at any event of a turn is valid again: nothing runs, every call has its output, nothing recorded is lost', async () => {
    const add = patch('*** Begin Patch\n*** Add File: a.txt\n+one\n*** End Patch\n');
    session = await startSession(
      [[call('exec_command', { cmd: 'echo 1' }), add], [ship({ subject: 'Add' })], say('Later.')],
      { files: { 'check.sh': 'true\n' } },
    );
    session.engine.send({ do: 'prompt', text: 'go' });
    session.engine.send({ do: 'prompt', text: 'later' });
    session.engine.send({ do: 'steer', text: 'mind' });
    await session.engine.idle();
    const events = session.events;
    for (let count = 1; count <= events.length; count++) {
      const { state } = await reopenAfter(events.slice(0, count));
      expect(state.turns.running).toBeUndefined();
      expect(state.turns.accepted).toBeUndefined();
      expect(state.tests.running).toBeUndefined();
      expect(state.commits.open).toBeUndefined();
      expect(state.queue.steers).toEqual([]);
      expect(state.queue.items.length === 0 || state.queue.paused !== undefined).toBe(true);
      const input = inputOf(state.context, { name: 'scripted', host: 'h' }, () => null);
      const calls = input.filter((item) => /_call$/.test(item.type)).map((item) => item.call_id);
      const outputs = input.filter((item) => /_call_output$/.test(item.type)).map((item) => item.call_id);
      expect(outputs).toEqual(calls);
      // Each prompt is somewhere: with the model, in a turn that was begun, or waiting.
      for (const text of ['go', 'later'].slice(
        0,
        events
          .slice(0, count)
          .filter((event) => event.type === 'prompt.accepted' || event.type === 'prompt.queued').length,
      )) {
        const waiting = state.queue.items.some((item) => item.text === text);
        const shown = state.conversation.items.some((item) => item.kind === 'prompt' && item.text === text);
        expect(waiting || shown).toBe(true);
      }
    }
  });

  test('closes what was going on, in words', async () => {
    const { story: told } = await reopenAfter([
      stamp({ type: 'session.opened', format: 1, app: 't', root: '/r', pid: 1 }, 1),
      stamp({ type: 'prompt.accepted', text: 'go' }, 2),
      stamp({ type: 'turn.started', prompt: 2 }, 3),
      stamp({ type: 'prompt.steered', text: 'mind' }, 4),
      stamp({ type: 'step.started', turn: 3, inputs: [] }, 5),
    ]);
    expect(told).toEqual([
      'session.opened',
      'step.failed',
      'turn.ended interrupted',
      'prompt.changed',
      'queue.paused',
    ]);
  });
});

function stamp(event: SessionEvent, seq: number): Recorded {
  return { v: 1, seq, at: 0, mono: 0, ...event };
}

test('a session that is opened again goes on with its conversation, its claims and its paused queue', async () => {
  const add = patch('*** Begin Patch\n*** Add File: a.txt\n+one\n*** End Patch\n');
  session = await startSession([add, say('There.'), ship({ subject: 'Add a' })], {
    files: { 'check.sh': 'true\n' },
  });
  await session.prompt('add a');
  await session.reopen();
  const state = session.engine.session.getState();
  expect(Object.keys(state.claims)).toEqual(['a.txt']);
  expect(state.conversation.items.filter((item) => item.kind === 'prompt')).toHaveLength(1);
  session.engine.send({ do: 'ship' });
  await session.engine.idle();
  expect(session.git('log', '-1', '--format=%s').trim()).toBe('Add a');
});
