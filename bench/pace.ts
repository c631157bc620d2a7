// `npm run bench -- pace`: a session as people have them, in real time, and the share of its turns that is neither the
// model's nor its own commands'. Told twice: by the turns' own account, and from outside, by the clocks of the scripted
// server (from the last byte of an answer to the next request) and of the commands themselves.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { answerEvents } from '../source/demo/answer-events.ts';
import { type RawReply, sendEvents, startModelServer } from '../source/demo/model-server.ts';
import { call, type Piece, patch, reason, say, ship } from '../source/demo/pieces.ts';
import type { PaceReport, TurnAccount } from '../source/session/pace-report.ts';
import { commitAll, createPlace, type Place } from './place.ts';
import { openTerminal } from './terminal.ts';

const FOLDER = 50;
const SUITE_S = 10;
/** Of the suite's time in which it has a core. */
const BUSY = 0.5;
/** Of an answer's time: until it begins, and thinking. */
const WAITING = 0.1;
const REASONING = 0.6;

/** A request: how long its answer takes, and what that is. */
type Step = readonly [seconds: number, ...pieces: readonly Piece[]];

interface Replay {
  /** How many times as fast as in life the model and the tests are. */
  readonly faster: number;
  /** In the repository. */
  readonly files: number;
}

export async function replayPace(faster = 1, files = 5_000): Promise<void> {
  const seconds = [...apart, ...joined].flat().reduce((sum, [each]) => sum + each, 0);
  console.log(
    `a session of ${apart.length + joined.length} turns, ${files} files, tests of ${SUITE_S} s: about ${Math.ceil(seconds / 60 / faster) + 1} minutes`,
  );
  if (faster !== 1)
    console.log(`the model and the tests are ${faster} times as fast as in life, git and hullspeed are not`);
  console.log(`\n${await replay('the ship in a step of its own', apart, { faster, files })}`);
  console.log(`\n${await replay('the ship beside the last patch', joined, { faster, files })}`);
}

async function replay(what: string, turns: readonly (readonly Step[])[], given: Replay): Promise<string> {
  const place = await createPlace();
  try {
    await fill(place, given);
    const outside = await run(place, turns, given);
    const ask = (...args: string[]): string =>
      execFileSync(process.execPath, [launcher, ...args], {
        cwd: place.repository,
        env: place.env,
        encoding: 'utf8',
      });
    const told = (JSON.parse(ask('pace', '--json')) as PaceReport).turns.slice(0, turns.length);
    const wanted = turns.map((steps) => (steps.some(ships) ? 'shipped' : 'answered'));
    if (`${told.map(({ outcome }) => outcome)}` !== `${wanted}`)
      throw new Error(`the session went another way:\n${ask('log')}`);
    return describe(what, told, outside);
  } finally {
    await place.remove();
  }
}

function ships([, ...pieces]: Step): boolean {
  return pieces.some((piece) => piece.kind === 'call' && piece.name === 'ship');
}

const launcher = join(import.meta.dirname, '../bin/hullspeed.cjs');

interface Outside {
  readonly wallMs: number;
  /** Between the last byte of an answer and the next request, without what the commands took by their own clock. */
  readonly betweenMs: number;
  readonly commandsMs: number;
}

/** Types all prompts at once, so that a turn's end is seen by the next one's request; the last one is only for that. */
async function run(place: Place, turns: readonly (readonly Step[])[], { faster }: Replay): Promise<Outside> {
  const steps: readonly Step[] = [...turns.flat(), [0, say('Done.')]];
  const arrived: number[] = [];
  const answered: number[] = [];
  const over = Promise.withResolvers<void>();
  const server = await startModelServer((_, number): RawReply => {
    arrived.push(Date.now());
    const [seconds = 0, ...pieces] = steps[number] ?? [0, say('There is no more.')];
    return async (response, body) => {
      await answerSlowly(response, body, pieces, (seconds * 1_000) / faster);
      answered.push(Date.now());
      if (number === steps.length - 1) over.resolve();
    };
  });
  const { pty, exited } = openTerminal(place, place.program(server.baseUrl));
  try {
    const drawn = Promise.withResolvers<void>();
    pty.onData((data) => data.includes('›') && drawn.resolve());
    await drawn.promise;
    await sleep(1_000);
    let began = 0;
    for (let turn = 0; turn <= turns.length; turn++) {
      pty.write(`prompt ${turn + 1}`);
      await sleep(100);
      began ||= Date.now();
      pty.write('\r');
      await sleep(100);
    }
    await Promise.race([over.promise, exited.then(() => Promise.reject(new Error('the program ended')))]);
    await sleep(1_000);
    pty.write('\x04');
    await exited;
    const wallMs = (arrived.at(-1) ?? 0) - began;
    const gaps = arrived.slice(1).map((at, nth) => at - (answered[nth] ?? 0));
    const commandsMs = readClock(place);
    const first = (arrived[0] ?? 0) - began;
    return { wallMs, commandsMs, betweenMs: gaps.reduce((sum, ms) => sum + ms, first) - commandsMs };
  } finally {
    await server.close();
  }
}

/** Nothing, then thoughts, then words and calls, over the whole time. */
async function answerSlowly(
  response: Parameters<RawReply>[0],
  body: Parameters<RawReply>[1],
  pieces: readonly Piece[],
  ms: number,
): Promise<void> {
  const events = answerEvents([reason('How is this to be done?'), ...pieces], body);
  const thought = events.findIndex(({ type }) => type === 'response.output_item.added') + 1;
  await sleep(ms * WAITING);
  await sendEvents(response, events.slice(0, thought));
  await sleep(ms * REASONING);
  const rest = events.slice(thought);
  const started = Date.now();
  for (const [at, event] of rest.entries()) {
    const due = (at / rest.length) * ms * (1 - WAITING - REASONING) - (Date.now() - started);
    if (due > 20) await sleep(due);
    await sendEvents(response, [event]);
  }
  await new Promise<void>((resolve) => response.end(resolve));
}

/** What the commands took, by themselves: each writes when it began and when it ended. */
function readClock({ repository }: Place): number {
  const path = join(repository, '../clock');
  const times = existsSync(path) ? readFileSync(path, 'utf8').trim().split('\n').map(Number) : [];
  return times.reduce((sum, at, nth) => (nth % 2 === 0 ? sum - at : sum + at), 0);
}

function describe(what: string, turns: readonly TurnAccount[], outside: Outside): string {
  const sum = (of: (turn: TurnAccount) => number): number =>
    turns.reduce((total, turn) => total + of(turn), 0);
  const rest = ({ time }: TurnAccount): number => time.tests + time.git + time.harness;
  const percent = (part: number, whole: number): string => `${((part / whole) * 100).toFixed(2)}%`;
  const row = (...cells: readonly (string | number)[]): string =>
    cells.map((cell) => String(cell).padStart(9)).join('');
  return [
    `${what}; ms`,
    row('turn', 'wall', 'model', 'commands', 'tests', 'hidden', 'git', 'harness', 'share'),
    ...turns.map((turn, at) => {
      const { model, commands, tests, hidden, git, harness } = turn.time;
      const share = percent(rest(turn), turn.wallMs);
      return row(at + 1, turn.wallMs, model, commands, tests, hidden, git, harness, share);
    }),
    `neither model nor commands, by the turns' account: ${percent(
      sum(rest),
      sum(({ wallMs }) => wallMs),
    )}`,
    `the same from outside: ${percent(outside.betweenMs, outside.wallMs)} of ${outside.wallMs} ms (commands ${outside.commandsMs} ms by their own clock)`,
  ].join('\n');
}

async function fill(place: Place, { faster, files }: Replay): Promise<void> {
  const { repository } = place;
  for (let folder = 0; folder < files / FOLDER; folder++) {
    await mkdir(join(repository, `source/m${folder}`), { recursive: true });
    for (let file = 0; file < FOLDER; file++)
      await writeFile(
        join(repository, `source/m${folder}/f${file}.js`),
        `// Part ${file} of module ${folder}.\nexport const value = ${file};\n\n${`export function part${file}(x) {\n  return x + ${folder};\n}\n`.repeat(8)}`,
      );
  }
  await mkdir(join(repository, 'test'));
  await writeFile(join(repository, 'test/all.test.js'), suite((SUITE_S * 1_000) / faster));
  await writeFile(
    join(repository, 'package.json'),
    JSON.stringify({
      name: 'day',
      type: 'module',
      // Named, for else Node looks for tests in each of the files: 4.5 s among 100,000.
      scripts: { test: 'node --test test/all.test.js' },
    }),
  );
  commitAll(place, 'Fill');
  await rm(join(repository, '../clock'), { force: true });
}

function suite(ms: number): string {
  return `import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
test('everything', async () => {
  for (const end = Date.now() + ${ms}; Date.now() < end; await sleep(${100 * (1 - BUSY)}))
    for (const busy = Date.now() + ${100 * BUSY}; Date.now() < Math.min(busy, end); );
});
`;
}

function change(file: number, to: number): Piece {
  const [path, from] = [`source/m7/f${file}.js`, to === 1 ? file : to - 1 + 1_000];
  return patch(
    `*** Begin Patch\n*** Update File: ${path}\n@@\n-export const value = ${from};\n+export const value = ${to + 1_000};\n*** End Patch\n`,
  );
}

/** Of the model; it takes its own time. */
function command(cmd: string): Piece {
  const clock = 'date +%s%3N >> ../clock';
  return call('exec_command', { cmd: `${clock}; ${cmd}; ${clock}` });
}

const look = command('grep -rn "value = 3" source | head -20');
const read = command('cat source/m7/f1.js source/m7/f2.js; ls source | head -50');
const check = command('node --check source/m7/f1.js');

const apart: readonly (readonly Step[])[] = [
  [
    [12, look],
    [25, change(1, 1)],
    [8, check],
    [20, ship({ subject: 'First' })],
  ],
  [
    [5, change(2, 1)],
    [15, ship({ subject: 'Second' })],
  ],
  [
    [18, look, read],
    [22, read],
    [60, change(1, 2), change(3, 1)],
    [12, ship({ subject: 'Third', decisions: [{ chose: 'one', over: 'two', why: 'it is less' }] })],
  ],
  [
    [10, look],
    [9, say('It is in source/m7.')],
  ],
  [
    [14, read],
    [33, change(4, 1)],
    [6, change(4, 2)],
    [16, ship({ subject: 'Fourth' })],
  ],
];

const joined: readonly (readonly Step[])[] = [
  [
    [15, look],
    [45, change(1, 1), ship({ subject: 'First' })],
  ],
  [[30, change(2, 1), ship({ subject: 'Second' })]],
];
