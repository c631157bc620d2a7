// The one writer of the session's state: append to the journal, then reduce, then tell. Write-ahead, so that
// nothing is acted on that is not on disk.
import { createStore as createVanilla } from 'zustand/vanilla';
import type { Recorded, SessionEvent } from '../session/events.ts';
import { reduce, type SessionState } from '../session/state.ts';
import type { ReadonlyStore } from './face.ts';
import type { Journal } from './ports.ts';

export interface Store extends ReadonlyStore {
  /** Records a fact. Throws what `Journal.append` throws; then nothing has changed. */
  record<E extends SessionEvent>(event: E): Recorded<E>;
  onEvent(listener: (event: Recorded) => void): () => void;
}

export function createStore(journal: Journal, initial: SessionState): Store {
  const store = createVanilla<SessionState>(() => initial);
  const listeners = new Set<(event: Recorded) => void>();
  return {
    getState: store.getState,
    subscribe: store.subscribe,
    record<E extends SessionEvent>(event: E) {
      const recorded = journal.append(event);
      for (const listener of listeners) listener(recorded);
      store.setState(reduce(store.getState(), recorded), true);
      return recorded as Recorded<E>;
    },
    onEvent(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
