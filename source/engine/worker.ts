// One thing at a time: the turn that runs, or a compaction by hand; and then the prompt that is due.
import { due } from '../session/commands.ts';
import type { PauseReason, TimeSplit } from '../session/facts.ts';
import { compact } from './compaction.ts';
import { requeueAccepted, steersToQueue } from './recovery.ts';
import type { Store } from './store.ts';
import { runTurn, type TurnEnd, type TurnPorts } from './turn.ts';

export interface Worker {
  /** Starts the turn of the prompt that is accepted, or else due, if nothing runs. */
  next(): void;
  compact(): void;
  /** False: nothing runs. */
  interrupt(): boolean;
  /** A queued prompt that the person typed after an interrupt, while the turn was still ending: it runs first. */
  correct(item: number): void;
  /** Whether the turn that runs was interrupted and has not ended yet. */
  isEnding(): boolean;
  /** Resolves when nothing runs and nothing is due. */
  idle(): Promise<void>;
  /** Interrupts what runs and starts nothing more. */
  close(): Promise<void>;
}

export interface WorkerOptions {
  /** False: one prompt and no more. */
  readonly drains: boolean;
  readonly onFatal: (error: unknown) => void;
}

export function createWorker(ports: TurnPorts, { drains, onFatal }: WorkerOptions): Worker {
  const { store } = ports;
  let work: { readonly abort: AbortController; readonly done: Promise<void> } | null = null;
  let closed = false;
  let turns = 0;
  let corrections: number[] = [];

  /** Nothing goes on after a bug, and nobody waits for it. */
  const fail = (error: unknown): void => {
    work = null;
    closed = true;
    onFatal(error);
  };

  /** `after` runs in the same breath as the end of the work, before anything else can. */
  const begin = (
    task: (signal: AbortSignal) => Promise<unknown>,
    after: (signal: AbortSignal) => void,
  ): void => {
    const abort = new AbortController();
    const done = task(abort.signal).then(() => {
      work = null;
      after(abort.signal);
    });
    work = { abort, done: done.catch(fail) };
  };

  const next = (): void => {
    if (work !== null || closed) return;
    if (drains || turns === 0) acceptDue(store);
    const prompt = store.getState().turns.accepted;
    if (prompt === undefined) return;
    turns += 1;
    const { you, endTime } = startTime(ports);
    const turn = store.record({ type: 'turn.started', prompt: prompt.seq, ...you });
    let end: TurnEnd = { outcome: 'failed' };
    const run = async (signal: AbortSignal): Promise<void> => {
      end = await runTurn(ports, turn.seq, prompt, signal);
    };
    begin(run, (signal) => {
      endTurn(ports, turn.seq, { ...end, time: endTime() }, signal);
      if (corrections.length > 0) goOnWith(store, corrections);
      corrections = [];
      next();
      void ports.journal.snapshot(store.getState());
    });
  };

  return {
    next,
    compact() {
      if (work === null) begin((signal) => compact(ports, signal), next);
    },
    interrupt() {
      work?.abort.abort();
      return work !== null;
    },
    correct: (item) => void corrections.push(item),
    isEnding: () => work?.abort.signal.aborted === true && store.getState().turns.running !== undefined,
    async idle() {
      while (work !== null) await work.done;
    },
    async close() {
      closed = true;
      work?.abort.abort();
      await work?.done;
    },
  };
}

/** As if they were typed a moment later, when the queue is paused: they run first and it goes on (rule 6). */
function goOnWith(store: Store, corrections: readonly number[]): void {
  const { items, paused } = store.getState().queue;
  const first = items.find(({ id }) => !corrections.includes(id));
  for (const item of corrections)
    store.record({ type: 'prompt.changed', item, change: { to: 'before', item: first?.id ?? null } });
  if (paused !== undefined) store.record({ type: 'queue.resumed' });
}

function acceptDue(store: Store): void {
  const waiting = due(store.getState());
  if (waiting === undefined) return;
  const { id, text, images } = waiting;
  store.record({ type: 'prompt.accepted', text, item: id, ...(images && { images }) });
}

/** Starts the turn's account and keeps it fresh for whoever looks. `you`: what the person took before it. */
function startTime({ live, stopwatch }: TurnPorts): {
  readonly you: { readonly you?: number };
  readonly endTime: () => TimeSplit;
} {
  const you = stopwatch.start();
  const unsubscribe = live.subscribe(() => {
    live.state.time = stopwatch.split();
  });
  const endTime = (): TimeSplit => {
    unsubscribe();
    return stopwatch.stop();
  };
  return { you: you === undefined ? {} : { you }, endTime };
}

/** Records the end; what follows is recorded in the same breath (rule 6). */
function endTurn(
  { store, live }: TurnPorts,
  turn: number,
  end: TurnEnd & { readonly time: TimeSplit },
  { aborted }: AbortSignal,
): void {
  store.record({ type: 'turn.ended', turn, ...end });
  live.change((state) => Object.assign(state, { time: null, retry: null }));
  const pause = pauses[end.outcome] ?? (aborted ? 'interrupted' : undefined);
  if (pause === undefined) return;
  steersToQueue(store);
  requeueAccepted(store);
  const { items, paused } = store.getState().queue;
  if (items.length > 0 && paused === undefined) store.record({ type: 'queue.paused', reason: pause });
}

const pauses: Partial<Record<TurnEnd['outcome'], PauseReason>> = {
  interrupted: 'interrupted',
  red: 'red',
  held: 'held',
  failed: 'failed',
};
