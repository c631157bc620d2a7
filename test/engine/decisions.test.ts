// Decisions on their way: off the diff and the model's words, into the commit, the facts, the list, the next context.
import { afterEach, expect, test } from 'vitest';
import { add, edit, run, type Script, ship } from '../support/model-server.ts';
import { type SessionOptions, startSession, type TestSession } from '../support/session.ts';

let session: TestSession;
afterEach(() => session?.close());

async function start(script: Script, options?: SessionOptions): Promise<TestSession> {
  session = await startSession(script, options);
  return session;
}

const manifest = (dependencies: Readonly<Record<string, string>>): string =>
  `${JSON.stringify({ name: 'app', dependencies }, null, 2)}\n`;

const decided = (): unknown[] =>
  session.events.flatMap((event) => (event.type === 'commit.created' ? (event.decisions ?? []) : []));
const trailers = (): string[] =>
  session.git('log', '-1', '--format=%(trailers:key=Decision,valueonly)').trim().split('\n');
const outputs = (): string[] =>
  session.events.flatMap((event) => (event.type === 'call.finished' ? [event.output] : []));

test('a commit says what the model stated and what its diff tells beside that', async () => {
  const stated = { chose: 'zod', over: 'yup', why: 'smaller' };
  await start(
    [
      [
        edit('package.json', '    "react": "^18.3.0"', '    "react": "^19.1.0",\n+    "zod": "^4.0.0"'),
        add('web/main.ts', 'main'),
        ship({ subject: 'Check forms', decisions: [stated] }),
      ],
    ],
    { files: { 'package.json': manifest({ react: '^18.3.0' }) } },
  );
  await session.prompt('check the forms');
  const told = [
    { chose: 'react ^19.1.0', over: '^18.3.0', why: 'major version in package.json' },
    { chose: 'web/', why: 'new folder at the top' },
  ];
  expect(decided()).toEqual([stated, ...told]);
  expect(trailers()).toEqual([
    'zod over yup: smaller',
    'react ^19.1.0 over ^18.3.0: major version in package.json',
    'web/: new folder at the top',
  ]);
  expect(outputs().at(-1)).toContain('Decision: web/: new folder at the top (read off the diff)');
  expect(outputs().at(-1)).not.toContain('yup');
  const [row] = await session.engine.repository.log(0, 10, 'decided');
  expect(row).toMatchObject({ subject: 'Check forms', decisions: trailers() });
});

test('a commit that only moves code has none, and the first commit names its dependencies once', async () => {
  await start(
    [
      [
        add('package.json', ...manifest({ a: '1', b: '1', c: '1', d: '1' }).trim().split('\n')),
        add('lib/a.ts', 'a'),
        ship({ subject: 'Begin' }),
      ],
      [run('mv lib source && sed -i s/a/aa/ source/a.ts'), ship({ subject: 'Move' })],
    ],
    { unborn: true },
  );
  await session.prompt('begin');
  expect(trailers()).toEqual(['4 dependencies: a, b, c, d added to package.json']);
  await session.prompt('move');
  expect(session.git('log', '-1', '--format=%B').trim()).toBe('Move');
});
