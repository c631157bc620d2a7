// The bytes of an answer under guard: every one is a sign of life, none may be too many, and only events pass.
import { type Endpoint, explainStatus, fail } from './model-failure.ts';
import type { Watch } from './model-watch.ts';

/** An event is one line; a whole answer of the largest model stays well under both. */
const MAX_LINE_BYTES = 8 * 2 ** 20;
const MAX_BYTES = 64 * 2 ** 20;
const MAX_REFUSAL_BYTES = 64 * 2 ** 10;

export interface Guard {
  readonly watch: Watch;
  /** Whether the answer has to be a stream of events. */
  readonly streamed: boolean;
  /** The request is on its way. */
  readonly onSent?: () => void;
}

/** What a request is made with: its client hands on what it does not know. */
export interface Guarded {
  readonly guard: Guard;
}

/**
 * A `fetch` for requests that come with their guard. Refusals and answers that are too large or no events end the watch, then throw. The bytes
 * of a stream are its reader's to guard (`guardBytes`): a stream in between costs more than reading them.
 */
export function guardFetch(endpoint: Endpoint, send: typeof fetch): typeof fetch {
  return async (input, init) => {
    const { guard } = init as RequestInit & Guarded;
    const { watch, streamed } = guard;
    const asked = send(input, init);
    // Over an open connection its bytes leave before the loop comes round again.
    if (guard.onSent) setImmediate(guard.onSent);
    const response = await asked;
    watch.alive();
    const { status, statusText, headers } = response;
    const type = headers.get('content-type') ?? '';
    if (!response.ok) {
      const start = await readStart(response);
      throw refuse(watch, explainStatus(status, headers, start, endpoint));
    }
    if (streamed && /html|json/i.test(type)) {
      const start = await readStart(response);
      const what = /html/i.test(type) ? 'a web page' : 'JSON';
      const said = what === 'JSON' ? ` It said: ${start}` : '';
      const reason = `${endpoint.url} answered with ${what} instead of a stream of events. Is it a Responses API? Check --base-url.${said}`;
      throw refuse(watch, fail('final', 'no_stream', reason, endpoint));
    }
    if (streamed || response.body === null) return response;
    const guarded = response.body.pipeThrough(passBytes(guardBytes(endpoint, watch)));
    return new Response(guarded, { status, statusText, headers });
  };
}

function refuse(watch: Watch, failure: Parameters<Watch['end']>[0]): Error {
  watch.end(failure);
  return new Error(failure.reason);
}

/** Takes each piece of an answer. Ends the watch and throws where it is more than an answer can be. */
export function guardBytes(endpoint: Endpoint, watch: Watch): (chunk: Uint8Array) => void {
  let total = 0;
  let line = 0;
  return (chunk) => {
    watch.alive();
    total += chunk.length;
    const lineEnd = chunk.lastIndexOf(0x0a);
    line = lineEnd < 0 ? line + chunk.length : chunk.length - lineEnd - 1;
    if (total <= MAX_BYTES && line <= MAX_LINE_BYTES) return;
    const reason = `${endpoint.url} sent more for ${endpoint.model} than an answer can be (${total} bytes).`;
    throw refuse(watch, fail('again', 'too_large', reason, endpoint));
  };
}

function passBytes(guard: (chunk: Uint8Array) => void): TransformStream<Uint8Array, Uint8Array> {
  return new TransformStream({
    transform(chunk, controller) {
      guard(chunk);
      controller.enqueue(chunk);
    },
  });
}

/** The start of a body that is not wanted; the rest is not read. */
async function readStart(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  try {
    for await (const chunk of response.body ?? []) {
      text += decoder.decode(chunk, { stream: true });
      bytes += chunk.length;
      if (bytes > MAX_REFUSAL_BYTES) break;
    }
  } catch {
    // The status alone says enough when the body breaks off.
  }
  return text;
}
