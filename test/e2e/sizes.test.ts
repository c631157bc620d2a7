// The full screen at every size that a terminal may have, and while that changes.
import { expect, test } from 'vitest';
import type { App } from '../support/app.ts';
import { say, ship } from '../support/model-server.ts';
import { addFile, createPlace, type Place } from './place.ts';

async function openAt(columns: number, rows: number): Promise<{ app: App; place: Place }> {
  const place = await createPlace({
    script: [[addFile('a.txt'), ship({ subject: 'Add a', say: 'There is an a.' })]],
  });
  return { app: place.open(['--trust'], { columns, rows }), place };
}

async function leave(app: App): Promise<void> {
  app.press('ctrl+d');
  expect(await app.over).toBe(0);
}

test('at 120x40 three panes stand beside each other over the composer and the status', async () => {
  const { app } = await openAt(120, 40);
  await app.shows('F1 keys');
  app.type('add a').enter();
  await app.shows('✓ shipped');
  const rows = app.rows();
  expect(rows[0]).toMatch(/^CONVERSATION +│ TESTS {2}run {2}✓ green · make test · 1 passed/);
  expect(rows.findIndex((row) => /├─+$/.test(row))).toBeGreaterThan(0);
  expect(rows.some((row) => /│ COMMITS {2}main$/.test(row))).toBe(true);
  expect(rows[37]).toMatch(/^─+┴─+/);
  expect(rows[38]).toMatch(/^›/);
  expect(rows[39]).toMatch(/^✓ shipped · gpt-5\.2-codex high .*main$/);
  await leave(app);
});

test('at 80x24 the conversation stands over two strips', async () => {
  const { app } = await openAt(80, 24);
  await app.shows('F1 keys');
  app.type('add a').enter();
  await app.shows(/^✓.[0-9a-f]{7} Add a/m);
  await app.shows('There is an a.');
  const titles = app.rows().filter((row) => /^(CONVERSATION|TESTS|COMMITS)/.test(row));
  expect(titles.map((row) => row.split(' ')[0])).toEqual(['CONVERSATION', 'TESTS', 'COMMITS']);
  await leave(app);
});

test('at 45x15 there is one pane, whose title tells of the others', async () => {
  const { app } = await openAt(45, 15);
  await app.shows('F1 keys');
  app.type('add a').enter();
  await app.shows('There is an a.');
  await app.shows(/^CONVERSATION.* │ tests ✓ green │ commits 1/);
  app.press('alt+3');
  await app.shows(/^▸COMMITS/);
  await app.shows('Add a');
  app.press('escape');
  await app.lacks('▸COMMITS');
  await leave(app);
});

test('at 30x8 there is one sentence, the work goes on, and the screen comes back with its size', async () => {
  const { app, place } = await openAt(30, 8);
  await app.shows(/hullspeed needs 40x12, this\s+terminal is 30x8/);
  app.type('add a').enter();
  await expect.poll(() => place.git('log', '-1', '--format=%s')).toBe('Add a\n');
  app.resize(120, 40);
  await app.conversation.shows('There is an a.');
  await app.commits.shows('Add a');
  await leave(app);
});

test('a storm of sizes while text streams leaves one right screen', async () => {
  const words = Array.from({ length: 300 }, (_, word) => `word${word}`).join(' ');
  const place = await createPlace({ script: [say(`${words}\n\nThe last words.`)], pace: 400 });
  const app = place.open();
  await app.shows('F1 keys');
  app.type('say much').enter();
  await app.conversation.shows(/word\d/);
  for (const [columns, rows] of sizes()) {
    app.resize(columns, rows);
    await new Promise((resolve) => setImmediate(resolve));
  }
  app.resize(120, 40);
  await app.conversation.shows('The last words.');
  await app.shows(/^· answered/m);
  await app.tests.shows('✓ green');
  // Smaller and back before anybody can look: what stood there has been moved all the same.
  app.resize(60, 20);
  app.resize(120, 40);
  await app.shows(/^CONVERSATION +│ TESTS/);
  await app.shows(/^─+┴─+ .*F1 keys.* ─$/m);
  const before = still(app.rows());
  // Every cell is drawn anew; what is typed behind the key says that this has been done.
  app.press('ctrl+l').type('drawn');
  await app.shows(/^› drawn$/m);
  expect(still(app.rows())).toEqual(before);
  app.press('ctrl+c');
  await app.shows('F1 keys');
  await leave(app);
});

/** What no key and no clock changes: all but the composer, the hints and the age of a commit. */
function still(rows: readonly string[]): string[] {
  return rows.toSpliced(-3, 2).map((row) => row.replace(/ +A Person +\d+[sm]$| · \d+[sm] ago$/, ''));
}

/** One cell, thin, flat, a wall, and every layout, over and over. */
function sizes(): [columns: number, rows: number][] {
  const kinds: [number, number][] = [
    [1, 1],
    [2, 60],
    [300, 2],
    [40, 12],
    [39, 12],
    [60, 20],
    [99, 24],
    [100, 24],
    [300, 90],
    [1, 1],
  ];
  return Array.from({ length: 12 }, () => kinds).flat();
}
