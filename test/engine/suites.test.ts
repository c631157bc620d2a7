// A repository of two packages: a ship runs the suites that its paths touch, and compares like with like.
import { afterEach, expect, test } from 'vitest';
import { type Suite, withSuites } from '../../source/project/suites.ts';
import { add, call, ship } from '../support/model-server.ts';
import { startSession, story, type TestSession } from '../support/session.ts';

let session: TestSession;
afterEach(() => session?.close());

const suite = (folder: string): Suite => ({
  folder,
  paths: [`${folder}/**`],
  command: 'sh check.sh # pytest',
});
const red =
  'echo "= short test summary info ="; echo "FAILED test_old.py::test_old - it broke"; echo "= 1 failed in 0.1s ="; exit 1\n';
const runs = () =>
  session.events.flatMap((event) =>
    event.type === 'run.started' && event.purpose !== 'start'
      ? [[event.purpose, event.suites?.join(' ')]]
      : [],
  );

test('a ship runs the suites that its paths touch, and failures of another suite neither hold it nor are forgotten', async () => {
  session = await startSession(
    [
      [add('api/a.txt', 'a')],
      [call('exec_command', { cmd: 'sh check.sh # pytest', workdir: 'api' }), ship({ subject: 'Add a' })],
      [add('web/b.txt', 'b'), ship({ subject: 'Add b' })],
      ship({ subject: 'Add b', known: true }),
      [add('api/c.txt', 'c'), ship({ subject: 'Add c' })],
    ],
    {
      files: { 'api/check.sh': 'echo fine\n', 'web/check.sh': red },
      settings: { speculative: false },
      tests: withSuites('config', [suite('api'), suite('web')], undefined, () => false),
    },
  );
  await session.prompt('add a');
  expect(story(session.events)).toContain('commit.created green: Add a');
  expect(runs()).toEqual([['command', 'api']]);
  await session.prompt('add b');
  expect(runs().slice(1)).toEqual([
    ['ship', 'web'],
    ['scratch', 'web'],
    ['ship', 'web'],
  ]);
  const commits = session.events.flatMap((event) => (event.type === 'commit.created' ? [event.verdict] : []));
  expect(commits).toEqual([
    { kind: 'green', suites: ['api'] },
    { kind: 'known', failures: 1 },
  ]);
  expect(session.engine.session.getState().tests.known).toEqual(['web: test_old.py::test_old']);
  await session.prompt('add c');
  expect(runs().at(-1)).toEqual(['ship', 'api']);
  expect(session.engine.session.getState().tests.known).toEqual(['web: test_old.py::test_old']);
});
