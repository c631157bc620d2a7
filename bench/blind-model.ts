// A model that asks for `true` again and again, and reads nothing of what it is asked: what a request of megabytes takes
// to be parsed, and to be kept, is no time of the program's.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerEvents } from '../source/demo/answer-events.ts';
import { sendEvents } from '../source/demo/model-server.ts';
import { call, type RequestBody, say } from '../source/demo/pieces.ts';

export interface BlindModel {
  /** With its `/v1`, for the client. */
  readonly baseUrl: string;
  /** Of each call, ms from the last byte of its answer to the last one of the request that follows. */
  readonly gapMs: readonly number[];
  /** Parsed at last, when it is asked for. */
  firstRequest(): RequestBody;
  close(): Promise<void>;
}

/** Its last word. */
export const SAID = 'Done with all of them.';

const UNREAD: RequestBody = { model: 'scripted', input: [] };

/** Asks for `calls` calls, one an answer, and says a word. */
export async function startBlindModel(calls: number): Promise<BlindModel> {
  const gapMs: number[] = [];
  const first: Buffer[] = [];
  let requests = 0;
  let answeredAt = Number.NaN;
  const server = createServer(async (request, response) => {
    const number = requests++;
    request.on('data', (chunk: Buffer) => number === 0 && first.push(chunk));
    await once(request, 'end');
    if (number > 0) gapMs.push(performance.now() - answeredAt);
    const piece = number < calls ? call('exec_command', { cmd: 'true' }) : say(SAID);
    await sendEvents(response, answerEvents([piece], UNREAD));
    response.end();
    answeredAt = performance.now();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    gapMs,
    firstRequest: () => JSON.parse(Buffer.concat(first).toString()),
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
