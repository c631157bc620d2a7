// The commits in the full screen: chosen, read, copied and asked about, with keys alone.
import { describe, expect, test } from 'vitest';
import type { CommitText, Outgoing } from '../../source/engine/git-ports.ts';
import type { SessionEvent } from '../../source/session/events.ts';
import { createFakeEngine } from '../support/engine.ts';
import { opened } from '../support/events.ts';
import { openScreen, type TestApp } from '../support/screen.ts';

/** A file that is the session's to ship. */
const claimed: SessionEvent = {
  type: 'notice.raised',
  level: 'info',
  text: '',
  about: { kind: 'claims', claimed: [{ path: 'source/slug.ts', by: 'patch' }], released: [] },
};

const log = Array.from({ length: 250 }, (_, at) => ({
  sha: (0xa000000 + at).toString(16).padEnd(40, '0'),
  subject: `commit ${at}`,
  author: 'Ada',
  at: 0,
  unpushed: false,
  decisions: [],
}));

function fileDiff(name: string, lines: number): string {
  const added = Array.from({ length: lines }, (_, at) => `+${name} line ${at}\n`).join('');
  return `diff --git a/${name} b/${name}\n--- a/${name}\n+++ b/${name}\n@@ -0,0 +1,${lines} @@\n${added}`;
}

const text: CommitText = {
  author: 'Ada <ada@example.com>',
  message: 'commit 1\n\nWhy it was made.',
  diff: fileDiff('first.ts', 50) + fileDiff('second.ts', 50),
  cut: false,
};

async function openCommits(size: { columns?: number; rows?: number } = {}): Promise<TestApp> {
  const engine = createFakeEngine({ log, commits: { [log[1]?.sha ?? '']: text } });
  const app = await openScreen({ ...size, engine });
  app.press('alt+3');
  await app.shows(/▸COMMITS[\s\S]*commit 0/);
  return app;
}

async function close(app: TestApp): Promise<void> {
  app.press('escape', 'escape', 'ctrl+d');
  expect(await app.over).toBe(0);
}

/** The rows that are drawn inverse, which needs no colour. */
function inverse({ terminal, rows }: TestApp): string[] {
  const { active } = terminal.buffer;
  return rows().filter((_, at) => {
    const line = active.getLine(active.baseY + at);
    return Array.from({ length: terminal.cols }, (_, x) => line?.getCell(x)?.isInverse()).some(Boolean);
  });
}

/** Waits until the one selected row is this, with what was found under it; without one, until none is. */
async function selected(app: TestApp, ...rows: readonly (string | RegExp)[]): Promise<void> {
  const wanted = rows.map((row) => expect.stringMatching(row));
  await expect.poll(() => inverse(app), { interval: 5, timeout: 20_000 }).toEqual(wanted);
}

describe('choosing', () => {
  test('j and k move the selected row, which is seen without colour', async () => {
    const app = await openCommits();
    await selected(app, 'commit 0 ');
    app.type('jj');
    await selected(app, 'commit 2 ');
    app.type('k');
    await selected(app, 'commit 1 ');
    app.press('escape');
    await selected(app);
    await close(app);
  });

  test('the pane scrolls with the selected row, reads more of the log at its end, and goes to the first commit', async () => {
    const app = await openCommits();
    app.type('j'.repeat(99));
    await app.shows('commit 99 ');
    await app.rests();
    app.type('j'.repeat(11));
    await app.shows('commit 110 ');
    await selected(app, 'commit 110 ');
    app.type('G');
    await app.shows('commit 249 ');
    await selected(app, 'commit 249 ');
    app.type('g');
    await app.shows('commit 0 ');
    await close(app);
  });

  test('the selected row is seen in the lowest pane too, with work that waits above it', async () => {
    const engine = createFakeEngine({ events: [opened, claimed], log });
    const app = await openScreen({ columns: 60, rows: 20, engine });
    app.press('alt+3');
    app.type('jj');
    await app.shows('commit 2 ');
    await selected(app, 'commit 2 ');
    await app.shows('1 file');
    await close(app);
  });

  test('a branch without commits says so', async () => {
    const app = await openScreen({ engine: createFakeEngine() });
    app.press('alt+3', 'enter');
    await app.shows('the branch has no commits yet');
    await close(app);
  });

  test('a page down moves on by what the pane shows', async () => {
    const app = await openCommits({ columns: 45, rows: 15 });
    app.press('pagedown');
    await app.shows('commit 20');
    expect(app.rows().join('\n')).not.toContain('commit 5 ');
    expect(inverse(app)).toHaveLength(1);
    await close(app);
  });
});

describe('a search', () => {
  test.each([
    [120, 40],
    [45, 15],
  ])(
    'at %dx%d marks what it finds and selects it, down from the selected commit and round',
    async (columns, rows) => {
      const app = await openCommits({ columns, rows });
      app.type('jjj/commit 1');
      await app.shows('/commit 1  2/11 …');
      await selected(app, 'commit 10 ');
      app.press('up');
      await app.shows('1/11 …');
      await selected(app, 'commit 1 ');
      app.press('down', 'down', 'enter', 'n');
      await app.shows('4/11 …');
      await selected(app, 'commit 12 ');
      app.press('escape');
      await app.lacks('/commit 1');
      await selected(app, 'commit 12 ');
      app.press('enter');
      await app.shows('git has no such commit any more');
      app.press('escape');
      await close(app);
    },
  );

  test('reads on where nothing is found yet, to the first commit, and goes round its end', async () => {
    const app = await openCommits();
    app.type('j/commit 249');
    await app.shows('/commit 249  1/1');
    await selected(app, 'commit 249 ');
    app.press('ctrl+u');
    app.type('commit 0');
    await app.shows('/commit 0  1/1');
    await selected(app, 'commit 0 ');
    app.press('enter');
    app.type('n');
    await app.rests();
    await selected(app, 'commit 0 ');
    app.type('/nowhere');
    await app.shows('/nowhere  none');
    await selected(app, 'commit 0 ');
    app.press('enter');
    app.type('n');
    await app.shows('it is not here');
    await close(app);
  });

  test('reaches commits behind more than are kept, and finds authors and decisions', async () => {
    const many = Array.from({ length: 2_450 }, (_, at) => ({
      sha: (0xa000000 + at).toString(16).padEnd(40, '0'),
      subject: `commit ${at}`,
      author: at === 2_400 ? 'Grace' : 'Ada',
      at: 0,
      unpushed: false,
      decisions: at === 2_410 || at === 7 ? ['zod over yup: smaller'] : [],
    }));
    const app = await openScreen({ engine: createFakeEngine({ log: many }) });
    app.press('alt+3');
    await app.shows(/▸COMMITS[\s\S]*commit 0/);
    app.type('/grace');
    await selected(app, 'commit 2400 .*Grace');
    app.press('ctrl+u');
    app.type('yup: smaller');
    await selected(app, 'commit 2410 ', '◆ zod over yup: smaller');
    app.press('enter');
    app.type('n');
    await selected(app, 'commit 7 ', '◆ zod over yup: smaller');
    app.hangUp();
    await app.over;
  });
});

test('git is read when a turn has changed something or rests, not at each pause between its steps', async () => {
  const engine = createFakeEngine({ log, events: [opened] });
  const reads: string[] = [];
  const { status } = engine.repository;
  Object.assign(engine.repository, {
    status: () => {
      reads.push(`after ${engine.session.getState().seq}`);
      return status();
    },
  });
  const app = await openScreen({ engine });
  await expect.poll(() => reads).toEqual(['after 1']);
  engine.record({ type: 'prompt.accepted', text: 'go' }, { type: 'turn.started', prompt: 2 });
  for (let step = 0; step < 5; step += 1) {
    engine.stream({ activity: 'thinking', text: `words ${step}` });
    await app.shows(`words ${step}`);
    engine.stream({ activity: 'idle', text: '' });
    await app.rests();
  }
  expect(reads).toEqual(['after 1']);
  engine.record(claimed, { type: 'turn.ended', turn: 3, outcome: 'answered' });
  await expect.poll(() => reads).toEqual(['after 1', 'after 5']);
  app.hangUp();
  await app.over;
});

describe('reading', () => {
  test.each([
    [120, 40],
    [80, 24],
    [45, 15],
  ])('at %dx%d Enter opens the diff and Esc closes it', async (columns, rows) => {
    const app = await openCommits({ columns, rows });
    app.type('j');
    app.press('enter');
    await app.shows('Why it was made.');
    expect(app.rows()[0]).toMatch(/^▸a000001 commit 1/);
    await app.shows('2 files  +100 −0');
    await app.shows('+ first.ts line 0');
    app.press('escape');
    await app.shows('COMMITS');
    await selected(app, 'commit 1 ');
    await close(app);
  });

  test('rows, pages, ends and files are reached with keys', async () => {
    const app = await openCommits();
    app.type('j');
    app.press('enter');
    await app.shows('first.ts line 0');
    app.type('jj');
    await app.lacks('Why it was made.');
    app.type('k');
    app.press('pagedown');
    await app.lacks('first.ts  +50');
    app.type('n');
    await app.shows('file 2 of 2');
    expect(app.rows()[1]).toMatch(/^second\.ts {2}\+50 −0/);
    app.type('p');
    await app.shows('file 1 of 2');
    expect(app.rows()[1]).toMatch(/^first\.ts/);
    app.type('G');
    await app.shows('second.ts line 49');
    app.type('g');
    await app.shows('Why it was made.');
    await close(app);
  });

  test('a commit that git no longer has says so', async () => {
    const app = await openCommits();
    app.press('enter');
    await app.shows('git has no such commit any more');
    await close(app);
  });

  test('the help over a commit is closed first', async () => {
    const app = await openCommits();
    app.type('j');
    app.press('enter');
    await app.shows('Why it was made.');
    app.press('f1');
    await app.shows('KEYS');
    app.press('escape');
    await app.shows('Why it was made.');
    await close(app);
  });
});

test('y copies the whole sha, in the pane and over it', async () => {
  const app = await openCommits();
  app.type('jy');
  await app.shows('copied a000001 (clipboard)');
  app.press('enter');
  await app.shows('Why it was made.');
  app.type('y');
  await app.shows('copied a000001 (clipboard)');
  expect(app.copied).toEqual([log[1]?.sha, log[1]?.sha]);
  await close(app);
});

test('p starts a prompt about the commit under what was typed', async () => {
  const app = await openCommits();
  app.press('escape');
  app.type('say more');
  app.press('alt+3');
  app.type('jp');
  await app.shows('  about a000001 (commit 1):');
  app.type('why?\r');
  await app.shows('what shall be built?');
  expect(app.engine.sent).toEqual([{ do: 'prompt', text: 'say more\nabout a000001 (commit 1): why?' }]);
  app.press('ctrl+d');
  await app.over;
});

test('what could not be copied is not said to be', async () => {
  const app = await openScreen({ engine: createFakeEngine({ log }), clipboard: null });
  await app.shows('commit 0 ');
  app.press('alt+3');
  app.type('y');
  await app.shows('could not be copied: no clipboard program works here');
  await close(app);
});

describe('the changed files', () => {
  const events: SessionEvent[] = [opened, claims('source/slug.ts', 'source/cli.ts')];
  const stat = { size: 1, mtimeMs: 0, ctimeMs: 0, ino: 1, mode: 0o100644 };
  const dirty = [
    { path: 'source/slug.ts', xy: '.M', submodule: false, stat, parentCtimeMs: 0 },
    { path: 'source/cli.ts', xy: '??', submodule: false, stat, parentCtimeMs: 0 },
    { path: 'notes.txt', xy: '.M', submodule: false, stat, parentCtimeMs: 0 },
  ];
  const commits = { 'source/slug.ts': { ...text, author: '', message: '', diff: fileDiff('slug.ts', 3) } };

  function claims(...paths: string[]): SessionEvent {
    const claimed = paths.map((path) => ({ path, by: 'patch' as const }));
    const about = { kind: 'claims', claimed, released: [] } as const;
    return { type: 'notice.raised', level: 'info', text: '', about };
  }

  test.each([
    [120, 40],
    [80, 24],
    [45, 15],
  ])('at %dx%d they are above the commits, read, copied, left out and put back', async (columns, rows) => {
    const app = await openScreen({
      columns,
      rows,
      engine: createFakeEngine({ events, log, dirty, commits }),
    });
    app.press('alt+3');
    await app.shows('2 files');
    await app.shows(/notes.txt|1 of yours/);
    app.type('g');
    await app.shows('M source/slug.ts');
    await app.rests();
    await selected(app, /M source\/slug\.ts +patch/);
    app.press('enter');
    await app.shows('+ slug.ts line 0');
    expect(app.rows()[0]).toMatch(/^▸source\/slug\.ts/);
    app.press('escape');
    await app.shows('COMMITS');
    app.type('x');
    await app.shows(/slug.ts +left out/);
    await selected(app, /M source\/slug\.ts +left out/);
    app.type('x');
    await app.shows(/slug.ts +patch/);
    app.type('jjx');
    await app.shows('that file is yours');
    app.type('y');
    await app.shows('copied notes.txt');
    app.type('kp');
    await app.shows('› about source/cli.ts:');
    expect(app.engine.sent).toEqual([
      { do: 'leave out', path: 'source/slug.ts', out: true },
      { do: 'leave out', path: 'source/slug.ts', out: false },
    ]);
    app.hangUp();
    await app.over;
  });

  test('a file that is the session’s no more is the person’s, and stays selected', async () => {
    const engine = createFakeEngine({ events, log, dirty, commits });
    const app = await openScreen({ engine });
    app.press('alt+3');
    app.type('g');
    await selected(app, /source\/slug\.ts/);
    engine.record({
      type: 'notice.raised',
      level: 'info',
      text: '',
      about: { kind: 'claims', claimed: [], released: ['source/slug.ts', 'source/cli.ts'] },
    });
    await app.shows('3 files of yours');
    await app.rests();
    await selected(app, 'M source/slug.ts');
    app.hangUp();
    await app.over;
  });
});

test('a copy that takes long says nothing over what was said meanwhile', async () => {
  const slow = Promise.withResolvers<void>();
  const copying = [slow.promise, Promise.resolve()];
  const app = await openScreen({ engine: createFakeEngine({ log }), copying });
  app.press('alt+3');
  await selected(app, 'commit 0');
  app.type('y');
  await expect.poll(() => app.copied.length).toBe(1);
  app.type('jy');
  await app.shows('copied a000001');
  slow.resolve();
  await app.rests();
  await app.shows('copied a000001');
  app.hangUp();
  await app.over;
});

describe('a push', () => {
  const ready = { to: 'origin/main', commits: 3, first: false, head: 'a' };

  test('shows what it would send and where, and goes with the second press', async () => {
    const app = await openScreen({ engine: createFakeEngine({ log, outgoing: ready }) });
    app.press('alt+3');
    app.type('P');
    await app.shows('↑ P again pushes 3 commits to origin/main');
    expect(app.engine.sent).toEqual([]);
    app.type('P');
    await app.lacks('P again pushes');
    expect(app.engine.sent).toEqual([{ do: 'push' }]);
    app.engine.stream({ pushing: true });
    await app.shows('↑ pushing …');
    app.engine.record({ type: 'notice.raised', level: 'info', text: 'pushed 3 commits to origin/main' });
    app.engine.stream({ pushing: false });
    await app.shows('─ pushed 3 commits to origin/main');
    app.hangUp();
    await app.over;
  });

  test('any other key leaves it, and Esc does nothing else', async () => {
    const app = await openScreen({ engine: createFakeEngine({ log, outgoing: ready }) });
    app.press('alt+3');
    app.type('P');
    await app.shows('P again pushes');
    app.press('escape');
    await app.lacks('P again pushes');
    await app.shows('▸COMMITS');
    app.type('P');
    await app.shows('P again pushes');
    app.type('j');
    await app.lacks('P again pushes');
    app.press('enter');
    await app.shows('git has no such commit any more');
    expect(app.engine.sent).toEqual([]);
    app.hangUp();
    await app.over;
  });

  test('Enter pushes too, and what changed since it was shown is shown first', async () => {
    const outgoing = { ...ready };
    const app = await openScreen({ engine: createFakeEngine({ log, outgoing }) });
    app.press('alt+3');
    app.type('P');
    await app.shows('3 commits to origin/main');
    app.engine.repository.outgoing = () => Promise.resolve({ ...ready, commits: 4, head: 'b' });
    app.press('enter');
    await app.shows('there is more to push than was shown');
    await app.shows('pushes 4 commits to origin/main');
    expect(app.engine.sent).toEqual([]);
    app.press('enter');
    await app.lacks('P again pushes');
    expect(app.engine.sent).toEqual([{ do: 'push' }]);
    app.hangUp();
    await app.over;
  });

  test('while it is looked up Esc leaves it, and no second press means what was never shown', async () => {
    const app = await openScreen({ engine: createFakeEngine({ log }) });
    const looks: PromiseWithResolvers<Outgoing>[] = [];
    app.engine.repository.outgoing = () => {
      const look = Promise.withResolvers<Outgoing>();
      looks.push(look);
      return look.promise;
    };
    app.press('alt+3');
    app.type('P');
    await app.shows('looking at what a push would send');
    app.press('escape');
    await app.lacks('looking at what a push would send');
    await app.shows('▸COMMITS');
    app.type('P');
    await expect.poll(() => looks.length).toBe(2);
    looks[0]?.resolve({ reason: 'the answer to what was left' });
    app.type('PP');
    await app.rests();
    expect(looks.length).toBe(2);
    await app.shows('looking at what a push would send');
    looks[1]?.resolve(ready);
    await app.shows('P again pushes 3 commits');
    expect(app.engine.sent).toEqual([]);
    app.press('escape');
    await app.lacks('P again pushes');
    app.type('P');
    await app.shows('looking at what a push would send');
    app.press('alt+1');
    await app.shows('▸CONVERSATION');
    looks[2]?.resolve({ reason: 'the answer to what was left' });
    await app.rests();
    await app.lacks('the answer to what was left');
    app.hangUp();
    await app.over;
  });

  test('why there is nothing to push is said', async () => {
    const outgoing = { reason: 'nothing to push: origin/main has all of main' };
    const app = await openScreen({ engine: createFakeEngine({ log, outgoing }) });
    app.press('alt+3');
    app.type('P');
    await app.shows('nothing to push: origin/main has all of main');
    app.hangUp();
    await app.over;
  });
});

test('the decisions of the selected commit stand under it', async () => {
  const decided: SessionEvent = {
    type: 'commit.created',
    sha: log[1]?.sha ?? '',
    base: null,
    branch: 'main',
    by: 'ship',
    paths: [],
    subject: 'commit 1',
    verdict: { kind: 'green' },
    decisions: [{ chose: 'zod', over: 'yup', why: 'smaller' }],
  };
  const app = await openScreen({ engine: createFakeEngine({ events: [opened, decided], log }) });
  app.press('alt+3');
  await app.shows('◆ zod');
  await app.lacks('over yup');
  app.type('j');
  await app.shows('◆ zod over yup: smaller');
  app.hangUp();
  await app.over;
});
