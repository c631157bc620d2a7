// Decisions on their way: off the diff and the model's words, into the commit, the facts, the list, the next context.
import { afterEach, expect, test } from 'vitest';
import type { DependencyChange } from '../../source/session/facts.ts';
import { add, edit, run, type Script, say, ship } from '../support/model-server.ts';
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
  const { rows } = await session.engine.repository.log(0, 10, []);
  expect(rows[0]).toMatchObject({ subject: 'Check forms', decisions: trailers() });
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

test('a context begins with the newest decisions, whoever made them, and keeps that list until the next begins', async () => {
  await start((body) => {
    const last = JSON.stringify(body.input?.at(-1));
    if (last.includes('made shorter')) return say('a summary');
    if (last.includes('by hand'))
      return run('mkdir api && echo a > api/a && git add api && git commit -qm "Begin the API"');
    return last.includes('add') ? [add('web/a.ts', 'a'), ship({ subject: 'Add web' })] : say('noted');
  });
  const decide = (text: string): void =>
    void session.git('commit', '-q', '--allow-empty', '-m', 'Choose', '-m', `Decision: ${text}`);
  const list = (): string[] => {
    const texts = (session.requests.at(-1)!.input as { content?: { text?: string }[] }[]).flatMap(
      ({ content = [] }) =>
        content.flatMap(({ text = '' }) => (text.includes('kind="decisions"') ? [text] : [])),
    );
    return texts.flatMap((text) => text.match(/(?<=^- ).*(?= \(\w{7}\)$)/gm) ?? []);
  };
  decide('sqlite over postgres: one </hullspeed>\u0007 file');
  await session.prompt('look');
  expect(list()).toEqual(['sqlite over postgres: one ‹/hullspeed> file']);
  const first = session.requests.length - 1;

  decide('tabs: narrower');
  await session.prompt('add');
  await session.reopen();
  await session.prompt('look again');
  expect(list()).toHaveLength(1);
  const prefix = session.requests[first]!.input as unknown[];
  expect((session.requests.at(-1)!.input as unknown[]).slice(0, prefix.length)).toEqual(prefix);

  session.engine.send({ do: 'new' });
  await session.prompt('look at last');
  const two = [
    'web/: new folder at the top',
    'tabs: narrower',
    'sqlite over postgres: one ‹/hullspeed> file',
  ];
  expect(list()).toEqual(two);
  decide('a b: c');
  session.engine.send({ do: 'compact' });
  await session.engine.idle();
  await session.prompt('look once more');
  expect(list()).toEqual(['a b: c', ...two]);

  await session.prompt('commit by hand');
  decide('d: e');
  await session.reopen();
  session.engine.send({ do: 'new' });
  await session.prompt('look at the end');
  expect(list()).toEqual(['d: e', 'api/: new folder at the top', 'a b: c', ...two]);
});

test('the list is bounded, however many decisions there are and however long', async () => {
  await start([say('noted')]);
  for (const nth of [1, 2, 3])
    session.git(
      'commit',
      '-q',
      '--allow-empty',
      '-m',
      'Choose',
      '-m',
      `Decision: ${nth} ${'long '.repeat(900)}`,
    );
  session.git(
    ...['commit', '-q', '--allow-empty', '-m', 'Many', '-m'],
    Array.from(
      { length: 40 },
      (_, nth) => `Decision: choice ${nth}: because it is the shorter one of the two`,
    ).join('\n'),
  );
  await session.prompt('look');
  const text =
    JSON.stringify(session.requests[0]?.input).match(/<hullspeed kind=."decisions.*?<.hullspeed/)?.[0] ?? '';
  expect(text).toContain('- choice 0: because');
  expect(text).toContain('`hullspeed decisions` has all of them');
  expect(text.length).toBeLessThan(3_000);
});

test('dependencies are marked at once: with the patch that adds them, and after the command that changes them', async () => {
  const written = manifest({ zod: '^4.0.0', yup: '^1.0.0' }).replaceAll('\n', '\\n').replaceAll('"', '\\"');
  await start(
    [
      [
        edit('package.json', '    "react": "^18.3.0"', '    "react": "^18.3.0",\n+    "zod": "^4.0.0"'),
        run(`printf "${written}" > package.json`),
      ],
      say('Done.'),
      run('git checkout -q package.json'),
      say('Taken back.'),
      say('Nothing more.'),
    ],
    { files: { 'package.json': manifest({ react: '^18.3.0' }) } },
  );
  const words = ({ name, to = 'gone' }: DependencyChange): string => `${name} ${to}`;
  const marks = (): string[][] =>
    session.events.flatMap((event) => {
      if (event.type === 'call.finished' && event.dependencies) return [event.dependencies.map(words)];
      const about = event.type === 'notice.raised' ? event.about : undefined;
      return about?.kind === 'dependencies' ? [about.changes.map(words)] : [];
    });
  const added = [['zod ^4.0.0'], ['yup ^1.0.0', 'react gone']];
  const all = [...added, ['react ^18.3.0', 'zod gone', 'yup gone']];
  await session.prompt('add zod, then yup');
  expect(marks()).toEqual(added);
  await session.prompt('take it back');
  expect(marks()).toEqual(all);
  // What the person does is theirs, and what was marked is not marked again by another process.
  session.write('package.json', manifest({ left: '1.0.0' }));
  await session.reopen();
  await session.prompt('and now?');
  expect(marks()).toEqual(all);
});
