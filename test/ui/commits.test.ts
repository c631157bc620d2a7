// The commits in the full screen: chosen, read, copied and asked about, with keys alone.
import { describe, expect, test } from 'vitest';
import type { CommitText } from '../../source/engine/git-ports.ts';
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
  await app.shows('commit 0');
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

describe('choosing', () => {
  test('j and k move the selected row, which is seen without colour', async () => {
    const app = await openCommits();
    expect(inverse(app)).toEqual([expect.stringContaining('commit 0 ')]);
    app.type('jjk');
    await app.rests();
    expect(inverse(app)).toEqual([expect.stringContaining('commit 1 ')]);
    app.press('escape');
    await app.rests();
    expect(inverse(app)).toEqual([]);
    await close(app);
  });

  test('the pane scrolls with the selected row and reads more of the log at its end', async () => {
    const app = await openCommits();
    app.type('G');
    await app.shows('commit 99 ');
    await app.rests();
    app.type('G');
    await app.shows('commit 199 ');
    await app.rests();
    app.type('G');
    await app.shows('commit 249 ');
    expect(inverse(app)).toEqual([expect.stringContaining('commit 249 ')]);
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
    expect(inverse(app)).toEqual([expect.stringContaining('commit 2 ')]);
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
    expect(inverse(app)).toEqual([expect.stringContaining('commit 1 ')]);
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
