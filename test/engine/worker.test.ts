import { expect, test } from 'vitest';
import { AppError } from '../../source/engine/errors.ts';
import { createLive } from '../../source/engine/live.ts';
import { createStore } from '../../source/engine/store.ts';
import { createWorker } from '../../source/engine/worker.ts';
import { initialState } from '../../source/session/state.ts';
import { stamped } from '../support/events.ts';

test('a journal that cannot be written ends the work, and nobody waits for it', async () => {
  let seq = 0;
  const full = new AppError('journal', 'the disk is full');
  const journal = {
    append(event: { type: string }) {
      if (event.type === 'turn.ended') throw full;
      return stamped([event as never], ++seq)[0];
    },
  };
  const store = createStore(journal as never, initialState);
  const fatal: unknown[] = [];
  const clock = { now: () => 0, mono: () => 0, sleep: async () => undefined };
  const stopwatch = { start: () => undefined, stop: () => undefined, split: () => undefined };
  const briefing = {
    catchUp: async () => {
      throw full;
    },
  };
  const watch = { look: async () => undefined };
  const live = createLive();
  const ports = { store, clock, live, stopwatch, briefing, journal, watch, settings: { maxSteps: 1 } };
  const worker = createWorker(ports as never, { drains: true, onFatal: (error) => fatal.push(error) });
  store.record({ type: 'prompt.accepted', text: 'go' });
  worker.next();
  await worker.idle();
  expect(fatal).toEqual([full]);
  worker.next();
  expect(store.getState().turns.last).toBeUndefined();
  await worker.close();
}, 5_000);
