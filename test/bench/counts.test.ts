// The bench's short form for CI: counts and bytes of scripted scenarios, never times. What grew is to be mended, or raised
// here by who means it; what shrank is to be lowered here.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
// Ink's own: what it makes a node for, it lays out in each frame.
import Yoga from 'yoga-layout';
import { prefixChanges } from '../../bench/prefix.ts';
import type { SessionEvent } from '../../source/session/events.ts';
import { createFakeEngine } from '../support/engine.ts';
import { answer, opened } from '../support/events.ts';
import { add, type Reply, run, say, sendWhen, ship } from '../support/model-server.ts';
import { openScreen, type TestApp } from '../support/screen.ts';
import { startSession } from '../support/session.ts';
import { flags } from './allocations.ts';

/** The most of each. Bytes have a little room: a journal's lines have times in them. */
const most = {
  'a patch and its ship, from the prompt to the end of the turn': {
    requests: 1,
    'requests that lose the cache': 0,
    'bytes of the first request': 5_200,
    'bytes a step adds': 0,
    'processes of git': 13,
    'journal writes': 13,
    'journal bytes an event': 250,
  },
  'a ship of what was tested under its request': { 'processes of git': 4 },
  'a turn of ten calls': {
    requests: 11,
    'requests that lose the cache': 0,
    'bytes of the first request': 5_200,
    'bytes a step adds': 250,
    'processes of git': 11,
    'journal writes': 45,
    'journal bytes an event': 210,
  },
  'the screen opens on 1,000 turns': {
    'nodes made': 28,
    'writes to the terminal': 2,
    'bytes written': 4_700,
  },
  'twenty letters typed': { frames: 20, 'bytes a frame': 75, 'nodes made': 0 },
  'an answer that streams in fifty pieces': { frames: 50, 'bytes a frame': 590, 'nodes made': 0 },
  'five pages scrolled': { frames: 5, 'bytes a frame': 2_150, 'nodes made': 0 },
  'an event folded into a session of 500 turns': { 'bytes allocated': 8_000, 'bytes kept a turn': 50 },
};

type Counts = Readonly<Record<string, number>>;

/** Says of each count that grew from what to what; `seen` is what may tell why. */
function expectAtMost(scenario: keyof typeof most, counts: Counts, seen = ''): void {
  const bounds: Counts = most[scenario];
  expect(Object.keys(counts)).toEqual(Object.keys(bounds));
  for (const [what, count] of Object.entries(counts))
    expect
      .soft(count, `${scenario}: ${what} grew from ${bounds[what]} to ${count} ${seen}`)
      .toBeLessThanOrEqual(bounds[what] ?? 0);
}

/** Git, which writes down beside itself what it was asked. */
function loggingGit(): string {
  const git = execFileSync('which', ['git'], { encoding: 'utf8' }).trim();
  return `echo "$@" >> "$(dirname "$0")/log"\nexec ${git} "$@"\n`;
}

function listed(commands: readonly string[]): string {
  return `of git: ${commands.map((line) => line.replaceAll(/-c \S+ /g, '').split(' ')[0])}`;
}

/** What one prompt takes of a session that has settled: its tree is green, and git has said what does not change. */
async function countTurn(script: readonly Reply[]): Promise<{ counts: Counts; commands: string }> {
  const session = await startSession([run('sh check.sh'), say('Yes.'), ...script], {
    files: { 'check.sh': 'echo fine\n' },
    programs: { git: loggingGit() },
  });
  onTestFinished(session.close);
  const log = join(session.root, '../bin/log');
  const journal = (): Buffer => readFileSync(join(session.root, '../state/journal.jsonl'));
  await session.prompt('are we green?');
  writeFileSync(log, '');
  const [requests, events, bytes] = [session.requests.length, session.events.length, journal().length];
  await session.prompt('go on');
  const written = session.events.length - events;
  const commands = readFileSync(log, 'utf8').trim().split('\n');
  const sizes = session.requests.map((request) => Buffer.byteLength(JSON.stringify(request)));
  const [first = 0, last = 0] = [sizes[requests], sizes.at(-1)];
  return {
    counts: {
      requests: session.requests.length - requests,
      'requests that lose the cache': prefixChanges(session.requests),
      'bytes of the first request': sizes[0] ?? 0,
      'bytes a step adds': Math.ceil((last - first) / Math.max(1, sizes.length - requests - 1)),
      'processes of git': commands.length,
      'journal writes': written,
      'journal bytes an event': Math.ceil((journal().length - bytes) / written),
    },
    commands: listed(commands),
  };
}

test('a patch and its ship', async () => {
  const { counts, commands } = await countTurn([[add('a.txt', 'one'), ship({ subject: 'Add a' })]]);
  expectAtMost('a patch and its ship, from the prompt to the end of the turn', counts, commands);
});

test('a ship of what was tested under its request', async () => {
  let log = '';
  const said = (): string => readFileSync(log, 'utf8');
  const staged = (): boolean => {
    const done = said().includes('add --refresh');
    if (done) writeFileSync(log, '');
    return done;
  };
  const session = await startSession(
    [
      // Of the first one git is asked who the person is.
      [add('b.txt', 'one'), ship({ subject: 'Add b' })],
      [add('a.txt', 'one')],
      sendWhen(staged, [ship({ subject: 'Add a' })]),
    ],
    { files: { 'check.sh': 'echo fine\n' }, programs: { git: loggingGit() } },
  );
  onTestFinished(session.close);
  log = join(session.root, '../bin/log');
  await session.prompt('add b');
  writeFileSync(log, '');
  await session.prompt('add a');
  const commands = said().trim().split('\n');
  expectAtMost(
    'a ship of what was tested under its request',
    { 'processes of git': commands.length },
    listed(commands),
  );
});

test('a turn of ten calls', async () => {
  const calls = Array.from({ length: 10 }, (_, nth) => run(`echo ${nth}`));
  const { counts, commands } = await countTurn([...calls, say('Done.')]);
  expectAtMost('a turn of ten calls', counts, commands);
});

/** Turns with one call each. */
function turns(count: number): SessionEvent[] {
  return Array.from({ length: count }, (_, turn): SessionEvent[] => {
    const first = 2 + turn * 7;
    const call = `call ${turn}`;
    return [
      { type: 'prompt.accepted', text: `make part ${turn} work` },
      { type: 'turn.started', prompt: first },
      { type: 'step.started', turn: first + 1, inputs: [] },
      answer(first + 2, `Part **${turn}** is done:\n\n- it was small\n- its tests pass\n`, {
        ...{ id: call, name: 'exec_command', argument: '{"cmd":"npm test"}' },
      }),
      { type: 'call.started', step: first + 2, call },
      { type: 'call.finished', call, outcome: 'ok', output: 'all tests passed', ms: 5, exit: 0 },
      { type: 'turn.ended', turn: first + 1, outcome: 'answered' },
    ];
  }).flat();
}

/** A screen whose clock is the test's, and what it has drawn since somebody asked last. */
async function openCounted() {
  let nodes = 0;
  const { create } = Yoga.Node;
  Yoga.Node.create = (...args) => {
    nodes += 1;
    return create(...args);
  };
  let ms = 500_000;
  const clock = { now: () => 1_760_000_000_000, mono: () => ms };
  const engine = createFakeEngine({ events: [opened, ...turns(1_000)], clock });
  const app = await openScreen({ engine, clock, reducedMotion: true });
  await app.rests();
  let seen = 0;
  return {
    app,
    counted: () => {
      const writes = app.writes.slice(seen);
      seen = app.writes.length;
      const counts = { nodes, writes: writes.length, bytes: Buffer.byteLength(writes.join('')) };
      nodes = 0;
      return counts;
    },
    /** Changes something that is to be seen, and waits until it is drawn: each has a frame of its own, however slow that is. */
    draw: async (change: (app: TestApp) => void) => {
      const before = app.writes.length;
      ms += 40;
      change(app);
      await expect.poll(() => app.writes.length, { interval: 2 }).toBeGreaterThan(before);
    },
    close: async () => {
      Yoga.Node.create = create;
      app.hangUp();
      await app.over;
    },
  };
}

test('the screen', async () => {
  const { app, counted, draw, close } = await openCounted();
  const framesOf = async (changes: readonly ((app: TestApp) => void)[]): Promise<Counts> => {
    for (const change of changes) await draw(change);
    await app.rests();
    const { writes, bytes, nodes } = counted();
    return { frames: writes, 'bytes a frame': Math.ceil(bytes / changes.length), 'nodes made': nodes };
  };
  const { nodes, writes, bytes } = counted();
  expectAtMost('the screen opens on 1,000 turns', {
    'nodes made': nodes,
    'writes to the terminal': writes,
    'bytes written': bytes,
  });
  const letters = [...'fix the slug of it, '].map(
    (letter) =>
      ({ type }: TestApp) =>
        type(letter),
  );
  expectAtMost('twenty letters typed', await framesOf(letters));
  const words =
    'The **slug** is made from the title: letters are folded, `runs` of signs become one dash.\n\n';
  const pieces = Array.from({ length: 50 }, (_, nth) => ({ engine }: TestApp) => {
    engine.stream({ activity: 'thinking', text: words.repeat(6).slice(0, 12 + nth * 10) });
  });
  expectAtMost('an answer that streams in fifty pieces', await framesOf(pieces));
  app.press('alt+1');
  await app.rests();
  counted();
  const pages = Array.from(
    { length: 5 },
    () =>
      ({ press }: TestApp) =>
        press('pageup'),
  );
  expectAtMost('five pages scrolled', await framesOf(pages));
  await close();
});

test('an event folded into a long session', () => {
  const script = join(import.meta.dirname, 'allocations.ts');
  const counts = JSON.parse(execFileSync(process.execPath, [...flags, script], { encoding: 'utf8' }));
  expectAtMost('an event folded into a session of 500 turns', counts);
});
