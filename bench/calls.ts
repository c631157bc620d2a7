// What a call costs beside the model: from the last byte of an answer that asks for `true` to the next request.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { RequestBody } from '../source/demo/pieces.ts';
import { SAID, startBlindModel } from './blind-model.ts';
import { count, type Row, time } from './figures.ts';
import { timeProcess } from './headless.ts';
import { configure, type Place } from './place.ts';
import { measureReopening } from './reopen.ts';

const CALLS = 200;
const MANY_CALLS = 1_000;
const EDGE = 20;
/** Bare shells that are timed before, and again after. */
const FLOORS = 25;

export async function measureCalls(place: Place): Promise<Row[]> {
  const { gap, floor, first } = await callTrue(place, CALLS);
  const promptTokens = tokensOf(first.instructions ?? '');
  const toolTokens = tokensOf(JSON.stringify(first.tools ?? []));
  return [
    time('harness time a call (`true` in a shell), ms', gap, floor, 'spawning a bare bash'),
    time('the last 20 calls against the first 20, ms', gap.slice(-EDGE), gap.slice(0, EDGE), 'the first 20'),
    count('tokens before the first word (bytes / 4)', promptTokens + toolTokens),
    count('of them the tools', toolTokens),
  ];
}

/** Whether a call becomes dearer with what lies behind it, and opening that session again. */
export async function measureManyCalls(place: Place): Promise<Row[]> {
  configure(place, `turn.max_steps = ${MANY_CALLS + 1}\n`);
  const { gap } = await callTrue(place, MANY_CALLS);
  const [first, last] = [gap.slice(0, EDGE), gap.slice(-EDGE)];
  return [
    time('the last 20 of 1,000 calls against the first 20, ms', last, first, 'the first 20'),
    ...(await measureReopening(place, SAID)),
  ];
}

async function callTrue(
  place: Place,
  calls: number,
): Promise<{ gap: number[]; floor: number[]; first: RequestBody }> {
  const model = await startBlindModel(calls);
  const floor: number[] = [];
  try {
    for (let round = 0; round < FLOORS; round++) floor.push(await timeShell());
    await timeProcess(place, place.program(model.baseUrl, 'run', 'call true'));
    for (let round = 0; round < FLOORS; round++) floor.push(await timeShell());
  } finally {
    await model.close();
  }
  return { gap: [...model.gapMs], floor, first: model.firstRequest() };
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
