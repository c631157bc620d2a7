// The scripted model server of the demo, and the faults that tests put into its script.
import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { type AnswerOptions, answerEvents } from '../../source/demo/answer-events.ts';
import {
  type Answer,
  type RawReply,
  type Reply,
  type Script,
  sendEvents,
  sendJson,
  startModelServer,
} from '../../source/demo/model-server.ts';
import { call, type Piece, patch, type RequestBody, reason, say, ship } from '../../source/demo/pieces.ts';

export type { Answer, Piece, RawReply, Reply, RequestBody, Script };
export { call, patch, reason, say, ship, startModelServer };

/** An answer with usage, a delay before it, or a pace of its own. */
export function answer(pieces: readonly Piece[], options: AnswerOptions & { delayMs?: number } = {}): Answer {
  return { pieces, ...options };
}

/** An answer that ends early: by default at max output tokens, its last piece cut. */
export function incomplete(
  pieces: readonly Piece[],
  reason: AnswerOptions['incomplete'] = 'max_output_tokens',
): Answer {
  return { pieces, incomplete: reason };
}

/** A refusal. `error` is what stands under that name in the body; a string body goes as it is. */
export function status(
  code: number,
  options: {
    error?: unknown;
    body?: string;
    headers?: Record<string, string>;
    retryAfter?: string | number;
  } = {},
): RawReply {
  const headers = {
    ...options.headers,
    ...(options.retryAfter !== undefined && { 'retry-after': String(options.retryAfter) }),
  };
  return (response) => {
    if (options.body === undefined)
      return sendJson(response, code, { error: options.error ?? { message: `scripted ${code}` } }, headers);
    response.writeHead(code, headers).end(options.body);
  };
}

/** The first events of an answer; then the connection breaks, or (`politely`) the stream just ends. */
export function cut(
  afterEvents: number,
  pieces: readonly Piece[] = [say('This sentence is never finished.')],
  politely = false,
): RawReply {
  return async (response, body) => {
    await sendEvents(response, answerEvents(pieces, body).slice(0, afterEvents));
    if (politely) return void response.end();
    await flushed(response);
    response.destroy();
  };
}

/** Accepts the request and never says a word, not even a status. */
export function silent(): RawReply {
  return () => {};
}

/** The first events of an answer, then `: ping` every few ms for as long as somebody listens. */
export function pings(everyMs: number, afterEvents = 2): RawReply {
  return async (response, body) => {
    await sendEvents(response, answerEvents([say('')], body).slice(0, afterEvents));
    const timer = setInterval(() => response.write(': ping\n\n'), everyMs);
    response.on('close', () => clearInterval(timer));
  };
}

/** A web page where an answer should be. */
export function html(): RawReply {
  return (response) =>
    void response
      .writeHead(200, { 'content-type': 'text/html' })
      .end('<!doctype html><html>Welcome to the hotel</html>');
}

/** Bytes as they are, under the content type of a stream. */
export function bytes(...chunks: readonly (string | Uint8Array)[]): RawReply {
  return async (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (const chunk of chunks) {
      response.write(chunk);
      await flushed(response);
    }
    response.end();
  };
}

/** `response.failed` with this error. */
export function failed(error: { code: string; message: string }): RawReply {
  return async (response, body) => {
    const [created] = answerEvents([], body);
    const end = {
      type: 'response.failed',
      sequence_number: 1,
      response: { status: 'failed', error, output: [] },
    };
    await sendEvents(response, [...(created ? [created] : []), end]);
    response.end();
  };
}

function flushed(response: ServerResponse): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  response.write('', () => setImmediate(resolve));
  return promise;
}

/** An answer that begins once something holds. */
export function sendWhen(holds: () => boolean, pieces: readonly Piece[]): RawReply {
  return async (response, body) => {
    while (!holds()) await sleep(5);
    await sendEvents(response, answerEvents(pieces, body));
    response.end();
  };
}

/** A patch that adds a file of these lines. */
export function add(path: string, ...lines: string[]): Piece {
  return patch(
    `*** Begin Patch\n*** Add File: ${path}\n${lines.map((line) => `+${line}\n`).join('')}*** End Patch\n`,
  );
}

/** A patch that replaces one line of a file. */
export function edit(path: string, from: string, to: string): Piece {
  return patch(`*** Begin Patch\n*** Update File: ${path}\n@@\n-${from}\n+${to}\n*** End Patch\n`);
}

/** A command of the model's. */
export function run(cmd: string, more: object = {}): Piece {
  return call('exec_command', { cmd, ...more });
}
