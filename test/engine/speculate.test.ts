// Tests that run while the model thinks (rule 15).
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import type { RunRequest } from '../../source/engine/run-tests.ts';
import { createSpeculator, type SpeculationPorts } from '../../source/engine/speculate.ts';
import { createSpeculationLock } from '../../source/journal/lock.ts';
import type { SessionEvent } from '../../source/session/events.ts';
import { scratchDirectory } from '../journal/scratch.ts';
import { opened, stateAfter } from '../support/events.ts';
import {
  add,
  call,
  edit,
  type Piece,
  type RawReply,
  run,
  say,
  sendWhen,
  ship,
} from '../support/model-server.ts';
import { startSession, story, type TestSession } from '../support/session.ts';

let session: TestSession;

const told = (): string[] => story(session.events);
const runs = (): string[] => told().filter((line) => line.startsWith('run.'));
/** An answer that comes once this stands `count` times in the story. */
const onFirst = (line: string, ...pieces: readonly Piece[]): RawReply =>
  sendWhen(() => told().includes(line), pieces);
const onSecond = (line: string, ...pieces: readonly Piece[]): RawReply =>
  sendWhen(() => told().filter((each) => each === line).length > 1, pieces);
/** Lets waiting tests go on. */
const go = (): void => writeFileSync(join(session.root, '../go'), '');
const waiting = { 'check.sh': 'until test -f ../go; do sleep 0.02; done\n' };

describe('under an open request', () => {
  afterEach(() => session?.close());

  test('a changed tree is tested, and the ship takes the result without a run of its own', async () => {
    session = await startSession(
      [
        onFirst('run.finished green', add('a.txt', 'one')),
        onSecond('run.finished green', ship({ subject: 'Add a' })),
      ],
      { files: { 'check.sh': 'echo fine\n' } },
    );
    await session.prompt('add a');
    expect(told().filter((line) => !line.startsWith('notice'))).toEqual([
      'session.opened',
      'prompt.accepted',
      'turn.started',
      'step.started',
      'run.started start',
      'run.finished green',
      'step.finished',
      'call.started',
      'call.finished ok',
      'step.started',
      'run.started speculative',
      'run.finished green',
      'step.finished',
      'call.started',
      'commit.started',
      'commit.created green: Add a',
      'call.finished ok',
      'turn.ended shipped',
    ]);
    const [time] = session.events.flatMap((event) => (event.type === 'turn.ended' ? [event.time] : []));
    expect(time?.tests).toBe(0);
    expect(time?.hidden).toBeGreaterThan(0);
  });

  test('what goes on between two requests while tests run that nobody waits for is not their time', async () => {
    const look = call('view_image', { path: 'none.png' });
    session = await startSession([onFirst('run.started start', look), look, look, say('There is none.')], {
      files: waiting,
    });
    await session.prompt('look');
    const ended = session.events.findLast((event) => event.type === 'turn.ended');
    go();
    expect(told()).not.toContain('run.finished green');
    expect(ended?.time).toMatchObject({ tests: 0, commands: 0 });
  });

  test('it is stopped by a command, begins again after it, and a ship joins it', async () => {
    session = await startSession(
      [
        [add('a.txt', 'one')],
        onFirst('run.started speculative', run('true')),
        onSecond('run.started speculative', ship({ subject: 'Add a' })),
      ],
      { files: waiting },
    );
    session.engine.onEvent(({ type, seq }) => {
      const shipping = type === 'call.started' && session.events.filter((each) => each.type === type).length;
      if (shipping === 3 && seq > 0) go();
    });
    await session.prompt('add a');
    expect(told().slice(told().indexOf('run.started speculative'))).toEqual([
      'run.started speculative',
      'step.finished',
      'call.started',
      'run.finished stopped',
      'call.finished ok',
      'step.started',
      'run.started speculative',
      'step.finished',
      'call.started',
      'run.finished green',
      'commit.started',
      'commit.created green: Add a',
      'call.finished ok',
      'turn.ended shipped',
    ]);
  });

  test('what a ship would commit is staged beside it', async () => {
    const isStaged = (): boolean => existsSync(join(session.root, '../planned-index'));
    const atTheEnd: boolean[] = [];
    session = await startSession(
      [
        [add('a.txt', 'one')],
        async (response, body) => {
          while (!isStaged()) await sleep(5);
          atTheEnd.push(told().includes('run.finished green'));
          await onFirst('run.started speculative', run('true'))(response, body);
        },
        ship({ subject: 'Add a' }),
      ],
      { files: waiting },
    );
    session.engine.onEvent(({ type }) => {
      if (type === 'commit.started') atTheEnd.push(isStaged());
      if (told().filter((line) => line === 'call.started').length === 3) go();
    });
    await session.prompt('add a');
    // The plan was taken over; a command in between had stopped the run, and nothing else.
    expect(atTheEnd).toEqual([false, false]);
    expect(session.git('show', '--format=%s', '--name-only').trim()).toBe('Add a\n\na.txt');
  });

  test('it is stopped when a file changes under it, and begins again on what is there then', async () => {
    session = await startSession(
      [[add('a.txt', 'one')], onFirst('run.finished green', ship({ subject: 'Add a' }))],
      { files: { ...waiting, 'b.txt': 'b' } },
    );
    session.engine.onEvent((event) => {
      if (event.type !== 'run.started' || event.purpose !== 'speculative') return;
      if (runs().filter((line) => line === 'run.started speculative').length > 1) go();
      else session.write('b.txt', 'of the person');
    });
    await session.prompt('add a');
    expect(runs().slice(-4)).toEqual([
      'run.started speculative',
      'run.finished stopped',
      'run.started speculative',
      'run.finished green',
    ]);
    expect(session.git('log', '-1', '--format=%s').trim()).toBe('Add a');
  });

  test('what it finds red rides along with the next request, once', async () => {
    session = await startSession(
      [
        onFirst('run.finished green', edit('failing', 'x', 'sums')),
        onFirst('run.finished red', run('true')),
        edit('failing', 'sums', 'x'),
        say('Mended.'),
      ],
      {
        files: { 'check.sh': 'grep -v x failing | sed "s/^/✕ /"; ! grep -q sums failing\n', failing: 'x\n' },
      },
    );
    await session.prompt('sum');
    const inputs = session.events.flatMap((event) =>
      event.type === 'step.started' ? [event.inputs.filter(({ kind }) => kind === 'run')] : [],
    );
    expect(inputs).toEqual([
      [],
      [],
      [
        {
          kind: 'run',
          text: '`sh check.sh` ran while you were asked last, on the files as they were then: red.\n✕ sums',
        },
      ],
      [],
    ]);
  });
});

describe('whether it begins', () => {
  const green: readonly SessionEvent[] = finished('green', 10);
  const claims: SessionEvent = {
    type: 'notice.raised',
    level: 'info',
    text: '',
    about: { kind: 'claims', claimed: [{ path: 'a.ts', by: 'patch' }], released: [] },
  };
  const asking: readonly SessionEvent[] = [
    { type: 'prompt.accepted', text: 'go' },
    { type: 'turn.started', prompt: 2 },
    { type: 'step.started', turn: 3, inputs: [] },
  ];

  function finished(verdict: 'green' | 'red' | 'timed out', ms: number, ...names: string[]): SessionEvent[] {
    return [
      { type: 'run.started', purpose: 'start', command: 'check', tree: `${ms}` },
      {
        type: 'run.finished',
        run: 0,
        verdict,
        exit: 0,
        ms,
        failures: names.map((name) => ({ name })),
        tail: '',
      },
    ];
  }

  /** How many runs begin under one request; each is stopped by a file that changes, `saves` times. */
  async function begun(
    events: readonly SessionEvent[],
    {
      saves = 0,
      spoilt = false,
      ...more
    }: Partial<SpeculationPorts> & { saves?: number; spoilt?: boolean } = {},
  ): Promise<number> {
    const requests: RunRequest[] = [];
    let change: (path: string) => void = () => undefined;
    const all = [opened, ...asking, ...events, claims].map((event, _at, list) =>
      // A run's end names the event before it.
      event.type === 'run.finished' ? { ...event, run: list.indexOf(event) } : event,
    );
    const speculator = createSpeculator({
      store: { getState: () => stateAfter(...all), record: () => undefined } as never,
      project: { skips: (path) => path.endsWith('.md') },
      repository: {
        headContent: async () => null,
        watchFiles: (onChange) => {
          change = onChange;
          return () => undefined;
        },
      },
      verifier: {
        gate: async () => ({ command: 'check' }),
        run: async (request: RunRequest) => {
          requests.push(request);
          if (requests.length <= saves) change(`${requests.length}.ts`);
          return { verdict: request.signal?.aborted ? 'stopped' : 'green', failures: [] };
        },
      } as never,
      clock: { now: () => 0, mono: () => 0, sleep: async () => undefined },
      settings: { speculative: true, patienceMs: 1_000 } as never,
      speculation: { take: () => () => undefined },
      journal: {} as never,
      changes: { isShared: () => false, snapshot: async () => ({}) as never },
      committer: {} as never,
      disturbed: () => false,
      ...more,
    });
    if (spoilt) speculator.spoil();
    speculator.begin(Promise.resolve(undefined));
    // Nothing in it waits for anything.
    await new Promise(setImmediate);
    return requests.length;
  }

  test.for<[string, number, Parameters<typeof begun>]>([
    ['after a green run', 1, [green]],
    ['where nothing was tested yet', 1, [[]]],
    ['not where the config says so', 0, [green, { settings: { speculative: false } as never }]],
    ['not after a failed patch', 0, [green, { spoilt: true }]],
    ['not beside a command of the model', 0, [green, { disturbed: () => true }]],
    ['not where nobody needs tests', 0, [green, { project: { skips: () => true } }]],
    ['not where another session is at it', 0, [green, { speculation: { take: () => null } }]],
    ['not where the last run was slow', 0, [finished('green', 1_001)]],
    ['not where the last run did not come to its end', 0, [finished('timed out', 10)]],
    ['after a first red run', 1, [[...green, ...finished('red', 11, 'a', 'b')]]],
    ['where failures shrink', 1, [[...finished('red', 11, 'a', 'b'), ...finished('red', 12, 'b')]]],
    ['not where they do not', 0, [[...finished('red', 11, 'a'), ...finished('red', 12, 'b')]]],
    ['three times at most where files keep changing', 3, [green, { saves: 9 }]],
    ['again after a file has changed', 2, [green, { saves: 1 }]],
  ])('%s', async ([, count, args]) => {
    expect(await begun(...args)).toBe(count);
  });

  test('only one on a machine, and the next one when that is over', () => {
    const file = join(scratchDirectory(), 'speculation.lock');
    const [one, other] = [createSpeculationLock(file), createSpeculationLock(file)];
    const release = one.take();
    expect(other.take()).toBeNull();
    release?.();
    expect(other.take()).not.toBeNull();
  });
});
