// Commits whose tests come after them (rule 46).
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { add, edit, type Script, say, ship } from '../support/model-server.ts';
import { type SessionOptions, startSession, story, type TestSession } from '../support/session.ts';

let session: TestSession;
afterEach(() => session?.close());

/** Tests that wait for the file `go` beside the project, wherever they run. */
const waiting = (base: string): string => `until test -f ${base}/go; do sleep 0.02; done`;

async function start(script: Script, options: SessionOptions): Promise<void> {
  session = await startSession(script, options);
}
const go = (): void => writeFileSync(join(session.root, '../go'), '');
const told = (): string[] => story(session.events);
const isShip = (line: string): boolean =>
  /^(run\.started (ship|commit)|commit\.created|turn\.ended)/.test(line);
const verdicts = (): unknown[] =>
  session.engine.session.getState().commits.made.map(({ verdict }) => verdict);
const outputs = (): string[] =>
  session.events.flatMap((event) => (event.type === 'call.finished' ? [event.output] : []));

/** Each line of `failing` but `x` is a failing test. */
const listed = { 'check.sh': 'grep -v x failing | sed "s/^/✕ /"; ! grep -qv x failing\n', failing: 'x\n' };
const quiet = { speculative: false };

test('a ship waits for the fast command alone, and a later process tests what an earlier one committed', async () => {
  await start([[add('a.txt', 'one'), ship({ subject: 'Add a' })], say('It is there.')], {
    tests: (base) => ({ command: waiting(base) }),
    beforeCommit: 'echo fast',
  });
  await session.prompt('add a');
  await session.prompt('is it there?');
  await expect.poll(told).toContain('run.started commit');
  expect(verdicts()).toEqual([{ kind: 'testing' }]);
  const before = told().filter(isShip);
  await session.reopen();
  go();
  await session.engine.tested();
  expect(verdicts()).toEqual([{ kind: 'green' }]);
  // Whether the run began before or after the next prompt is no promise.
  expect(before.toSorted()).toEqual([
    'commit.created testing: Add a',
    'run.started commit',
    'run.started ship',
    'turn.ended answered',
    'turn.ended shipped',
  ]);
  expect(told().filter(isShip).slice(before.length)).toEqual(['run.started commit']);
});

test('a red commit comes to the front of the queue with its failures, and too many pause it', async () => {
  const broken = [edit('failing', 'x', 'sums'), ship({ subject: 'Sum' })];
  await start([broken, [add('b.txt', 'b'), ship({ subject: 'Mend' })]], {
    files: listed,
    beforeCommit: null,
    settings: { maxRed: 2 },
  });
  session.engine.send({ do: 'prompt', text: 'sum' });
  await expect.poll(() => session.engine.session.getState().queue.paused).toBe('red');
  expect(verdicts()).toEqual([{ kind: 'red' }, { kind: 'red' }]);
  const { items } = session.engine.session.getState().queue;
  expect(items.map(({ text }) => text)).toEqual([
    expect.stringMatching(
      /^The commit [0-9a-f]{7} \(Mend\) is red: `sh check.sh` ended with exit 1\.[\s\S]*✕ sums/,
    ),
  ]);
});

test('a failure that the model calls known counts no more', async () => {
  const known = [add('b.txt', 'b'), ship({ subject: 'Add b', known: true })];
  await start([[edit('failing', 'x', 'old'), ship({ subject: 'Sum' })], known], {
    files: listed,
    beforeCommit: null,
  });
  session.engine.send({ do: 'prompt', text: 'sum' });
  await expect.poll(verdicts).toEqual([{ kind: 'red' }, { kind: 'known', failures: 1 }]);
  expect(session.engine.session.getState().queue).toEqual({ items: [], steers: [] });
});

test('a run that takes longer than the patience is given up for the commit', async () => {
  await start(
    [
      [add('a.txt', 'one'), ship({ subject: 'Add a' })],
      [add('b.txt', 'two'), ship({ subject: 'Add b' })],
    ],
    {
      files: { 'check.sh': 'case $PWD in */project) sleep 60;; esac\n' },
      settings: { ...quiet, patienceMs: 100 },
    },
  );
  await session.prompt('add a');
  await session.engine.tested();
  expect(told().filter(isShip).toSorted()).toEqual([
    'commit.created testing: Add a',
    'run.started commit',
    'run.started ship',
    'turn.ended shipped',
  ]);
  expect(verdicts()).toEqual([{ kind: 'green' }]);
});

test('where the last run was slow no run is waited for, but for a push', async () => {
  await start(
    [
      [add('a.txt', 'one'), ship({ subject: 'Add a' })],
      [add('b.txt', 'two'), ship({ subject: 'Add b', push: true })],
    ],
    { files: { 'check.sh': 'echo fine\n' }, settings: { patienceMs: 0 } },
  );
  await session.prompt('add a');
  await session.prompt('add b');
  await session.engine.tested();
  expect(told().filter((line) => line.startsWith('commit.created'))).toEqual([
    'commit.created testing: Add a',
    'commit.created green: Add b',
  ]);
  expect(verdicts()).toEqual([{ kind: 'green' }, { kind: 'green' }]);
});

test('a push waits for the tests of what it would push, and is refused where they are red', async () => {
  await start(
    [
      [add('a.txt', 'one'), ship({ subject: 'Add a' })],
      ship({ subject: 'Push', push: true }),
      say('It is red.'),
    ],
    { tests: (base) => ({ command: `${waiting(base)}; exit 1` }), beforeCommit: null },
  );
  session.engine.onEvent((event) => {
    if (event.type === 'notice.raised' && event.text.startsWith('the push waits for')) go();
  });
  await session.prompt('add a');
  await session.prompt('push');
  expect(outputs().at(-1)).toMatch(
    /^There was nothing to commit\. not pushed: the tests of [0-9a-f]{7} are red\.$/,
  );
});

test('where scratch checkouts say nothing, no prompt comes of it and ships wait again', async () => {
  await start(
    [
      [add('a.txt', 'one'), ship({ subject: 'Add a', push: true })],
      [add('b.txt', 'two'), ship({ subject: 'Add b' })],
      [add('c.txt', 'three'), ship({ subject: 'Add c' })],
    ],
    {
      files: { 'check.sh': 'case $PWD in */project) ;; *) echo "✕ place"; exit 1;; esac\n' },
      beforeCommit: 'true',
    },
  );
  await session.prompt('add a');
  await session.prompt('add b');
  await session.engine.tested();
  await session.prompt('add c');
  expect(verdicts()).toEqual([{ kind: 'green' }, { kind: 'unverified', failures: 1 }, { kind: 'green' }]);
  expect(session.engine.session.getState().queue.items).toEqual([]);
});
