// A scripted model behind the Responses API on loopback: the same wire as the real one, without a key or a network.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type AnswerOptions, type ApiEvent, answerEvents } from './answer-events.ts';
import type { Piece, RequestBody } from './pieces.ts';

export interface Answer extends AnswerOptions {
  readonly pieces: readonly Piece[];
  /** Waits this long before the first event. */
  readonly delayMs?: number;
}

/** A reply that speaks HTTP itself, for faults. */
export type RawReply = (response: ServerResponse, body: RequestBody) => void | Promise<void>;

export type Reply = Piece | readonly Piece[] | Answer | RawReply;

/** Replies in the order of the requests, or what to reply to a request. */
export type Script = readonly Reply[] | ((body: RequestBody, number: number) => Reply);

export interface ModelServerOptions {
  /** Tokens (deltas) a second; as fast as possible where absent. */
  readonly pace?: number;
  /** Answers requests for compaction; 404 where absent, as on servers that have none. */
  readonly compact?: RawReply;
}

export interface ModelServer {
  /** With its `/v1`, for the client. */
  readonly baseUrl: string;
  /** The bodies of the requests so far, oldest first. */
  readonly requests: readonly RequestBody[];
  /** How many connections were made so far, and how many answers are not at their end. */
  connections(): number;
  open(): number;
  close(): Promise<void>;
}

/** How often a paced answer is written: as the screen's frames, so that the pace holds where timers are coarse. */
const TICK_MS = 20;

/** Starts a server on a free port of 127.0.0.1. A script that has come to its end answers 500. */
export async function startModelServer(
  script: Script,
  options: ModelServerOptions = {},
): Promise<ModelServer> {
  const requests: RequestBody[] = [];
  let connections = 0;
  let open = 0;
  const server = createServer((request, response) => {
    open++;
    response.on('close', () => open--);
    serve(request, response).catch((error: unknown) => {
      if (!response.headersSent)
        sendJson(response, 500, { error: { message: `The script failed: ${error}`, code: 'script_failed' } });
      else response.destroy();
    });
  });
  server.on('connection', () => connections++);

  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const place = `${request.method} ${request.url}`;
    if (place === 'POST /v1/responses/compact' && options.compact)
      return options.compact(response, await readBody(request));
    if (place !== 'POST /v1/responses') {
      return sendJson(response, 404, {
        error: { message: `There is nothing at ${place}.`, code: 'not_found' },
      });
    }
    const body = await readBody(request);
    const number = requests.push(body) - 1;
    const reply = typeof script === 'function' ? script(body, number) : script[number];
    if (reply === undefined) throw new Error(`no reply for request ${number + 1}`);
    if (typeof reply === 'function') return reply(response, body);
    const answer = answerOf(reply);
    if (answer.delayMs !== undefined) await sleep(answer.delayMs);
    const usage = { cached: sharedTokens(requests.at(-2), body), ...answer.usage };
    await sendEvents(response, answerEvents(answer.pieces, body, { ...answer, usage }), options.pace);
    response.end();
  };

  await listen(server);
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    requests,
    connections: () => connections,
    open: () => open,
    close: () => close(server),
  };
}

/** Writes events as they are sent by the API, at `pace` deltas a second; stops when the client has gone. */
export async function sendEvents(
  response: ServerResponse,
  events: readonly ApiEvent[],
  pace = Number.POSITIVE_INFINITY,
): Promise<void> {
  if (!response.headersSent)
    response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache',
    });
  const started = performance.now();
  let sent = 0;
  for (const event of events) {
    if (response.destroyed) return;
    if (event.type.endsWith('.delta')) sent++;
    const dueMs = (sent / pace) * 1_000 - (performance.now() - started);
    if (dueMs > TICK_MS) await sleep(dueMs);
    response.write(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
  }
}

export function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}

function answerOf(reply: Piece | readonly Piece[] | Answer): Answer {
  if ('pieces' in reply) return reply;
  return { pieces: 'kind' in reply ? [reply] : reply };
}

/** What a provider's cache would find again: the beginning that a request shares with the one before. */
function sharedTokens(before: RequestBody | undefined, body: RequestBody): number {
  const [one, two] = [before, body].map((each) =>
    JSON.stringify([each?.instructions, each?.tools, each?.input]),
  );
  let shared = 0;
  while (one !== undefined && shared < one.length && one[shared] === two?.[shared]) shared++;
  return Math.floor(shared / 4);
}

async function readBody(request: IncomingMessage): Promise<RequestBody> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString());
}

function listen(server: Server): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject);
  server.listen(0, '127.0.0.1', resolve);
  return promise;
}

function close(server: Server): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  server.close(() => resolve());
  server.closeAllConnections();
  return promise;
}
