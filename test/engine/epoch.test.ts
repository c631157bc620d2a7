// When a green result still answers for the tree that it was made on (rule 9).
import { afterEach, expect, test } from 'vitest';
import { add, call, type Piece, run, say, ship } from '../support/model-server.ts';
import { startSession, type TestSession } from '../support/session.ts';

let session: TestSession;
afterEach(() => session?.close());

const tested = run('sh check.sh');
const background = call('exec_command', { cmd: 'sleep 60', yield_time_ms: 250 });

test.for<[string, readonly Piece[][], readonly string[]]>([
  ['nothing has happened since', [[tested]], ['command']],
  ['only words and waiting came between', [[tested], [call('nothing', {})]], ['command']],
  ['a command has ended since', [[tested], [run('true')]], ['command', 'ship']],
  ['a patch has written what git ignores', [[tested], [add('out/a.txt', 'a')]], ['command', 'ship']],
  ['an ignored environment file has changed', [[tested], [add('.env.local', 'a')]], ['command', 'ship']],
  ['a command of the model ran beside it', [[background], [tested]], ['command', 'ship']],
])('of a green run where %s', async ([, steps, runs]) => {
  session = await startSession([[add('a.txt', 'a')], ...steps, ship({ subject: 'Add a' })], {
    files: { 'check.sh': 'echo fine\n', '.gitignore': 'out\n.env*\n' },
  });
  await session.prompt('add a');
  const started = session.events.flatMap((event) => (event.type === 'run.started' ? [event.purpose] : []));
  expect(started.filter((purpose) => purpose !== 'start')).toEqual(runs);
  expect(session.git('log', '-1', '--format=%s').trim()).toBe('Add a');
});

test('a green run of an earlier process is made again', async () => {
  session = await startSession([[add('a.txt', 'a'), tested], say('Tested.'), ship({ subject: 'Add a' })], {
    files: { 'check.sh': 'echo fine\n' },
  });
  await session.prompt('add a');
  const before = session.events.length;
  await session.reopen();
  await session.prompt('commit');
  const later = session.events.slice(before).map((event) => event.type);
  expect(later.filter((type) => type === 'run.finished')).toHaveLength(1);
  expect(later).toContain('commit.created');
});
