// One turn without a screen: what it prints where, how it ends, and what it never loads.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Recorded } from '../../source/session/events.ts';
import { call, say, ship } from '../support/model-server.ts';
import { stuck } from './gate.ts';
import { addFile, createPlace, testedBy } from './place.ts';

const work = [say('On it.'), addFile('a.txt'), ship({ subject: 'Add a', say: 'There is an a.' })];
const red = testedBy(
  '[ ! -e a.txt ] && echo "ok 1 - floats" || echo "not ok 1 - floats"; echo 1..1; [ ! -e a.txt ]\n',
);

function parse(lines: string): Recorded[] {
  expect(lines.endsWith('\n')).toBe(true);
  return lines
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Recorded);
}

describe('run', () => {
  test('goes from a prompt to a commit; words go to standard output, the rest to standard error', async () => {
    const place = await createPlace({ script: [work] });
    const { code, stdout, stderr } = await place.hullspeed('run', '--trust', 'add a');
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'On it.\nThere is an a.\n' });
    expect(stderr).toMatch(/^› add a\n/);
    expect(stderr).toContain('● apply_patch  a.txt +1 −0');
    expect(stderr).toMatch(/✓ [0-9a-f]{7} Add a · main · 1 file · green, 1 passed\n/);
    expect(place.git('log', '--format=%s')).toBe('Add a\nbegin\n');
  });

  test('--json prints exactly the events of this process, without a gap', async () => {
    const place = await createPlace({ script: [say('Hello.'), work] });
    const first = parse((await place.hullspeed('run', '--trust', '--json', 'hello')).stdout);
    const { code, stdout, stderr } = await place.hullspeed('run', '--trust', '--json', 'add a');
    const second = parse(stdout);
    expect(code).toBe(0);
    expect(stderr).toContain('There is an a.');
    expect([...first, ...second].map((event) => event.seq)).toEqual(
      Array.from({ length: first.length + second.length }, (_, at) => at + 1),
    );
    for (const events of [first, second]) {
      expect(events.at(0)?.type).toBe('session.opened');
      expect(events.at(-1)).toMatchObject({ type: 'session.closed', reason: 'quit' });
    }
    expect(second.find((event) => event.type === 'turn.ended')).toMatchObject({ outcome: 'shipped' });
    expect(second.length).toBe(place.journal().length - first.length);
  });

  test('reads its prompt from standard input', async () => {
    const place = await createPlace({ script: [say('Hello.')] });
    const { ended } = place.start(['run', '--trust', '-'], { input: 'say hello\nin two lines\n' });
    expect(await ended).toMatchObject({ code: 0, stdout: 'Hello.\n' });
    expect(JSON.stringify(place.requests[0]?.input)).toContain('say hello\\nin two lines');
  });

  test('an answer without work is a good end', async () => {
    const place = await createPlace({ script: [say('Hello.')] });
    expect(await place.hullspeed('run', '--trust', 'hello')).toMatchObject({ code: 0, stdout: 'Hello.\n' });
  });

  test('red ships without progress end it with 1, and the work stays in the tree', async () => {
    const place = await createPlace({ files: red, config: '[ship]\nmax_red = 1', script: [work] });
    const { code, stderr } = await place.hullspeed('run', '--trust', 'add a');
    expect(code).toBe(1);
    expect(stderr).toContain('✕ floats');
    expect(stderr).toMatch(/^red/m);
    expect(place.git('log', '--format=%s')).toBe('begin\n');
    expect(place.read('a.txt')).toBe('one\n');
  });

  test('work that cannot be committed now is held, with 1 and the reason', async () => {
    const place = await createPlace({ script: [work] });
    place.write('.git/index.lock', '');
    const { code, stderr } = await place.hullspeed('run', '--trust', 'add a');
    expect(code).toBe(1);
    expect(stderr).toMatch(/not committed: .*lock/);
    expect(place.read('a.txt')).toBe('one\n');
  });

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('%s interrupts the turn, closes it and ends with %i', async (signal, code) => {
    const place = await createPlace({
      script: [call('exec_command', { cmd: 'echo begun; sleep 60', yield_time_ms: 30_000 })],
    });
    const running = place.start(['run', '--trust', '--json', 'wait']);
    await expect
      .poll(
        () => place.requests.length === 1 && place.journal().some((event) => event.type === 'call.started'),
        { timeout: 60_000 },
      )
      .toBe(true);
    running.kill(signal);
    const ended = await running.ended;
    expect(ended.code).toBe(code);
    const events = parse(ended.stdout).filter((event) => !event.type.startsWith('run.'));
    expect(events.slice(-3)).toMatchObject([
      { type: 'call.finished', outcome: 'interrupted' },
      { type: 'turn.ended', outcome: 'interrupted' },
      { type: 'session.closed', reason: 'signal' },
    ]);
    expect(parse(ended.stdout).at(-1)?.type).toBe('session.closed');
  });

  test('a reader that has seen enough ends nothing', async () => {
    const place = await createPlace({ script: [work] });
    const line = 'hullspeed run --trust --json "add a" | head -1; echo $PIPESTATUS';
    const { stdout, stderr } = await place.bash(line);
    expect(stdout).toMatch(/^\{"v":1,"seq":1,.*\}\n0\n$/);
    expect(stderr).not.toMatch(/EPIPE|bug/);
    expect(place.git('log', '-1', '--format=%s')).toBe('Add a\n');
  });

  test('leaves prompts that wait in the queue to the full screen', async () => {
    const place = await createPlace({ script: [stuck(say('Half of an answer.')), work] });
    const app = place.open();
    await app.shows('F1 keys');
    app.type('hello').enter();
    await app.conversation.shows('Half of');
    app.type('later').enter();
    await app.shows('queue 1 ▸ later');
    app.press('ctrl+c');
    await app.shows('paused');
    app.press('ctrl+d');
    await app.over;
    expect(await place.hullspeed('run', '--trust', 'add a')).toMatchObject({ code: 0 });
    const again = place.open();
    await again.shows('queue 1 ▸ later');
    expect(place.requests).toHaveLength(2);
  });
});

test('run never loads Ink, at no point of its way through the bundle', () => {
  const { outputs } = readBundle();
  const chunk = (source: string): string =>
    Object.keys(outputs).find((path) => outputs[path]?.entryPoint === source) ?? '';
  const isInk = (path: string): boolean => /node_modules\/(ink|react|yoga-layout)\//.test(path);
  const run = reach(outputs, chunk('source/faces/run.ts'));
  expect(run).toContain('source/engine/turn.ts');
  expect(run.filter(isInk)).toEqual([]);
  expect(reach(outputs, chunk('source/faces/open.ts')).some(isInk)).toBe(true);
});

type Outputs = Readonly<
  Record<
    string,
    {
      readonly entryPoint?: string;
      readonly inputs: Readonly<Record<string, unknown>>;
      readonly imports: readonly { readonly path: string; readonly external?: boolean }[];
    }
  >
>;

function readBundle(): { readonly outputs: Outputs } {
  return JSON.parse(readFileSync(join(import.meta.dirname, '../../dist/meta/bundle.json'), 'utf8'));
}

/** The source files that a chunk may load, at once or later. */
function reach(outputs: Outputs, entry: string): string[] {
  const chunks = new Set([entry]);
  for (const path of chunks)
    for (const { path: next, external } of outputs[path]?.imports ?? []) if (!external) chunks.add(next);
  return [...chunks].flatMap((path) => Object.keys(outputs[path]?.inputs ?? {}));
}
