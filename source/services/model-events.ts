// Reads the events of a streamed answer, in slices between which the loop comes round: an answer that comes at once must
// not keep a key waiting until its end. The client's own reader hands on all that the socket has in one go, each event
// through three generators: of 20,000 tokens a key waited for 200 ms, and they took a fifth more of the processor.
import { setImmediate as comeRound } from 'node:timers/promises';
import { asRecord } from './as-record.ts';

/** Events until the loop comes round: some 2 ms of it. */
const SLICE = 64;
/** The last event of servers that have such a one. */
const DONE = '[DONE]';

export interface EventListener {
  /** Each piece of the body, before it is looked at. What it throws ends the events. */
  readonly onBytes: (chunk: Uint8Array) => void;
  /** A comment, which keeps the connection open. */
  readonly onPing: () => void;
}

/**
 * The JSON of server-sent events. What comes as `event: error`, or has a field `error`, is `{type: 'error', error}`.
 * Throws a `SyntaxError` for what is no JSON, and what the body throws. The body is left to its reader.
 */
export async function* readEvents(
  body: ReadableStreamDefaultReader<Uint8Array>,
  { onBytes, onPing }: EventListener,
): AsyncGenerator<unknown, void> {
  const lines = createLines();
  const messages = createMessages(onPing);
  let handed = 0;
  for (let ended = false; !ended; ) {
    const { value, done } = await body.read();
    ended = done;
    if (value) onBytes(value);
    for (const line of value ? lines.read(value) : lines.end()) {
      const message = messages.read(line);
      if (message === undefined) continue;
      if (message.data === DONE) return;
      yield eventOf(message);
      handed += 1;
      if (handed % SLICE === 0) await comeRound();
    }
  }
}

interface Message {
  readonly name: string;
  readonly data: string;
}

function eventOf({ name, data }: Message): unknown {
  const event: unknown = JSON.parse(data);
  const { error } = asRecord(event);
  return error || name === 'error' ? { type: 'error', error: error || event } : event;
}

/** Cuts bytes into lines, which end with LF or CRLF. */
function createLines(): { read(chunk: Uint8Array): string[]; end(): string[] } {
  const decoder = new TextDecoder();
  let rest = '';
  return {
    read(chunk) {
      const text = decoder.decode(chunk, { stream: true });
      const whole = rest + text;
      // A line of megabytes is put together once.
      const lines = text.includes('\n') ? whole.split('\n') : [whole];
      rest = lines.pop() ?? '';
      return lines.map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line));
    },
    // Some servers leave out the blank line behind the last message.
    end: () => [rest + decoder.decode(), ''],
  };
}

/** Puts lines together to messages. */
function createMessages(onPing: () => void): { read(line: string): Message | undefined } {
  let name = '';
  let data: string | undefined;
  const finish = (): Message | undefined => {
    const message = data === undefined ? undefined : { name, data };
    name = '';
    data = undefined;
    return message;
  };
  return {
    read(line) {
      if (line === '') return finish();
      if (line.startsWith(':')) onPing();
      else if (line.startsWith('data:')) data = (data === undefined ? '' : `${data}\n`) + fieldOf(line);
      else if (line.startsWith('event:')) name = fieldOf(line);
      return undefined;
    },
  };
}

/** Behind the field's colon one space does not count. */
function fieldOf(line: string): string {
  const from = line.indexOf(':') + 1;
  return line.slice(line[from] === ' ' ? from + 1 : from);
}
