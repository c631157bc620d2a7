// What stands in the way of a commit is said with its way out, and no commit is made.
import { spawn } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Fixture, makeFixture } from './fixture.ts';

function withConflict(): Fixture {
  const repo = makeFixture({ 'a.txt': 'one\n', 'b.txt': 'b\n' });
  repo.git('checkout', '--quiet', '-b', 'side');
  repo.write('a.txt', 'side\n');
  repo.git('commit', '--quiet', '-am', 'side');
  repo.git('checkout', '--quiet', 'main');
  repo.write('a.txt', 'main\n');
  repo.git('commit', '--quiet', '-am', 'main');
  return repo;
}

const quietly = (run: () => unknown): void => {
  try {
    run();
  } catch {
    // A conflict is what was asked for.
  }
};

test.for([
  ['merge', ['merge', 'side'], 'A merge is in progress'],
  ['rebase', ['rebase', 'side'], 'A rebase is in progress'],
  ['cherry-pick', ['cherry-pick', 'side'], 'A cherry-pick is in progress'],
  ['revert', ['revert', '--no-edit', 'side'], 'A revert is in progress'],
  ['bisect', ['bisect', 'start'], 'A bisect is in progress'],
] as const)('a %s', async ([, args, sentence]) => {
  using repo = withConflict();
  quietly(() => repo.git(...args));
  const reason = expect.stringContaining(sentence);
  expect(await (await repo.repository()).hindrance()).toEqual(reason);
  const before = repo.git('status', '--porcelain');
  repo.write('b.txt', 'b2\n');
  expect(await repo.ship(['b.txt'])).toEqual({ kind: 'failed', reason });
  expect(repo.git('status', '--porcelain')).toBe(`${before}\n M b.txt`.trimStart().replace(/^M/, ' M'));
});

test('unmerged files after a stash', async () => {
  using repo = makeFixture();
  repo.write('a.txt', 'stashed\n');
  repo.git('stash', '--quiet');
  repo.write('a.txt', 'other\n');
  repo.git('commit', '--quiet', '-am', 'other');
  quietly(() => repo.git('stash', 'pop'));
  expect(await (await repo.repository()).hindrance()).toBe(
    'There are unmerged files: a.txt. Resolve them, then `git add` them.',
  );
});

test('no identity', async () => {
  using repo = makeFixture();
  writeFileSync(join(repo.home, 'gitconfig'), '[user]\n\tuseConfigOnly = true\n');
  expect(await (await repo.repository()).hindrance()).toContain('git config --global user.name');
});

test('a lock of another git', async () => {
  using repo = makeFixture();
  writeFileSync(join(repo.root, '.git/index.lock'), '');
  expect(await (await repo.repository()).hindrance()).toContain('index.lock is held by another git');
});

test.runIf(process.platform === 'linux')('the person’s own commit with an open editor', async () => {
  using repo = makeFixture();
  const opened = join(repo.home, 'editor-open');
  const person = spawn('git', ['commit', '--quiet', '--allow-empty'], {
    cwd: repo.root,
    env: { ...repo.env, GIT_EDITOR: `sh -c 'touch ${opened}; sleep 600'` },
    detached: true,
  });
  try {
    await expect.poll(() => existsSync(opened), { timeout: 20_000 }).toBe(true);
    expect(await (await repo.repository()).hindrance()).toBe(
      `Your own \`git commit\` is open here (process ${person.pid}). Finish it or close its editor.`,
    );
  } finally {
    process.kill(-(person.pid ?? 0), 'SIGKILL');
  }
});

test('nothing at all', async () => {
  using repo = makeFixture();
  expect(await (await repo.repository()).hindrance()).toBeUndefined();
});
