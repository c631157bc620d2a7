// A writer that remembers, and events as the journal stamps them.

import type { Writer } from '../../source/headless/print.ts';
import type { Recorded, SessionEvent } from '../../source/session/events.ts';

export function captureWriter(): Writer & { text: string; open: boolean } {
  return {
    text: '',
    open: true,
    write(text) {
      this.text += text;
    },
    drained: () => Promise.resolve(),
  };
}

/** 2026-01-02 03:04 UTC and a minute more for each event. */
export function stamped(events: readonly SessionEvent[], from = 1): Recorded[] {
  const at = Date.UTC(2026, 0, 2, 3, 4);
  return events.map((event, index) => ({
    ...event,
    v: 1,
    seq: from + index,
    at: at + index * 60_000,
    mono: index,
  }));
}

export function message(text: string): { type: string; content: { type: string; text: string }[] } {
  return { type: 'message', content: [{ type: 'output_text', text }] };
}

export function functionCall(
  id: string,
  name: string,
  argument: object,
): Record<string, string> & { type: string } {
  return { type: 'function_call', call_id: id, name, arguments: JSON.stringify(argument) };
}
