// Whether a large repository costs anything while one works: the first frame, a turn's and a context's opening, and what lies
// between an answer and the next request, among 100,000 files and among 100. The model takes its time, as models do.
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { answerEvents } from '../source/demo/answer-events.ts';
import { sendEvents, startModelServer } from '../source/demo/model-server.ts';
import { call, say } from '../source/demo/pieces.ts';
import { type Row, time } from './figures.ts';
import { commitAll, createPlace, type Place } from './place.ts';
import { startOnce } from './screen.ts';
import { openTerminal } from './terminal.ts';

const ROUNDS = 3;
const CALLS = 3;
/** What runs under an open request is to be at its end: a `git status` of 100,000 files takes a few hundred ms. */
const THINKS_MS = 1_000;
/** The look at a turn's end, the names of the files that the composer offers, and what a fresh process loads. */
const RESTS_MS = 1_500;
const PAGES = 60;
const A_FOLDER = 100;

/** Milliseconds each. */
interface ScanFigures {
  readonly drawn: number[];
  /** From Enter to the request: in a context that has begun, and in one that begins. */
  readonly opened: number[];
  readonly begun: number[];
  readonly between: number[];
}

export async function measureScan(): Promise<Row[]> {
  const large = await createFilled(100_000);
  const small = await createFilled(100);
  const figures = { large: noFigures(), small: noFigures() };
  try {
    // The first one fills the compile cache.
    for (const place of [large, small]) await timeFrame(place);
    for (let round = 0; round < ROUNDS; round++) {
      figures.large.drawn.push(await timeFrame(large));
      figures.small.drawn.push(await timeFrame(small));
    }
    await measureTurns(large, figures.large);
    await measureTurns(small, figures.small);
    return rowsOf(figures);
  } finally {
    await large.remove();
    await small.remove();
  }
}

function rowsOf({ large, small }: Readonly<Record<'large' | 'small', ScanFigures>>): Row[] {
  const row = (what: string, figure: keyof ScanFigures): Row =>
    time(`${what} among 100,000 files, ms`, large[figure], small[figure], 'among 100');
  return [
    row('the first frame', 'drawn'),
    row('from an answer with a `true` to the next request', 'between'),
    row('from Enter to the request that begins a context', 'begun'),
    row('from Enter to a later turn’s request', 'opened'),
  ];
}

function noFigures(): ScanFigures {
  return { drawn: [], opened: [], begun: [], between: [] };
}

async function createFilled(count: number): Promise<Place> {
  const place = await createPlace();
  const write = async (path: string, text: string): Promise<void> => {
    await mkdir(dirname(join(place.repository, path)), { recursive: true });
    await writeFile(join(place.repository, path), text);
  };
  for (let page = 0; page < PAGES; page++)
    await write(`docs/${page}.md`, `---\nsummary: Part ${page}\nread_when: [changing part ${page}]\n---\n`);
  for (let start = 0; start < count; start += A_FOLDER)
    await Promise.all(
      Array.from({ length: A_FOLDER }, (_, nth) => write(`source/${start}/${nth}.ts`, `${start + nth}\n`)),
    );
  commitAll(place, 'Fill', 'Decision: a: b');
  return place;
}

async function timeFrame(place: Place): Promise<number> {
  return (await startOnce(place, place.program('http://127.0.0.1:9/v1'))).drawn;
}

/** A turn with calls, then one that begins a context, and so on. */
async function measureTurns(place: Place, figures: ScanFigures): Promise<void> {
  let arrived = (): void => undefined;
  let answeredAt = Number.NaN;
  let calls = 0;
  /** Of a turn. */
  let first = true;
  let rested = (): void => undefined;
  const server = await startModelServer(() => async (response, body) => {
    if (!first) figures.between.push(performance.now() - answeredAt);
    first = false;
    arrived();
    await sleep(THINKS_MS);
    const piece = calls > 1 ? call('exec_command', { cmd: 'true' }) : say('Done.');
    calls -= 1;
    await sendEvents(response, answerEvents([piece], body));
    response.end();
    answeredAt = performance.now();
    if (calls <= 0) rested();
  });
  const { pty, exited } = openTerminal(place, place.program(server.baseUrl));
  const turn = async (requests: number): Promise<number> => {
    await sleep(RESTS_MS);
    calls = requests;
    first = true;
    pty.write('go on');
    await sleep(RESTS_MS / 5);
    const rest = new Promise<void>((resolve) => (rested = resolve));
    const request = new Promise<void>((resolve) => (arrived = resolve));
    const pressed = performance.now();
    pty.write('\r');
    await request;
    const ms = performance.now() - pressed;
    await rest;
    return ms;
  };
  try {
    await turn(1);
    for (let round = 0; round < ROUNDS; round++) {
      figures.opened.push(await turn(CALLS));
      await sleep(RESTS_MS);
      pty.write('/new\r');
      figures.begun.push(await turn(1));
    }
    pty.write('\x04');
    await exited;
  } finally {
    pty.kill('SIGKILL');
    await server.close();
  }
}
