// What a call costs beside the model: from the last byte of an answer that asks for `true` to the next request.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { answerEvents } from '../source/demo/answer-events.ts';
import { sendEvents, startModelServer } from '../source/demo/model-server.ts';
import { call, say } from '../source/demo/pieces.ts';
import { timeProcess } from './headless.ts';
import type { Place } from './place.ts';

const CALLS = 200;
const EDGE = 20;
/** Bare shells that are timed before, and again after. */
const FLOORS = 25;

export interface CallFigures {
  readonly gap: number[];
  readonly first: number[];
  readonly last: number[];
  readonly floor: number[];
  readonly tokens: number;
  readonly promptTokens: number;
  readonly toolTokens: number;
}

export async function measureCalls(place: Place): Promise<CallFigures> {
  const gap: number[] = [];
  let answeredAt = Number.NaN;
  const server = await startModelServer((_, number) => async (response, body) => {
    if (number > 0) gap.push(performance.now() - answeredAt);
    const piece = number < CALLS ? call('exec_command', { cmd: 'true' }) : say('Done.');
    await sendEvents(response, answerEvents([piece], body));
    response.end();
    answeredAt = performance.now();
  });
  const floor: number[] = [];
  try {
    for (let round = 0; round < FLOORS; round++) floor.push(await timeShell());
    await timeProcess(place, place.program(server.baseUrl, 'run', 'call true'));
    for (let round = 0; round < FLOORS; round++) floor.push(await timeShell());
  } finally {
    await server.close();
  }
  const promptTokens = tokensOf(server.requests[0]?.instructions ?? '');
  const toolTokens = tokensOf(JSON.stringify(server.requests[0]?.tools ?? []));
  const tokens = promptTokens + toolTokens;
  return { gap, first: gap.slice(0, EDGE), last: gap.slice(-EDGE), floor, tokens, promptTokens, toolTokens };
}

async function timeShell(): Promise<number> {
  const started = performance.now();
  const child = spawn('bash', ['--noprofile', '--norc', '-c', 'true'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  await once(child, 'close');
  return performance.now() - started;
}

function tokensOf(text: string): number {
  return Math.ceil(Buffer.byteLength(text) / 4);
}
