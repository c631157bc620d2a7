// A session of 1,000 turns on the full screen: whether memory grows, whether calls and keys become slower, and whether the
// screen rests behind it. Each turn has a command, each twentieth a patch and its commit; contexts are compacted on the way.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { answerEvents } from '../source/demo/answer-events.ts';
import { sendEvents, startModelServer } from '../source/demo/model-server.ts';
import { call, type Piece, patch, type RequestBody, say, ship } from '../source/demo/pieces.ts';
import { type Row, time, weight } from './figures.ts';
import { configure, type Place } from './place.ts';
import { cpuMs, memoryMb } from './process.ts';
import { type BenchTerminal, openTerminal, typeKeys } from './terminal.ts';

const TURNS = 1_000;
/** The first turns and the last ones, which are held against each other. */
const EDGE = 100;
const PATCHED = 20;
const KEYS = 41;
const KEY_MS = 50;
/** A resting screen is looked at for so long, as the peers are; before it, V8 tidies up. */
const IDLE_MS = 20_000;
const SETTLE_MS = 60_000;
const GIVE_UP_MS = 60_000;

interface Measured {
  readonly callMs: number[];
  readonly echoMs: number[];
  memoryMb: number;
}

export async function measureManyTurns(place: Place): Promise<Row[]> {
  writeFileSync(
    join(place.env.HOME ?? '', '.gitconfig'),
    '[user]\n\tname = bench\n\temail = bench@localhost\n[safe]\n\tdirectory = *\n',
  );
  configure(place, 'compact_at = 20000\n');
  const model = await startTalkingModel();
  const terminal = openTerminal(place, place.program(model.baseUrl));
  const { pty, exited, seen } = terminal;
  try {
    await seen('F1');
    const first = await playTurns(terminal, model, 0, EDGE);
    await playTurns(terminal, model, EDGE, TURNS - EDGE);
    const last = await playTurns(terminal, model, TURNS - EDGE, TURNS);
    await sleep(SETTLE_MS);
    const before = cpuMs(pty.pid);
    await sleep(IDLE_MS);
    const idleMs = cpuMs(pty.pid) - before;
    const restingMb = memoryMb(pty.pid, 'VmRSS');
    const against = `the first ${EDGE} turns`;
    return [
      time('a call in the last 100 of 1,000 turns, ms', last.callMs, first.callMs, against),
      time('a key typed behind 1,000 turns, ms', last.echoMs, first.echoMs, `behind ${EDGE}`),
      weight('memory behind 1,000 turns, MB', [last.memoryMb], [first.memoryMb], `behind ${EDGE}`),
      weight('memory of an idle screen behind 1,000 turns, MB', [restingMb]),
      weight('processor in 20 s of an idle screen behind 1,000 turns, ms', [idleMs]),
    ];
  } finally {
    pty.kill('SIGKILL');
    await exited;
    await model.close();
  }
}

async function playTurns(
  terminal: BenchTerminal,
  model: TalkingModel,
  from: number,
  to: number,
): Promise<Measured> {
  const callsBefore = model.callMs.length;
  for (let turn = from; turn < to; turn++) {
    const ended = model.nextEnd();
    terminal.pty.write(`go on with part ${turn}`);
    terminal.pty.write('\r');
    await Promise.race([ended, giveUp(turn)]);
  }
  let keys = 0;
  const echoMs = await typeKeys(terminal, KEY_MS, () => keys++ >= KEYS);
  terminal.pty.write('\x03');
  return { callMs: model.callMs.slice(callsBefore), echoMs, memoryMb: memoryMb(terminal.pty.pid, 'VmRSS') };
}

function giveUp(turn: number): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>();
  promise.catch(() => undefined);
  setTimeout(() => reject(new Error(`turn ${turn} did not end in ${GIVE_UP_MS} ms`)), GIVE_UP_MS).unref();
  return promise;
}

interface TalkingModel {
  readonly baseUrl: string;
  /** From the last byte of an answer with a command to the request that brings its output. */
  readonly callMs: readonly number[];
  /** Resolves when the last answer of the next turn to end is out. */
  nextEnd(): Promise<void>;
  close(): Promise<void>;
}

async function startTalkingModel(): Promise<TalkingModel> {
  const callMs: number[] = [];
  let turn = 0;
  let calledAt = Number.NaN;
  let end = Promise.withResolvers<void>();
  const server = await startModelServer((body) => async (response) => {
    const isSummary = body.tool_choice === 'none';
    if (!isSummary && hasOutput(body)) callMs.push(performance.now() - calledAt);
    const pieces = isSummary ? [say('All parts so far are done.')] : answerTo(body, turn);
    await sendEvents(response, answerEvents(pieces, body));
    response.end();
    calledAt = performance.now();
    if (isSummary || pieces[0]?.kind === 'call') return;
    turn += 1;
    const { resolve } = end;
    end = Promise.withResolvers();
    resolve();
  });
  return { baseUrl: server.baseUrl, callMs, nextEnd: () => end.promise, close: server.close };
}

function hasOutput({ input }: RequestBody): boolean {
  return String(input.at(-1)?.type).endsWith('_output');
}

function answerTo(body: RequestBody, turn: number): Piece[] {
  if (turn % PATCHED === PATCHED - 1) {
    const text = `*** Begin Patch\n*** Add File: part-${turn}.txt\n+${turn}\n*** End Patch\n`;
    return [patch(text), ship({ subject: `Add part ${turn}` })];
  }
  if (hasOutput(body))
    return [say(`Part **${turn}** is done:\n\n- it was small\n- \`part-${turn}\` is as it was\n`)];
  return [call('exec_command', { cmd: `echo ${turn}; seq 40` })];
}
