// A commit that is cut off at any moment is finished or undone, and other people's locks are theirs.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { type CommitStarted, type Fixture, makeFixture } from './fixture.ts';

/** Runs a commit of a.txt in a process of its own that kills itself when the fact has been recorded. */
async function commitAndDie(repo: Fixture, seam: 'started' | 'ref moved'): Promise<CommitStarted> {
  const child = fork(
    join(import.meta.dirname, 'commit-and-die.ts'),
    [repo.root, seam, join(repo.home, 'fact')],
    { env: repo.env, stdio: 'inherit' },
  );
  const [, signal] = await once(child, 'exit');
  expect(signal).toBe('SIGKILL');
  return JSON.parse(readFileSync(join(repo.home, 'fact'), 'utf8'));
}

function shared(): Fixture {
  const repo = makeFixture({ 'a.txt': 'one\n', 'theirs.txt': 't\n' });
  repo.write('theirs.txt', 't2\n');
  repo.git('add', 'theirs.txt');
  repo.write('a.txt', 'two\n');
  return repo;
}

test('killed before the ref moved: the lock goes, and the ship can be made again', async () => {
  using repo = shared();
  const fact = await commitAndDie(repo, 'started');
  expect(existsSync(join(repo.root, '.git/index.lock'))).toBe(true);
  const committer = await repo.committer();
  expect(await committer.recover(fact)).toBe('rolled back');
  expect(repo.git('status', '--porcelain')).toBe(' M a.txt\nM  theirs.txt');
  expect(await repo.ship(['a.txt'])).toMatchObject({ kind: 'created', paths: ['a.txt'] });
});

test('killed after the ref moved: the lock becomes the index', async () => {
  using repo = shared();
  const fact = await commitAndDie(repo, 'ref moved');
  expect(repo.git('status', '--porcelain')).toBe('MM a.txt\nM  theirs.txt');
  const committer = await repo.committer();
  expect(await committer.recover(fact)).toBe('finished');
  expect(repo.git('status', '--porcelain')).toBe('M  theirs.txt');
  expect(await committer.recover(fact)).toBe('finished');
});

test('a lock that is not ours outlives a recovery', async () => {
  using repo = shared();
  const fact = await commitAndDie(repo, 'started');
  writeFileSync(join(repo.root, '.git/index.lock'), 'of another git');
  expect(await (await repo.committer()).recover(fact)).toBe('rolled back');
  expect(readFileSync(join(repo.root, '.git/index.lock'), 'utf8')).toBe('of another git');
});

test('killed between the lock and the fact: the next commit knows the lock for its own', async () => {
  using repo = shared();
  const scratch = join(repo.root, '.git/hullspeed-999999-abcdef');
  mkdirSync(scratch);
  writeFileSync(join(scratch, 'lock'), '');
  linkSync(join(scratch, 'lock'), join(repo.root, '.git/index.lock'));
  utimesSync(scratch, new Date(0), new Date(0));
  expect(await repo.ship(['a.txt'])).toMatchObject({ kind: 'created' });
  expect(readdirSync(join(repo.root, '.git')).filter((name) => name.startsWith('hullspeed'))).toEqual([]);
});

test('killed at any moment, nothing of the person’s is lost and nothing stands in the way', {
  timeout: 120_000,
}, async () => {
  for (let delayMs = 0; delayMs < 150; delayMs += 10) {
    using repo = shared();
    const factFile = join(repo.home, 'fact');
    const child = fork(join(import.meta.dirname, 'commit-and-die.ts'), [repo.root, 'any', factFile], {
      env: repo.env,
    });
    const exit = once(child, 'exit');
    await once(child, 'message');
    await sleep(delayMs);
    child.kill('SIGKILL');
    await exit;
    const committer = await repo.committer();
    if (existsSync(factFile)) await committer.recover(JSON.parse(readFileSync(factFile, 'utf8')));
    // As if it had happened a while ago.
    for (const name of readdirSync(join(repo.root, '.git'))) {
      if (name.startsWith('hullspeed')) utimesSync(join(repo.root, '.git', name), new Date(0), new Date(0));
    }
    const committed = repo.git('log', '-1', '--format=%s') === 'Cut off';
    expect(repo.git('status', '--porcelain')).toBe(committed ? 'M  theirs.txt' : ' M a.txt\nM  theirs.txt');
    expect((await repo.ship(['a.txt'])).kind).toBe(committed ? 'nothing' : 'created');
    expect(repo.git('status', '--porcelain')).toBe('M  theirs.txt');
    expect(existsSync(join(repo.root, '.git/index.lock'))).toBe(false);
  }
});

test('where the fact cannot be recorded nothing is committed', async () => {
  using repo = shared();
  const result = await repo.ship(['a.txt'], { onStarted: () => Promise.reject(new Error('disk full')) });
  expect(result).toEqual({ kind: 'failed', reason: 'disk full' });
  expect(repo.git('status', '--porcelain')).toBe(' M a.txt\nM  theirs.txt');
});

test('a lock of another git is waited for, and never removed', async () => {
  using repo = shared();
  const lock = join(repo.root, '.git/index.lock');
  writeFileSync(lock, '');
  expect(await repo.ship(['a.txt'])).toMatchObject({
    kind: 'failed',
    reason: expect.stringContaining('index.lock is held by another git'),
  });
  expect(existsSync(lock)).toBe(true);
  const shipping = repo.ship(['a.txt']);
  setTimeout(() => rmSync(lock), 300);
  expect(await shipping).toMatchObject({ kind: 'created' });
});
