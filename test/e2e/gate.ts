// Answers that stop in the middle until a test lets them go on.
import { answerEvents } from '../../source/demo/answer-events.ts';
import { sendEvents } from '../../source/demo/model-server.ts';
import type { Piece, RawReply } from '../support/model-server.ts';

export interface Gate {
  open(): void;
  readonly opened: Promise<void>;
}

export function createGate(): Gate {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { open: resolve, opened: promise };
}

/** The first half of an answer, and the second when the gate opens. */
export function halfway(pieces: readonly Piece[], gate: Gate): RawReply {
  return async (response, body) => {
    const events = answerEvents(pieces, body);
    const half = Math.ceil(events.length / 2);
    await sendEvents(response, events.slice(0, half));
    await gate.opened;
    await sendEvents(response, events.slice(half));
    response.end();
  };
}

/** Half an answer, and nothing more for as long as somebody waits. */
export function stuck(...pieces: readonly Piece[]): RawReply {
  return halfway(pieces, createGate());
}
