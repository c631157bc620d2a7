// What is not yet a fact: streaming text, running output, the clock of the running turn. Never journaled.
import type { Activity, Live, LiveState } from './face.ts';
import type { ModelDelta } from './ports.ts';

export interface LiveWriter extends Live {
  /** The answer that streamed is a fact now, or was dropped. */
  clearAnswer(): void;
  delta(delta: ModelDelta): void;
  output(call: string, newest: () => string): void;
  forgetOutput(call: string): void;
  /** The result takes what the run prints; a later run's takes its place on the screen. */
  runStarted(command: string): (bytes: Uint8Array) => void;
  /** Shows an activity for as long as the work takes; of several, the one that began last. */
  during<T>(activity: Activity, work: () => Promise<T>): Promise<T>;
  change(update: (state: LiveState) => void): void;
}

/** Nothing runs and nothing streams. */
export function idleLive(): LiveState {
  return {
    activity: 'idle',
    text: '',
    reasoning: '',
    calls: [],
    search: '',
    retry: null,
    output: new Map(),
    staleFiles: 0,
    pushing: false,
    time: null,
    own: null,
  };
}

export function createLive(): LiveWriter {
  const state = idleLive();
  const activities: { readonly activity: Activity }[] = [];
  const listeners = new Set<() => void>();
  const runs = new Set<Parameters<Live['onRun']>[0]>();
  let printing: ((bytes: Uint8Array) => void) | undefined;
  const change = (update: (state: LiveState) => void): void => {
    update(state);
    for (const listener of listeners) listener();
  };
  const show = (): void => change(() => (state.activity = activities.at(-1)?.activity ?? 'idle'));
  return {
    state,
    change,
    subscribe: (listener) => subscribe(listeners, listener),
    onRun: (listener) => subscribe(runs, listener),
    clearAnswer: () => change(() => Object.assign(state, { text: '', reasoning: '', calls: [], search: '' })),
    delta: (delta) => change(() => apply(state, delta)),
    output: (call, newest) => change(() => state.output.set(call, newest)),
    forgetOutput: (call) => change(() => state.output.delete(call)),
    runStarted(command) {
      const print = (bytes: Uint8Array): void => {
        if (print === printing) for (const listener of runs) listener({ bytes });
      };
      printing = print;
      for (const listener of runs) listener({ start: command });
      return print;
    },
    async during(activity, work) {
      const own = { activity };
      activities.push(own);
      show();
      try {
        return await work();
      } finally {
        activities.splice(activities.indexOf(own), 1);
        show();
      }
    },
  };
}

function subscribe<L>(listeners: Set<L>, listener: L): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function apply(state: LiveState, delta: ModelDelta): void {
  switch (delta.kind) {
    case 'text':
      state.text += delta.text;
      return;
    case 'reasoning':
      state.reasoning += delta.text;
      return;
    case 'search':
      state.search = delta.query;
      return;
    case 'call': {
      const call = state.calls[delta.index] ?? { name: delta.name, argument: '' };
      state.calls[delta.index] = { name: delta.name || call.name, argument: call.argument + delta.text };
      return;
    }
    case 'ping':
      return;
    default:
      delta satisfies never;
  }
}
