// Events as a journal would stamp them, and the state that follows from them.
import type { Recorded, SessionEvent } from '../../source/session/events.ts';
import { initialState, reduce, type SessionState } from '../../source/session/state.ts';

/** Stamps events in order, from seq `from` on; a second and 1,000 monotonic ms apart. */
export function stamped(events: readonly SessionEvent[], from = 1): Recorded[] {
  return events.map((event, index) => {
    const seq = from + index;
    return { v: 1, seq, at: 1_700_000_000_000 + seq * 1000, mono: seq * 1000, ...event };
  });
}

export function stateAfter(...events: readonly SessionEvent[]): SessionState {
  return stamped(events).reduce(reduce, initialState);
}

/** Goes on from a state. */
export function goOn(state: SessionState, ...events: readonly SessionEvent[]): SessionState {
  return stamped(events, state.seq + 1).reduce(reduce, state);
}

export const opened: SessionEvent = { type: 'session.opened', format: 1, app: '0', root: '/r', pid: 1 };
export const usage = { input: 100, cached: 40, output: 10, reasoning: 2 };

/** An answer of words and calls, as the wire has them. */
export function answer(
  step: number,
  words: string,
  ...calls: { id: string; name: string; argument: string }[]
): SessionEvent {
  const items = [
    ...(words === ''
      ? []
      : [{ type: 'message', role: 'assistant', content: [{ type: 'output_text', text: words }] }]),
    ...calls.map((call) => ({
      type: 'function_call',
      call_id: call.id,
      name: call.name,
      arguments: call.argument,
    })),
  ];
  return { type: 'step.finished', step, items, usage, model: 'm', host: 'h' };
}
