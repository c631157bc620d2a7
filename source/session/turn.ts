// The turn that is running, if any: its step, the calls that still owe an output, and its red ships.

import type { Recorded } from './events.ts';
import type { Outcome, WireItem } from './facts.ts';

/** A call as the provider sent it. `argument`: JSON for functions, plain text for custom (grammar) calls. */
export interface Call {
  readonly id: string;
  readonly name: string;
  readonly argument: string;
}

export interface Turn {
  readonly id: number;
  /** seq of its `prompt.accepted`. */
  readonly prompt: number;
  readonly at: number;
  readonly mono: number;
  readonly steps: number;
  /** The step whose request is open. */
  readonly step?: number;
  /** Calls of the last answer without an output yet, in their order. */
  readonly open: readonly Call[];
}

/** The last turn that ended. */
export interface Ended {
  readonly turn: number;
  readonly outcome: Outcome;
  readonly reason?: string;
}

/** A prompt on its way to a turn. */
export interface Accepted {
  readonly seq: number;
  readonly text: string;
  readonly images?: readonly string[];
}

export interface Turns {
  /** Recorded, and no step has brought it to the model yet. */
  readonly accepted?: Accepted;
  readonly running?: Turn;
  readonly last?: Ended;
}

export function reduceTurns(turns: Turns, event: Recorded): Turns {
  if (event.type === 'prompt.accepted') {
    const { seq, text, images } = event;
    return { ...turns, accepted: images ? { seq, text, images } : { seq, text } };
  }
  if (event.type === 'prompt.queued' && event.item !== undefined) {
    const { accepted: _, ...rest } = turns;
    return rest;
  }
  if (event.type === 'turn.started') {
    const running = {
      id: event.seq,
      prompt: event.prompt,
      at: event.at,
      mono: event.mono,
      steps: 0,
      open: [],
    };
    return { ...turns, running };
  }
  const turn = turns.running;
  if (turn === undefined) return turns;
  switch (event.type) {
    case 'turn.ended':
      return {
        ...(turns.accepted && { accepted: turns.accepted }),
        last: { turn: turn.id, outcome: event.outcome, ...(event.reason && { reason: event.reason }) },
      };
    case 'step.started': {
      const { accepted: _, ...rest } = turns;
      return { ...rest, running: { ...turn, steps: turn.steps + 1, step: event.seq, open: [] } };
    }
    case 'step.finished':
      return { ...turns, running: { ...closed(turn), open: callsOf(event.items) } };
    case 'step.failed':
      return event.retryInMs === undefined ? { ...turns, running: closed(turn) } : turns;
    case 'call.finished':
      return { ...turns, running: { ...turn, open: turn.open.filter((call) => call.id !== event.call) } };
    default:
      return turns;
  }
}

function closed(turn: Turn): Turn {
  const { step: _, ...rest } = turn;
  return rest;
}

/** The calls among an answer's items, in order. Items of other types are not calls. */
export function callsOf(items: readonly WireItem[]): Call[] {
  return items.flatMap((item) => {
    const argument =
      item.type === 'function_call' ? item.arguments : item.type === 'custom_tool_call' ? item.input : null;
    if (typeof argument !== 'string' || typeof item.call_id !== 'string') return [];
    return [{ id: item.call_id, name: String(item.name ?? ''), argument }];
  });
}
