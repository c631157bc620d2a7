import { execFileSync } from 'node:child_process';
import { rmSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { TICK_MS } from '../../source/engine/spans.ts';
import { createGate, halfway } from '../e2e/gate.ts';
import { add, run, type Script, say, ship } from '../support/model-server.ts';
import { type SessionOptions, startSession, type TestSession } from '../support/session.ts';

let session: TestSession;
afterEach(() => session?.close());

async function start(script: Script, options?: SessionOptions): Promise<TestSession> {
  session = await startSession(script, options);
  return session;
}

const files = { 'check.sh': 'echo fine\n', 'a.txt': 'one\n', '.gitignore': 'ignored\n' };
const words = (times: number): Script => Array.from({ length: times }, () => say('Well.'));

/** What the model was told of the world with each request, by the harness's own words. */
function news(): string[][] {
  const told = (input: unknown): string[] =>
    JSON.stringify(input).match(
      /(Changed or deleted by the person|HEAD went|is checked out now)[^<]*?(?=\\n<)/g,
    ) ?? [];
  let before = 0;
  return session.requests.map(({ input }) => {
    const all = told(input);
    const fresh = all.slice(before);
    before = all.length;
    return fresh;
  });
}

const changed = (names: string): string =>
  `Changed or deleted by the person or another program since you last saw them: ${names}. Look at them again before you build on them.`;

test('a file that the person edits between two turns is named once, with the next request', async () => {
  await start(words(3), { files });
  await session.prompt('first');
  session.write('a.txt', 'mine\n');
  session.write('ignored', 'x\n');
  await session.prompt('second');
  await session.prompt('third');
  expect(news()).toEqual([[], [changed('a.txt')], []]);
});

test('in a large tree no request waits for the look, and what it finds comes with the next one', async () => {
  const git = execFileSync('which', ['git'], { encoding: 'utf8' }).trim();
  const slow = `case "$*" in *status*) while test -f ../held; do sleep 0.02; done; esac; exec ${git} "$@"\n`;
  // What makes it large is the size of its index.
  const deep = `${'d'.repeat(200)}/`.repeat(16);
  const many = Object.fromEntries(Array.from({ length: 700 }, (_, nth) => [`${deep}${nth}`, '']));
  const answers = [() => say('Well.'), () => run('true'), () => say('I see.')];
  await start(
    (_, number) => {
      rmSync(held, { force: true });
      return answers[number]?.() ?? say('Well.');
    },
    { files: { ...files, ...many }, programs: { git: slow } },
  );
  const held = join(session.root, '../held');
  await session.prompt('first');
  session.write('a.txt', 'mine\n');
  writeFileSync(held, '');
  await session.prompt('second');
  expect(news()).toEqual([[], [], [changed('a.txt')]]);
});

test('what the session did itself is no news: patches, commands, test runs and its own commit', async () => {
  await start(
    [
      add('b.txt', 'b'),
      run('echo c > c.txt; git checkout -q -b side'),
      ship({ subject: 'Add' }),
      say('Well.'),
    ],
    { files: { ...files, 'check.sh': 'echo fine; date +%N > report\n' } },
  );
  await session.prompt('work');
  await session.prompt('and then?');
  expect(session.git('log', '-1', '--format=%s')).toBe('Add\n');
  expect(news()).toEqual([[], [], [], []]);
});

test('what changes while the model thinks is told with the request after, also when it changes twice', async () => {
  const [edited, seen] = [createGate(), createGate()];
  let step = 0;
  await start(
    () => {
      step += 1;
      if (step === 2) return halfway([run('true')], edited);
      return step === 3 ? halfway([run('true')], seen) : say('Well.');
    },
    { files },
  );
  await session.prompt('first');
  session.engine.send({ do: 'prompt', text: 'second' });
  await expect.poll(() => session.requests.length).toBe(2);
  session.write('a.txt', 'mine\n');
  const { ctimeMs } = statSync(join(session.root, 'a.txt'));
  // What is written within a tick of a command's start may be the command's.
  await expect.poll(() => Date.now()).toBeGreaterThan(ctimeMs + 2 * TICK_MS);
  edited.open();
  await expect.poll(() => session.engine.session.getState().untold?.length).toBe(1);
  seen.open();
  await session.engine.idle();
  session.write('a.txt', 'mine again\n');
  unlinkSync(join(session.root, 'check.sh'));
  await session.prompt('third');
  expect(news()).toEqual([[], [], [], [changed('a.txt')], [changed('a.txt, check.sh')]]);
});

test('the person’s commit, a switch of branches and a reset are told in words, and nothing twice', async () => {
  await start(words(5), { files });
  await session.prompt('first');
  session.write('a.txt', 'mine\n');
  await session.prompt('second');
  session.git('commit', '-qam', 'Mine');
  const mine = session.git('rev-parse', '--short=7', 'HEAD').trim();
  const begin = session.git('rev-parse', '--short=7', 'HEAD~1').trim();
  await session.prompt('third');
  session.git('checkout', '-q', '-b', 'side');
  await session.prompt('fourth');
  session.git('reset', '-q', '--hard', 'HEAD~1');
  await session.prompt('fifth');
  expect(news().map((each) => each.map((text) => JSON.parse(`"${text}"`)))).toEqual([
    [],
    [changed('a.txt')],
    // Its content is known already.
    [`HEAD went from ${begin} to ${mine}, by one commit.\n- ${mine} Mine`],
    ['is checked out now instead of branch main.'],
    [
      `HEAD went from ${mine} to ${begin}, which does not contain it (a reset, rebase, amend or another branch).\nFiles that differ by it: a.txt`,
    ],
  ]);
});

test('what happened while hullspeed was closed is told after it', async () => {
  await start(words(3), { files });
  await session.prompt('first');
  await session.reopen(() => {
    session.write('a.txt', 'mine\n');
    session.git('commit', '-q', '--allow-empty', '-m', 'Elsewhere');
  });
  await session.prompt('second');
  await session.reopen();
  await session.prompt('third');
  const told = news();
  expect([told[0], told[1]?.length, told[2]]).toEqual([[], 1, []]);
  expect(told[1]?.[0]).toMatch(/Elsewhere.*a\.txt/s);
});

test('of very many files only some are named', async () => {
  await start(words(2), { files });
  await session.prompt('first');
  // A new file under a run of the tests would be the run's, and the starting tree is tested still.
  await expect.poll(() => session.events.some(({ type }) => type === 'run.finished')).toBe(true);
  for (let nth = 100; nth < 300; nth += 1) session.write(`many/${nth}`, 'x');
  await session.prompt('second');
  const [told = ''] = news()[1] ?? [];
  expect(told).toMatch(/: many\/100, .*many\/139 and 160 more\. Look/);
  expect(told.length).toBeLessThan(1_000);
});
