// An engine at its port: the real state and commands, and a turn that plays the events it was given.
import type { Engine, LiveState } from '../../source/engine/face.ts';
import { type Command, decide } from '../../source/session/commands.ts';
import type { Recorded, SessionEvent } from '../../source/session/events.ts';
import { initialState, reduce } from '../../source/session/state.ts';

/** A moment of a turn: something recorded, or the text that has streamed so far. */
export type Moment = SessionEvent | { readonly streamed: string };

export interface ScriptedEngine {
  readonly engine: Engine;
  readonly journal: Recorded[];
  readonly sent: Command[];
  record(event: SessionEvent): void;
}

export function createScriptedEngine(
  opening: readonly SessionEvent[],
  turn: readonly Moment[],
): ScriptedEngine {
  let state = initialState;
  const live = { text: '' } as LiveState;
  const journal: Recorded[] = [];
  const sent: Command[] = [];
  const onEvent = new Set<(event: Recorded) => void>();
  const onLive = new Set<() => void>();

  const record = (event: SessionEvent): void => {
    const recorded: Recorded = { ...event, v: 1, seq: state.seq + 1, at: 0, mono: 0 };
    journal.push(recorded);
    state = reduce(state, recorded);
    for (const listener of onEvent) listener(recorded);
  };
  const play = (): void => {
    for (const moment of turn) {
      if ('type' in moment) record(moment);
      else live.text = moment.streamed;
      for (const listener of onLive) listener();
    }
  };
  for (const event of opening) record(event);

  let playing = Promise.resolve();
  const engine = {
    session: { getState: () => state, subscribe: () => () => {} },
    live: {
      state: live,
      subscribe: (listener: () => void) => subscribe(onLive, listener),
      onRun: () => () => {},
    },
    send(command: Command) {
      sent.push(command);
      const decision = decide(state, command);
      if ('refused' in decision) return decision;
      for (const event of decision.events) record(event);
      if (decision.events.some((event) => event.type === 'prompt.accepted'))
        playing = Promise.resolve().then(play);
      return undefined;
    },
    onEvent: (listener: (event: Recorded) => void) => subscribe(onEvent, listener),
    idle: () => playing,
    tested: () => playing,
    history: (from: number, count: number) => Promise.resolve(journal.slice(from - 1, from - 1 + count)),
  };
  return { engine: engine as unknown as Engine, journal, sent, record };
}

function subscribe<L>(listeners: Set<L>, listener: L): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
