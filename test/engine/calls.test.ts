import { afterEach, expect, test } from 'vitest';
import { add, call, run, type Script, say, ship } from '../support/model-server.ts';
import { type SessionOptions, startSession, story, type TestSession } from '../support/session.ts';

let session: TestSession;
afterEach(() => session?.close());

async function start(script: Script, options?: SessionOptions): Promise<TestSession> {
  session = await startSession(script, options);
  return session;
}

/** Starts and ends of calls and runs, the commit and the end. */
const told = (): string[] =>
  story(session.events).filter((line) => /^(call|run|commit\.created|turn\.ended)/.test(line));
/** Outputs as the model reads them, without the line on how the command stands. */
const shown = (request: number): string[] =>
  (session.requests[request]!.input as { readonly output?: string }[]).flatMap(({ output }) =>
    output === undefined ? [] : [output.replace(/^Exit code 0 after .*\n/, '')],
  );
const meet = (own: string, other: string): string =>
  `echo ${own} > ${own}; until [ -e ${other} ]; do sleep 0.01; done`;

test('commands of one answer run at once, and what each of them wrote is claimed', async () => {
  await start([
    [run(`${meet('left', 'right')}; echo L`), run(meet('right', 'left')), ship({ subject: 'Meet' })],
  ]);
  await session.prompt('meet');
  expect(told()).toEqual([
    'call.started',
    'call.started',
    'call.finished ok',
    'call.finished ok',
    'call.started',
    'commit.created untested: Meet',
    'call.finished ok',
    'turn.ended shipped',
  ]);
  expect(session.git('show', '--format=', '--name-only')).toBe('left\nright\n');
});

test('a patch waits for the commands before it, the tests wait for the patch, and the outputs keep the order of the calls', async () => {
  await start(
    [
      [
        run(`${meet('one', 'two')}; cat new || echo none`),
        run(meet('two', 'one')),
        add('new', 'there'),
        run('cat new'),
        run('sh check.sh'),
        run('echo last'),
      ],
      say('Done.'),
    ],
    { files: { 'check.sh': 'cat new\n' } },
  );
  await session.prompt('go');
  const [before, , , after, , last] = shown(1);
  expect([before, after, last]).toEqual([expect.stringMatching(/none\n$/), 'there\n', 'last\n']);
  expect(told().filter((line) => !/^run.(started start|finished)/.test(line))).toEqual([
    'call.started',
    'call.started',
    'call.finished ok',
    'call.finished ok',
    'call.started',
    'call.finished ok',
    'call.started',
    'call.finished ok',
    'call.started',
    'run.started command',
    'call.finished ok',
    'call.started',
    'call.finished ok',
    'turn.ended answered',
  ]);
});

test('inputs to one session keep their order, and are read beside a command', async () => {
  await start([
    run('read a; read b; echo "$a then $b"', { tty: true, yield_time_ms: 250 }),
    [
      call('write_stdin', { session_id: 1, chars: 'first\n', yield_time_ms: 250 }),
      run('until [ -e seen ]; do sleep 0.01; done'),
      call('write_stdin', { session_id: 1, chars: 'second\n' }),
      run('touch seen'),
    ],
    say('Done.'),
  ]);
  await session.prompt('go');
  expect(shown(2).at(3)).toMatch(/first then second\s*$/);
});

test('an interrupt ends every call that runs, and those that wait do not begin', async () => {
  await start([[run('echo > a; sleep 60'), run('echo > b; sleep 60'), add('c', 'never')]]);
  let running = 0;
  session.engine.onEvent(({ type }) => {
    running += type === 'call.started' ? 1 : 0;
    if (type === 'call.started' && running === 2)
      setImmediate(() => session.engine.send({ do: 'interrupt' }));
  });
  await session.prompt('go');
  expect(told()).toEqual([
    'call.started',
    'call.started',
    ...Array(3).fill('call.finished interrupted'),
    'turn.ended interrupted',
  ]);
});
