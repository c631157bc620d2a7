// The person's own terminal, in real pseudo-terminals, beside real turns in a real repository.
import { afterEach, describe, expect, test } from 'vitest';
import { findTree } from '../../source/processes/process-tree.ts';
import { call, patch, run, type Script, say, ship } from '../support/model-server.ts';
import { type SessionOptions, startSession, type TestSession } from '../support/session.ts';

let session: TestSession;
let output = '';
afterEach(() => session?.close());

async function start(script: Script, options?: SessionOptions): Promise<TestSession> {
  session = await startSession(script, options);
  listen();
  return session;
}

function listen(): void {
  output = '';
  session.engine.terminal.onOutput((chunk) => {
    output = 'start' in chunk ? '' : output + Buffer.from(chunk.bytes).toString();
  });
}

const poll = (read: () => unknown) => expect.poll(read, { timeout: 20_000, interval: 5 });
const own = () => session.engine.live.state.own;
const ended = () => poll(() => own()?.end !== undefined).toBe(true);
const shows = (text: string) => poll(() => output).toContain(text);
const type = (text: string): void => session.engine.terminal.type(text);
const notices = (): string[] =>
  session.events.flatMap((event) =>
    event.type === 'notice.raised' && event.text !== '' ? [event.text] : [],
  );
const told = (request: number): string[] =>
  ((session.requests[request]?.input ?? []) as { content?: { text?: string }[] }[]).flatMap((item) => {
    const text = Array.isArray(item.content) ? item.content[0]?.text : undefined;
    return text?.startsWith('<hullspeed kind="run">') ? [text] : [];
  });
const committed = (): string[] =>
  session
    .git('show', '--name-only', '--format=', 'HEAD')
    .split('\n')
    .filter((line) => line !== '');
const add = (path: string) => patch(`*** Begin Patch\n*** Add File: ${path}\n+one\n*** End Patch\n`);
const quick = (command: string, isTold = true): void =>
  session.engine.terminal.run(command, { told: isTold });

describe('a command of the person', () => {
  test('is typed to, tells its exit code, and leaves a quiet row', async () => {
    await start([say('Hello.')]);
    quick('read line; echo "got $line"; exit 3');
    await poll(() => own()?.end === undefined && own() !== null).toBe(true);
    type('hi\r');
    await ended();
    expect(output).toContain('got hi');
    expect(own()).toMatchObject({ command: 'read line; echo "got $line"; exit 3', end: { code: 3 } });
    expect(notices()).toEqual([
      expect.stringMatching(/^! read line; echo "got \$line"; exit 3 · exit 3 · \d+\.\ds$/),
    ]);
  });

  test('is told to the model with the next request, once, and after a restart too', async () => {
    await start([say('One.'), say('Two.')]);
    quick('echo "boom at slug.ts:4"; exit 1');
    await ended();
    await session.reopen();
    await session.prompt('why?');
    await session.prompt('and now?');
    expect(told(0)).toEqual([
      expect.stringMatching(
        /^<hullspeed kind="run">\nThe person ran this in a terminal of their own:\n\$ echo "boom at slug\.ts:4"; exit 1\nExit code 1 after \d+\.\d s\. The end of its output:\nboom at slug\.ts:4\n<\/hullspeed>$/,
      ),
    ]);
    expect(told(1)).toEqual(told(0));
    expect(session.engine.session.getState().untold).toBeUndefined();
  });

  test('with two marks stays between the person and the terminal', async () => {
    await start([say('One.')]);
    quick('echo secret', false);
    await ended();
    await session.prompt('go on');
    expect(told(0)).toEqual([]);
    expect(notices()).toEqual([expect.stringMatching(/^!! echo secret · exit 0/)]);
  });

  test('makes way for the next one, and nothing is said of it', async () => {
    await start([]);
    quick('echo first; sleep 60');
    await shows('first');
    quick('echo second');
    await shows('second');
    await ended();
    expect(output).not.toContain('first');
    expect(notices()).toEqual([expect.stringMatching(/^! echo second · exit 0/)]);
  });

  test('takes Ctrl+C as in any terminal, and its end is told', async () => {
    await start([]);
    quick('echo ready; sleep 60');
    await shows('ready');
    type('\x03');
    await ended();
    expect(own()?.end?.code).toBe(130);
  });

  test('is stopped with all that it started, gently, and at once when asked again', async () => {
    await start([]);
    quick("trap 'echo goodbye; exit 0' INT; echo ready; while :; do sleep 0.05; done");
    await shows('ready');
    expect(session.engine.terminal.stop()).toBeUndefined();
    await ended();
    expect(output).toContain('goodbye');
    expect(own()?.end).toMatchObject({ stopped: true });
    quick("trap '' INT; echo stubborn; while :; do sleep 0.05; done");
    await shows('stubborn');
    session.engine.terminal.stop();
    expect(own()?.stopping).toBe(true);
    session.engine.terminal.stop();
    await ended();
    expect(session.engine.terminal.stop()).toEqual({ refused: 'nothing runs in your terminal' });
  });
});

describe('the project', () => {
  test('is started again after a command took its place, which is what is run again otherwise', async () => {
    await start([], { start: 'echo up; sleep 60' });
    await session.engine.terminal.start();
    await shows('up');
    quick('echo quick');
    await shows('quick');
    await ended();
    await session.engine.terminal.restart();
    await poll(() => notices().length).toBe(2);
    expect(output).toContain('quick');
    await session.engine.terminal.start();
    await shows('up');
    expect(own()).toMatchObject({ project: true });
  });

  test('is started when asked, anew when asked again, and the model hears nothing of it', async () => {
    await start([say('One.')], { start: 'echo up; sleep 60' });
    expect(own()).toBeNull();
    expect(await session.engine.terminal.restart()).toBeUndefined();
    await shows('up');
    const first = own()?.started;
    await session.engine.terminal.restart();
    await poll(() => own()?.started !== first && own()?.end === undefined).toBe(true);
    await shows('up');
    await session.prompt('go on');
    expect(own()?.end).toBeUndefined();
    expect(told(0)).toEqual([]);
    expect(notices()).toEqual([]);
  });

  test('that nothing says how to start is a refusal that says what to do', async () => {
    await start([]);
    expect(await session.engine.terminal.restart()).toEqual({
      refused:
        'nothing says how this project is started: type `! COMMAND`, or set run.command in hullspeed.toml',
    });
  });

  test('starts anew after a ship where that is set, unless the person stopped it', async () => {
    await start(
      [
        [add('a.txt'), ship({ subject: 'Add' })],
        [add('b.txt'), ship({ subject: 'Add b' })],
      ],
      {
        start: 'cat *.txt; sleep 60',
        settings: { restartOnShip: true },
      },
    );
    await session.prompt('nothing was started yet');
    expect(own()).toBeNull();
    await session.engine.terminal.restart();
    await shows('one');
    await session.prompt('add b');
    await poll(() => output.match(/one/g)?.length).toBe(2);
  });
});

describe('the worktree', () => {
  test('what the person wrote there is never shipped, also while a command of the model ran', async () => {
    await start(
      [
        [
          run('touch ../begun; while [ ! -f mine.txt ]; do sleep 0.01; done; echo 1 > theirs.txt'),
          add('a.txt'),
        ],
        ship({ subject: 'Add' }),
        ship({ subject: 'Add' }),
        [add('b.txt'), ship({ subject: 'Add b' })],
      ],
      { files: { 'readme.txt': '' } },
    );
    quick('while [ ! -f ../begun ]; do sleep 0.01; done; echo 1 > mine.txt; sleep 60');
    await session.prompt('add');
    const asked = session.events.find(
      (event) => event.type === 'call.finished' && event.output.includes('Not shipped'),
    );
    expect(asked).toMatchObject({
      output: expect.stringMatching(/mine\.txt, theirs\.txt|theirs\.txt, mine\.txt/),
    });
    expect(committed()).toEqual(['a.txt']);
    // Left out once, they are the person's, and nobody is asked about them again.
    await session.prompt('add b');
    expect(committed()).toEqual(['b.txt']);
  });

  test('a claim stays the session’s when the person’s command writes the file again', async () => {
    await start([[run('echo 1 > made.txt'), add('a.txt')], say('More?'), ship({ subject: 'Add' })]);
    await session.prompt('make');
    quick('echo 2 > made.txt');
    await ended();
    await session.prompt('ship it');
    expect(committed()).toEqual(['a.txt', 'made.txt']);
  });

  test('a run of the tests can be used again while something runs there, and not after it has ended', async () => {
    const check = 'echo run >> ../runs; exit 0';
    await start([[add('a.txt'), ship({ subject: 'Add' })]], {
      files: { 'check.sh': check },
      start: 'sleep 60',
    });
    await session.engine.terminal.restart();
    await poll(() => own() !== null).toBe(true);
    await session.prompt('add');
    const finished = session.events.findLast((event) => event.type === 'run.finished');
    expect(finished).toMatchObject({ verdict: 'green', cacheable: true });
    expect(session.engine.session.getState().commits.count).toBe(1);
  });
});

test('the end of the session ends it, with its children', async () => {
  await start([]);
  quick('sleep 60 & echo "[$HULLSPEED_RUN]"; wait');
  await shows(']');
  const marker = `HULLSPEED_RUN=${/\[(.+)\]/.exec(output)?.[1]}`;
  expect(findTree({ marker }).length).toBeGreaterThan(1);
  await session.reopen();
  expect(findTree({ marker })).toEqual([]);
  expect(notices()).toEqual([]);
});

test('it has the size that its pane has', async () => {
  await start([]);
  session.engine.terminal.resize(33, 9);
  quick("trap 'stty size; exit' WINCH; stty size; while :; do sleep 0.02; done");
  await shows('9 33');
  session.engine.terminal.resize(44, 7);
  await shows('7 44');
  await ended();
});

test('a background command of the model is watched, stopped by the person, and the model hears of it', async () => {
  await start([
    call('exec_command', { cmd: 'echo up; while :; do sleep 0.05; done', yield_time_ms: 300 }),
    say('It runs.'),
    say('I see.'),
  ]);
  await session.prompt('serve it');
  const { background } = session.engine;
  expect(background.list()).toMatchObject([{ session: 1, output: 'up\n' }]);
  expect(background.stop(1)).toBeUndefined();
  await poll(() => background.list()[0]?.ended).toBeDefined();
  expect(background.stop(1)).toEqual({ refused: 'it has ended already' });
  await session.prompt('and now?');
  const last = JSON.stringify(session.requests.at(-1)?.input);
  expect(last).toContain('The person stopped session 1: echo up; while :; do sleep 0.05; done');
  expect(notices()).toEqual(['stopped the background command echo up; while :; do sleep 0.05; done']);
});
