// Commits beside a person who stages and commits all the time: nobody loses a line.
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { makeFixture, patched } from './fixture.ts';

/** Each takes some ten processes, beside those of the person: enough to meet, and soon over on a slow machine. */
const COMMITS = 6;
/** Of the person's for each of ours: an unbounded loop leaves no room for anybody's ten tries on a loaded machine. */
const THEIRS = 4;

test('commits beside a loop of adds and commits have exactly their own paths', {
  timeout: 180_000,
}, async () => {
  using repo = makeFixture({ 'ours.txt': '0\n', 'theirs.txt': '0\n' });
  let going = true;
  let theirCommits = 0;
  const results: string[] = [];
  const person = (async () => {
    for (let i = 1; going; i += 1) {
      repo.write('theirs.txt', `${i}\n`);
      repo.write(`staged-${i % 3}.txt`, `${i}\n`);
      // Either may find the index or the ref locked for a moment, as beside any other git.
      await repo.gitLater('add', 'theirs.txt', `staged-${i % 3}.txt`).catch(() => '');
      theirCommits += await repo.gitLater('commit', '--quiet', '-m', `theirs ${i}`).then(
        () => 1,
        () => 0,
      );
      // A person is not faster.
      do await sleep(60);
      while (going && i >= THEIRS * (results.length + 1));
    }
  })();
  const last = `${COMMITS}\n`;
  for (let i = 1; i <= COMMITS; i += 1) {
    repo.write('ours.txt', `${i}\n`);
    const result = await repo.ship(
      [patched('ours.txt', `${i - 1}\n`, `${i}\n`)],
      { subject: `ours ${i}` },
      { lockWaitMs: 30_000 },
    );
    results.push(result.kind === 'created' ? 'created' : JSON.stringify(result));
  }
  going = false;
  await person;

  expect(results).toEqual(Array.from({ length: COMMITS }, () => 'created'));
  expect(theirCommits).toBeGreaterThan(0);
  const commits = repo
    .git('log', '--format=%x00%s', '--name-only')
    .split('\0')
    .slice(1)
    .map((each) => each.trim().split(/\n+/));
  for (const [subject = '', ...paths] of commits) {
    if (subject.startsWith('ours')) expect(paths).toEqual(['ours.txt']);
    if (subject.startsWith('theirs')) expect(paths).not.toContain('ours.txt');
  }
  expect(repo.three('ours.txt')).toEqual({ head: last, staged: last, disk: last });
  expect(repo.git('fsck')).not.toContain('error');
});

test('a commit that the person makes meanwhile is the new parent', async () => {
  using repo = makeFixture({ 'a.txt': 'one\n', 'theirs.txt': 't\n' });
  repo.write('a.txt', 'two\n');
  let facts = 0;
  const result = await repo.ship(['a.txt'], {
    onStarted: async ({ base }) => {
      facts += 1;
      if (facts === 1) {
        repo.git(
          'update-ref',
          'HEAD',
          repo.git('commit-tree', '-p', String(base), '-m', 'theirs', 'HEAD^{tree}'),
        );
      }
    },
  });
  expect(result).toMatchObject({ kind: 'created', base: repo.git('rev-parse', 'HEAD~1') });
  expect([facts, repo.git('log', '--format=%s')]).toEqual([2, 'Ship\ntheirs\nstart']);
});

test('where HEAD moves at every try the work stays in the tree', async () => {
  using repo = makeFixture();
  repo.write('a.txt', 'two\n');
  const result = await repo.ship(['a.txt'], {
    onStarted: async ({ base }) =>
      void repo.git(
        'update-ref',
        'HEAD',
        repo.git('commit-tree', '-p', String(base), '-m', 'again', 'HEAD^{tree}'),
      ),
  });
  expect(result).toMatchObject({
    kind: 'failed',
    reason: expect.stringContaining('Another program kept changing'),
  });
  expect(repo.git('status', '--porcelain')).toBe(' M a.txt');
});
