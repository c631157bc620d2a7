// Carries the client's requests over Node's own HTTP. Its fetch takes 1 ms of the 3 between a call's end and the next
// request longer, and until Node has compiled it, three times as much of the processor. In its place any `fetch` will do.
import type { Agent, AgentOptions, IncomingMessage } from 'node:http';

/** ms that an unused connection stays open: a handshake saved after most commands, before routers forget it. */
const IDLE_MS = 30_000;
/** Pieces of an answer that may wait for their reader. */
const PIECES = 16;
/** Answers of such a status have no body. */
const EMPTY = [204, 205, 304];

/** A `fetch` for texts and bytes to http and https addresses. It follows no redirects: those would lose the key. */
export function createTransport(): typeof fetch {
  let wire: Promise<Wire> | undefined;
  return async (input, init = {}) => {
    const url = new URL(String(input));
    wire ??= openWire(url.protocol);
    const { request, agent } = await wire;
    const { promise, resolve, reject } = Promise.withResolvers<Response>();
    const { method = 'GET', headers, signal, body } = init;
    const asked = request(url, {
      agent,
      method,
      headers: { ...Object.fromEntries(new Headers(headers)), 'accept-encoding': 'identity' },
      ...(signal && { signal }),
    });
    asked.on('error', reject).once('response', (answer) => resolve(toResponse(answer)));
    // In one piece with the headers.
    asked.end(body ?? '');
    return promise;
  };
}

type Wire = Pick<typeof import('node:http'), 'request'> & { readonly agent: Agent };

/** Encryption is loaded only where it is needed. Proxies are those that Node's own agent is told of. */
async function openWire(protocol: string): Promise<Wire> {
  const { Agent, globalAgent, request } =
    protocol === 'https:' ? await import('node:https') : await import('node:http');
  const { options } = globalAgent as Agent & { readonly options: AgentOptions };
  return { request, agent: new Agent({ ...options, timeout: IDLE_MS }) };
}

function toResponse(answer: IncomingMessage): Response {
  const { statusCode: status = 500, statusMessage: statusText = '', headersDistinct } = answer;
  const headers = Object.entries(headersDistinct).flatMap(([name, values = []]) =>
    values.map((value): [string, string] => [name, value]),
  );
  if (!EMPTY.includes(status)) return new Response(bodyOf(answer), { status, statusText, headers });
  answer.resume();
  return new Response(null, { status, statusText, headers });
}

/** Its reader's pace is the connection's. */
function bodyOf(answer: IncomingMessage): ReadableStream<Uint8Array> {
  let isOver = false;
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        answer.on('data', (chunk: Buffer) => {
          controller.enqueue(chunk);
          if ((controller.desiredSize ?? 0) <= 0) answer.pause();
        });
        answer.once('end', () => {
          if (!isOver) controller.close();
        });
        answer.once('error', (error) => controller.error(error));
      },
      pull: () => void answer.resume(),
      cancel() {
        isOver = true;
        answer.destroy();
      },
    },
    { highWaterMark: PIECES },
  );
}
