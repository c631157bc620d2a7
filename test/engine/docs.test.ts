import { unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { add, edit, run, type Script, say } from '../support/model-server.ts';
import { type SessionOptions, startSession, type TestSession } from '../support/session.ts';

let session: TestSession;
afterEach(() => session?.close());

async function start(script: Script, options?: SessionOptions): Promise<TestSession> {
  session = await startSession(script, options);
  return session;
}

const page = (summary: string, ...when: string[]): string =>
  `---\nsummary: ${summary}\nread_when:\n${when.map((each) => `  - ${each}`).join('\n')}\n---\n# Page\n`;
const files = {
  'docs/release.md': page('How a version is published', 'publishing a release', 'signing packages'),
  'docs/tides.md': page('The harmonic model', 'tide heights look wrong'),
};

/** What each request has of this kind. */
function told(kind: string): string[][] {
  const block = new RegExp(`(?<=<hullspeed kind=\\\\"${kind}\\\\">\\\\n).*?(?=\\\\n</hullspeed>)`, 'g');
  return session.requests.map(({ input }) =>
    (JSON.stringify(input).match(block) ?? []).map((text) => JSON.parse(`"${text}"`) as string),
  );
}

test('the pages stand where the context begins, and what changes of them is told once', async () => {
  await start([say('One.'), say('Two.'), say('Three.'), say('Four.')], { files });
  await session.prompt('hello');
  session.write('docs/new.md', page('Harbours', 'a harbour is added'));
  unlinkSync(join(session.root, 'docs/tides.md'));
  await session.prompt('again');
  await session.prompt('and again');
  session.engine.send({ do: 'new' });
  await session.engine.idle();
  await session.prompt('anew');
  const [first = [], second = [], third, fourth = []] = told('docs');
  const [index = ''] = first;
  expect(index.split('\n').slice(1)).toEqual([
    '- docs/release.md: How a version is published (read when: publishing a release; signing packages)',
    '- docs/tides.md: The harmonic model (read when: tide heights look wrong)',
  ]);
  const news =
    'Docs pages that have changed:\n- docs/new.md: Harbours (read when: a harbour is added)\n- docs/tides.md: is gone.';
  expect([second, third]).toEqual([
    [index, news],
    [index, news],
  ]);
  expect(fourth.join().match(/^- \S+/gm)).toEqual(['- docs/new.md:', '- docs/release.md:']);
});

test('pages that a turn writes are told with the next request, each once, and what they lack to who wrote them', async () => {
  await start([
    [
      add('docs/a.md', '# A'),
      add('notes.md', '# N'),
      run("printf -- '---\\nsummary: B\\nread_when: [b]\\n---\\n' > docs/b.md; echo > docs/c.md"),
    ],
    run('true'),
    edit('docs/a.md', '# A', '---\n+summary: A\n+read_when: [a]\n+---'),
    say('Done.'),
    say('Nothing more.'),
  ]);
  await session.prompt('write docs');
  await session.prompt('go on');
  const list = [
    'Docs pages of this project. Read the one that fits before you work on what it covers, and keep it true.\n- docs/a.md',
    'docs/a.md: missing front matter. A page begins with:\n---\nsummary: what it tells, in a line\nread_when:\n  - what one is about to do when it helps\n---',
  ].join('\n');
  const changed = (...lines: string[]): string => ['Docs pages that have changed:', ...lines].join('\n');
  const all = [
    list,
    changed('- docs/b.md: B (read when: b)', '- docs/c.md'),
    changed('- docs/a.md: A (read when: a)'),
  ];
  expect(told('docs')).toEqual([[], all.slice(0, 1), all.slice(0, 2), all, all]);
});

test('a page that fits is hinted at once, and never one that was read', async () => {
  await start(
    [
      say('Hello.'),
      run('node release.js --publish'),
      run('publish the release'),
      say('Out.'),
      run('cat docs/tides.md'),
      run('echo tide heights'),
      say('Read.'),
      say('So they are.'),
    ],
    { files },
  );
  await session.prompt('hello');
  await session.prompt('publish a release');
  await session.prompt('look at the docs');
  await session.prompt('the tide heights are wrong');
  const hint = 'docs/release.md may help here: publishing a release; signing packages';
  expect(told('hint')).toEqual([[], ...Array.from({ length: 7 }, () => [hint])]);
});
