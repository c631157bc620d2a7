// An answer while it streams: what it costs to draw, whether keys stay quick meanwhile, and how soon it is there.
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { startModelServer } from '../source/demo/model-server.ts';
import { say } from '../source/demo/pieces.ts';
import { type Row, time, weight } from './figures.ts';
import type { Place } from './place.ts';
import { openTerminal, typeKeys } from './terminal.ts';

const ROUNDS = 3;
const PACE = 200;
const PACED_TOKENS = 2_000;
const FAST_TOKENS = 20_000;
const END = 'That is all of it.';
const GIVE_UP_MS = 60_000;
/** Keys are typed so often; into an answer at once so often that several fall into it. */
const KEY_MS = 250;
const BURST_KEY_MS = 100;
/** Linux counts a process's time in hundredths of a second. */
const TICKS_A_SECOND = 100;

/** The least that can be done on Node: write each piece of the answer to the terminal as it comes, echo keys. */
const byHand = `
  process.stdin.setRawMode(true);
  process.stdin.on('data', (key) => process.stdout.write(key));
  const { request } = require('node:http');
  const headers = { 'content-type': 'application/json' };
  const asked = request(process.argv[1] + '/responses', { method: 'POST', headers }, (answer) => {
    let rest = '';
    answer.setEncoding('utf8').on('data', (text) => {
      const lines = (rest + text).split('\\n');
      rest = lines.pop();
      for (const line of lines) {
        const event = line.startsWith('data: {') ? JSON.parse(line.slice(6)) : {};
        if (event.type === 'response.output_text.delta') process.stdout.write(event.delta);
      }
    });
  });
  process.stdout.write('›');
  process.stdin.once('data', () => asked.end('{"model":"bench","input":[]}'));
`;

interface Streamed {
  /** From Enter to the end on the screen. */
  readonly ms: number[];
  /** Milliseconds of processor time from Enter on. */
  readonly cpuMs: number[];
  readonly echoMs: number[];
  /** One of each answer. */
  readonly slowestMs: number[];
  readonly kilobytes: number[];
}

export async function measureStream(place: Place): Promise<Row[]> {
  const [paced, pacedFloor] = await measure(place, textOf(PACED_TOKENS), PACE);
  const [fast, fastFloor] = await measure(place, textOf(FAST_TOKENS));
  return [
    time(
      '2,000 tokens at 200 a second, processor ms',
      paced.cpuMs,
      pacedFloor.cpuMs,
      'written as they come by bare Node',
    ),
    time('a key typed meanwhile on the screen, ms', paced.echoMs, pacedFloor.echoMs, 'the same'),
    weight('kB to the terminal meanwhile', paced.kilobytes, pacedFloor.kilobytes, 'the same'),
    time('20,000 tokens at once, Enter to their end on the screen, ms', fast.ms, fastFloor.ms, 'the same'),
    time('processor ms of that', fast.cpuMs, fastFloor.cpuMs, 'the same'),
    time('the slowest key typed into that, ms', fast.slowestMs, fastFloor.slowestMs, 'the same'),
  ];
}

/** Words, lists and code, some four characters a token. */
function textOf(tokens: number): string {
  const part =
    'The slug is made from the title: letters are folded, runs of other signs become one dash.\n\n- **first** the emoji go\n- then `normalize` folds accents\n\n```ts\nexport function slug(title: string): string {\n  return title.normalize("NFKD").toLowerCase();\n}\n```\n\n';
  const text = part.repeat(Math.ceil((tokens * 4) / part.length)).slice(0, tokens * 4 - END.length - 10);
  return `${text}\n\`\`\`\n\n${END}`;
}

async function measure(place: Place, text: string, pace?: number): Promise<[Streamed, Streamed]> {
  const program: Streamed = { ms: [], cpuMs: [], echoMs: [], slowestMs: [], kilobytes: [] };
  const floor: Streamed = { ms: [], cpuMs: [], echoMs: [], slowestMs: [], kilobytes: [] };
  const keyMs = pace === undefined ? BURST_KEY_MS : KEY_MS;
  const server = await startModelServer(() => say(text), pace === undefined ? {} : { pace });
  try {
    for (let round = 0; round < ROUNDS; round++) {
      await streamOnce(place, ['-e', byHand, server.baseUrl], '\r', keyMs, floor);
      // A session of its own: the end of an earlier answer would be on the screen already.
      const session = `stream-${pace ?? 'fast'}-${round}`;
      await streamOnce(place, place.program(server.baseUrl, '--session', session), 'go\r', keyMs, program);
    }
  } finally {
    await server.close();
  }
  return [program, floor];
}

async function streamOnce(
  place: Place,
  args: readonly string[],
  ask: string,
  keyMs: number,
  into: Streamed,
): Promise<void> {
  const terminal = openTerminal(place, args);
  const { pty, exited, seen } = terminal;
  const giveUp = setTimeout(() => pty.kill('SIGKILL'), GIVE_UP_MS);
  let bytes = 0;
  pty.onData((data) => {
    bytes += Buffer.byteLength(data);
  });
  await seen('›');
  // Until all is loaded and drawn.
  await sleep(2_000);
  const [before, cpuBefore, started] = [bytes, cpuMsOf(pty.pid), performance.now()];
  const end = seen(END);
  pty.write(ask);
  let over = false;
  const typing = typeKeys(terminal, keyMs, () => over);
  await end;
  over = true;
  into.ms.push(performance.now() - started);
  const echoMs = await typing;
  into.echoMs.push(...echoMs);
  if (echoMs.length > 0) into.slowestMs.push(Math.max(...echoMs));
  into.cpuMs.push(cpuMsOf(pty.pid) - cpuBefore);
  into.kilobytes.push((bytes - before) / 1_000);
  pty.kill('SIGKILL');
  await exited;
  clearTimeout(giveUp);
}

/** Processor time of a process and its threads so far; NaN where the system has no /proc. */
function cpuMsOf(pid: number): number {
  try {
    const [utime = '', stime = ''] =
      readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ').slice(11, 13) ?? [];
    return ((Number(utime) + Number(stime)) * 1_000) / TICKS_A_SECOND;
  } catch {
    return Number.NaN;
  }
}
