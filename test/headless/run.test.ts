import { expect, test } from 'vitest';
import { followEngine } from '../../source/headless/run.ts';
import type { SessionEvent } from '../../source/session/events.ts';
import type { Outcome } from '../../source/session/facts.ts';
import { captureWriter, functionCall, message } from './capture.ts';
import { createScriptedEngine, type Moment } from './scripted-engine.ts';

const opened: SessionEvent = { type: 'session.opened', format: 1, app: '0.1.0', root: '/r', pid: 1 };
const usage = { input: 10, cached: 0, output: 5, reasoning: 0 };
const time = { model: 900, commands: 50, tests: 50, git: 0, harness: 0, hidden: 0 };

function answered(items: (SessionEvent & { type: 'step.finished' })['items']): SessionEvent {
  return { type: 'step.finished', step: 1, items, usage, model: 'm', host: 'h' };
}

function ended(outcome: Outcome, reason?: string): SessionEvent {
  return { type: 'turn.ended', turn: 1, outcome, time, ...(reason === undefined ? {} : { reason }) };
}

async function run(
  turn: readonly Moment[],
  { json = false, opening = [opened] }: { json?: boolean; opening?: SessionEvent[] } = {},
) {
  const scripted = createScriptedEngine(opening, turn);
  const stdout = captureWriter();
  const stderr = captureWriter();
  const send = await followEngine({ engine: scripted.engine, json, stdout, stderr });
  const code = await send('fix it');
  return { ...scripted, code, stdout, stderr };
}

test.each([
  ['shipped', 0],
  ['answered', 0],
  ['red', 1],
  ['held', 1],
  ['failed', 3],
  ['interrupted', 130],
] as const)('a turn that ends %s exits with %i', async (outcome, code) => {
  expect((await run([ended(outcome)])).code).toBe(code);
});

test.each([
  ['green', 0],
  ['red', 1],
  ['stopped', 1],
] as const)('a commit whose tests came after it and are %s makes it exit with %i', async (verdict, code) => {
  const commit: SessionEvent = {
    type: 'commit.created',
    sha: 'a1',
    base: null,
    branch: 'main',
    by: 'ship',
    paths: [],
    subject: 'Fix it',
    verdict: { kind: 'testing' },
  };
  const started = {
    type: 'run.started',
    purpose: 'commit',
    command: 'check',
    tree: 't',
    commit: 'a1',
  } as const;
  const finished = { type: 'run.finished', run: 5, verdict, exit: 0, ms: 1, failures: [], tail: '' } as const;
  expect((await run([commit, ended('shipped'), started, finished])).code).toBe(code);
});

test('words stream to standard output once, and what was done goes to standard error', async () => {
  const call = functionCall('c1', 'exec_command', { cmd: 'rg -n slug' });
  const { stdout, stderr } = await run([
    { streamed: 'I look' },
    {
      type: 'run.finished',
      run: 1,
      verdict: 'red',
      exit: 1,
      ms: 2100,
      counts: { passed: 3, failed: 1, skipped: 0 },
      failures: [{ name: 'slug > strips emoji' }],
      tail: '',
    },
    { streamed: 'I look first.' },
    answered([message('I look first.'), call]),
    { streamed: '' },
    { type: 'call.finished', call: 'c1', outcome: 'ok', output: 'x', ms: 100, exit: 0 },
    {
      type: 'commit.created',
      sha: '3f2a1c0ffffff',
      base: null,
      branch: 'main',
      subject: 'slug: fold emoji',
      by: 'ship',
      paths: [{ path: 'a', by: 'patch' }],
      verdict: { kind: 'green', counts: { passed: 4, failed: 0, skipped: 0 } },
      decisions: [{ chose: 'zod', why: 'one schema' }],
    },
    ended('shipped'),
  ]);
  expect(stdout.text).toBe('I look first.\n');
  expect(stderr.text).toBe(
    [
      '› fix it',
      '✕ tests red · 3 passed, 1 failed · 2.1 s',
      '    ✕ slug > strips emoji',
      '● exec_command  rg -n slug  100 ms',
      '✓ 3f2a1c0 slug: fold emoji · main · 1 file · green, 4 passed',
      '    ◆ zod: one schema',
      'shipped · 1.0 s · model 90%',
      '',
    ].join('\n'),
  );
});

test('a commit that needed no tests says so', async () => {
  const { stderr } = await run([
    {
      type: 'commit.created',
      sha: '3f2a1c0ffffff',
      base: null,
      branch: 'main',
      subject: 'readme: the new flag',
      by: 'ship',
      paths: [{ path: 'readme.md', by: 'patch' }],
      verdict: { kind: 'not needed' },
    },
    ended('shipped'),
  ]);
  expect(stderr.text).toContain('✓ 3f2a1c0 readme: the new flag · main · 1 file · no tests needed\n');
});

test('words that were dropped with a failed request are told from those of the next answer', async () => {
  const { stdout, stderr } = await run([
    { streamed: 'Half a sent' },
    {
      type: 'step.failed',
      step: 1,
      code: 'cut',
      reason: 'the stream was cut',
      text: 'Half a sent',
      retryInMs: 1000,
    },
    { streamed: '' },
    { streamed: 'Half a sentence, whole.' },
    answered([message('Half a sentence, whole.')]),
    ended('answered'),
  ]);
  expect(stdout.text).toBe('Half a sent\nHalf a sentence, whole.\n');
  expect(stderr.text).toContain('↻ the stream was cut; asking again in 1.0 s\n');
});

test('the closing message of a ship is an answer', async () => {
  const ship = functionCall('c1', 'ship', { subject: 's', say: 'Try it with npm start.' });
  const { stdout } = await run([
    answered([ship]),
    { type: 'call.finished', call: 'c1', outcome: 'ok', output: 'committed', ms: 5 },
    ended('shipped'),
  ]);
  expect(stdout.text).toBe('Try it with npm start.\n');
});

test('--json prints exactly the events of this process, also those before the prompt and after the turn', async () => {
  const earlier: SessionEvent[] = [
    opened,
    ...Array.from(
      { length: 300 },
      (): SessionEvent => ({ type: 'notice.raised', level: 'info', text: 'old' }),
    ),
  ];
  const opening: SessionEvent[] = [...earlier, opened, { type: 'notice.raised', level: 'info', text: 'new' }];
  const result = await run([answered([message('done')]), ended('answered')], { json: true, opening });
  result.record({ type: 'session.closed', reason: 'quit' });
  const lines = result.stdout.text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines).toEqual(result.journal.slice(earlier.length));
  expect(result.stderr.text).toContain('done\n');
});

test('what was said while the session opened is told, and does not count as the end of the turn', async () => {
  const notice: SessionEvent = { type: 'notice.raised', level: 'warning', text: 'a torn line was cut' };
  const { stderr, code } = await run([ended('red')], { opening: [opened, ended('interrupted'), notice] });
  expect(stderr.text).toContain('! a torn line was cut\n');
  expect(code).toBe(1);
});

test('a refused prompt exits with 2 and says why', async () => {
  const scripted = createScriptedEngine([opened], []);
  const stderr = captureWriter();
  const send = await followEngine({
    engine: scripted.engine,
    json: false,
    stdout: captureWriter(),
    stderr,
  });
  expect(await send('  ')).toBe(2);
  expect(stderr.text).toContain('nothing to send');
});

test('nothing that the model says drives the terminal', async () => {
  const { stdout, stderr } = await run([
    { streamed: 'a\x1b[31mred\x1b]0;title\x07\u202e' },
    answered([
      message('a\x1b[31mred\x1b]0;title\x07\u202e!'),
      functionCall('c', 'exec_command', { cmd: 'x\x1b[2J\ny' }),
    ]),
    { type: 'call.finished', call: 'c', outcome: 'ok', output: '', ms: 1, exit: 0 },
    ended('failed', 'no\x1b[Ac'),
  ]);
  expect(stdout.text).toBe('ared!\n');
  expect(stderr.text).toContain('● exec_command  x y  1 ms');
  expect(stderr.text).toContain('failed · noc');
});
