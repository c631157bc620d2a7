// `hullspeed log`: what happened in a session, oldest first.
import type { Recorded } from '../session/events.ts';
import { createNarrator } from './narrator.ts';
import { clean, jsonLine, type Writer } from './print.ts';

export interface LogOptions {
  /** In their order. */
  readonly events: AsyncIterable<Recorded>;
  readonly json: boolean;
  readonly stdout: Writer;
}

/** Stops reading when nobody reads what it prints. */
export async function printLog({ events, json, stdout }: LogOptions): Promise<void> {
  const tell = createNarrator();
  for await (const event of events) {
    if (json) stdout.write(jsonLine(event));
    else {
      const { rows, words } = tell(event);
      const [first, ...others] = rows;
      if (first !== undefined)
        stdout.write(`${localTime(event.at)}  ${[first, ...others.map(indented)].join('\n')}\n`);
      if (words !== undefined)
        stdout.write(`${clean(words).trimEnd().split('\n').map(indented).join('\n')}\n`);
    }
    await stdout.drained();
    if (!stdout.open) return;
  }
}

/** Under the words of the row, behind its time. */
function indented(line: string): string {
  return line === '' ? '' : `${' '.repeat('2026-01-01 00:00  '.length)}${line}`;
}

function localTime(at: number): string {
  const date = new Date(at);
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`;
}
