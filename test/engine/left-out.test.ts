// Paths that the person takes out of what is shipped stay out, whoever writes them, until they are put back.
import { afterEach, expect, test } from 'vitest';
import { toShip } from '../../source/session/claims.ts';
import { add, edit, run, type Script, say, ship } from '../support/model-server.ts';
import { type SessionOptions, startSession, type TestSession } from '../support/session.ts';

let session: TestSession;
afterEach(() => session?.close());

async function start(script: Script, options?: SessionOptions): Promise<void> {
  session = await startSession(script, options);
}

const leaveOut = (path: string, out = true): unknown => session.engine.send({ do: 'leave out', path, out });
const committed = (): string[] => session.git('log', '-1', '--format=', '--name-only').trim().split('\n');
const status = (): string => session.git('status', '--porcelain').trimEnd();
const outputs = (): string[] =>
  session.events.flatMap((event) => (event.type === 'call.finished' ? [event.output] : []));
const unfinished = [add('a.txt', 'one'), add('b.txt', 'two')];

test('what is left out is not committed, and the model hears it', async () => {
  await start([unfinished, say('Have a look.'), ship({ subject: 'Add' })]);
  await session.prompt('add both');
  expect(leaveOut('a.txt')).toBeUndefined();
  await session.prompt('commit');
  expect(committed()).toEqual(['b.txt']);
  expect(status()).toBe('?? a.txt');
  expect(outputs().at(-1)).toContain(
    'Not in it, because the person left it out: a.txt. It stays changed in the tree; only they can put it back.',
  );
});

test('it stays out over restarts, further ships, commands and patches, and is whole when put back', async () => {
  await start([
    unfinished,
    say('Have a look.'),
    [run('date > c.txt; sed -i s/two/TWO/ b.txt'), edit('a.txt', 'one', 'ONE')],
    ship({ subject: 'Add c', also: ['a.txt'] }),
    ship({ subject: 'Add the rest' }),
  ]);
  await session.prompt('add both');
  leaveOut('a.txt');
  leaveOut('b.txt');
  await session.reopen();
  await session.prompt('go on');
  expect(committed()).toEqual(['c.txt']);
  expect(status()).toBe('?? a.txt\n?? b.txt');
  leaveOut('a.txt', false);
  leaveOut('b.txt', false);
  await session.prompt('commit');
  expect(committed()).toEqual(['a.txt', 'b.txt']);
  expect(session.git('show', 'HEAD:a.txt')).toBe('ONE\n');
  expect(session.git('show', 'HEAD:b.txt')).toBe('TWO\n');
});

test('a ship with nothing else ends the turn and says whose doing that was', async () => {
  await start([add('a.txt', 'one'), say('Have a look.'), ship({ subject: 'Add' })]);
  await session.prompt('add');
  leaveOut('a.txt');
  await session.prompt('ship it');
  expect(outputs().at(-1)).toBe('There was nothing to commit (left out by the person: a.txt).');
  expect(session.engine.session.getState().turns.last).toMatchObject({
    outcome: 'answered',
    reason: 'nothing to commit (left out by the person: a.txt)',
  });
});

test('a path that is taken out while the tests run is not committed', async () => {
  await start([[...unfinished, ship({ subject: 'Add' })]], {
    files: { 'check.sh': 'until test -e go; do sleep 0.02; done\n' },
    settings: { testSilenceMs: 20_000 },
  });
  const ended = session.prompt('add both');
  await new Promise<void>((resolve) => {
    const stop = session.engine.onEvent((event) => {
      if (event.type !== 'run.started' || event.purpose !== 'ship') return;
      stop();
      resolve();
    });
  });
  leaveOut('a.txt');
  session.git('config', 'core.excludesFile', '/dev/null');
  session.write('.git/info/exclude', 'go\n');
  session.write('go', '');
  await ended;
  expect(committed()).toEqual(['b.txt']);
  expect(status()).toBe('?? a.txt');
});

test('it is over when the file is as HEAD has it again', async () => {
  await start(
    [edit('a.txt', 'one', 'two'), say('Look.'), say('Well.'), edit('a.txt', 'one', 'three'), say('Look.')],
    { files: { 'a.txt': 'one\n' } },
  );
  await session.prompt('change');
  leaveOut('a.txt');
  session.write('a.txt', 'one\n');
  await session.prompt('what now?');
  await session.prompt('again');
  expect(toShip(session.engine.session.getState().claims)).toEqual(['a.txt']);
});
