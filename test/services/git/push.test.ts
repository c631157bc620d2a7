// Pushes to a repository on disk: never forced, never asked, refusals with their reason.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Fixture, makeFixture } from './fixture.ts';

function withRemote(): Fixture {
  const repo = makeFixture();
  repo.git('init', '--quiet', '--bare', join(repo.home, 'remote.git'));
  repo.git('remote', 'add', 'origin', join(repo.home, 'remote.git'));
  return repo;
}

async function push(repo: Fixture): Promise<unknown> {
  return (await repo.committer()).push(new AbortController().signal);
}

test('the first push makes the upstream, the next counts what is new', async () => {
  using repo = withRemote();
  expect(await push(repo)).toEqual({ ok: true, to: 'origin/main', commits: 1 });
  repo.git('commit', '--quiet', '--allow-empty', '-m', 'two');
  repo.git('commit', '--quiet', '--allow-empty', '-m', 'three');
  const repository = await repo.repository();
  const { rows, ...branch } = await repository.log(0, 10);
  expect(branch).toEqual({ upstream: 'origin/main', ahead: 2, behind: 0 });
  expect(rows.map(({ subject, unpushed }) => [subject, unpushed])).toEqual([
    ['three', true],
    ['two', true],
    ['start', false],
  ]);
  expect(await push(repo)).toEqual({ ok: true, to: 'origin/main', commits: 2 });
  expect(await push(repo)).toEqual({ ok: true, to: 'origin/main', commits: 0 });
  expect(await repository.log(0, 1)).toMatchObject({
    upstream: 'origin/main',
    ahead: 0,
    behind: 0,
    rows: [{ unpushed: false }],
  });
});

test('a branch is pushed to its upstream of another name', async () => {
  using repo = withRemote();
  repo.git('push', '--quiet', 'origin', 'main:trunk');
  repo.git('branch', '--quiet', '--set-upstream-to', 'origin/trunk');
  repo.git('commit', '--quiet', '--allow-empty', '-m', 'two');
  expect(await push(repo)).toEqual({ ok: true, to: 'origin/trunk', commits: 1 });
});

test('what others have pushed meanwhile is not overwritten', async () => {
  using repo = withRemote();
  await push(repo);
  const other = join(repo.home, 'other');
  repo.git('clone', '--quiet', '--branch', 'main', join(repo.home, 'remote.git'), other);
  repo.git('-C', other, 'commit', '--quiet', '--allow-empty', '-m', 'theirs');
  repo.git('-C', other, 'push', '--quiet', 'origin', 'main');
  repo.git('commit', '--quiet', '--allow-empty', '-m', 'ours');
  expect(await push(repo)).toEqual({
    ok: false,
    reason: 'Pushing main to origin was refused. [rejected] (fetch first)',
    command: 'git push origin main',
  });
});

test('a server’s refusal is quoted without control sequences', async () => {
  using repo = withRemote();
  const hook = join(repo.home, 'remote.git/hooks/pre-receive');
  repo.hook(
    '../../../remote.git/hooks/pre-receive',
    '#!/bin/sh\nprintf "\\033[31mprotected\\033[0m branch\\n"\nexit 1\n',
  );
  expect(readFileSync(hook, 'utf8')).toContain('protected');
  expect(await push(repo)).toMatchObject({
    ok: false,
    reason: expect.stringContaining('remote: protected branch'),
    command: 'git push -u origin main',
  });
});

test('without a way to push the reason says what is missing', async () => {
  using repo = makeFixture();
  expect(await push(repo)).toMatchObject({ ok: false, reason: 'This repository has no remote.' });
  repo.git('remote', 'add', 'one', repo.home);
  repo.git('remote', 'add', 'two', repo.home);
  expect(await push(repo)).toMatchObject({
    ok: false,
    reason: 'main has no upstream, and there are several remotes: one, two.',
    command: 'git push -u one main',
  });
  repo.git('branch', 'side');
  repo.git('branch', '--quiet', '--set-upstream-to', 'side');
  expect(await push(repo)).toMatchObject({
    ok: false,
    reason: 'main follows side, which is a branch of this repository and no remote.',
  });
  repo.git('checkout', '--quiet', '--detach');
  expect(await push(repo)).toMatchObject({
    ok: false,
    reason: 'HEAD is detached, so there is no branch to push.',
  });
});

test('a server that wants a password is not given the terminal', async () => {
  using repo = makeFixture();
  repo.git('remote', 'add', 'origin', 'ssh://nobody@127.0.0.1:1/x.git');
  expect(await push(repo)).toMatchObject({
    ok: false,
    reason: expect.stringContaining('Pushing main to origin was refused.'),
  });
});

test('what would be pushed is known before', async () => {
  using repo = withRemote();
  const outgoing = async (): Promise<unknown> => (await repo.repository()).outgoing();
  const head = (): string => repo.git('rev-parse', 'HEAD');
  expect(await outgoing()).toEqual({ to: 'origin/main', commits: 1, first: true, head: head() });
  expect(await (await repo.repository()).log(0, 1)).toMatchObject({
    upstream: null,
    ahead: 1,
    behind: 0,
    rows: [{ unpushed: true }],
  });
  await push(repo);
  expect(await outgoing()).toEqual({ reason: 'nothing to push: origin/main has all of main' });
  repo.git('commit', '--quiet', '--allow-empty', '-m', 'two');
  expect(await outgoing()).toEqual({ to: 'origin/main', commits: 1, first: false, head: head() });
  repo.git('push', '--quiet');
  repo.git('reset', '--quiet', '--hard', 'HEAD~1');
  repo.git('commit', '--quiet', '--allow-empty', '-m', 'other');
  expect(await outgoing()).toEqual({
    reason: 'origin/main has 1 that main has not: git pull --rebase, then push',
  });
  repo.git('remote', 'add', 'second', repo.home);
  repo.git('checkout', '--quiet', '-b', 'feature', '--no-track');
  expect(await outgoing()).toEqual({
    reason:
      'feature has no upstream, and there are several remotes: origin, second: git push -u origin feature',
  });
  repo.git('checkout', '--quiet', '--detach');
  expect(await outgoing()).toEqual({ reason: 'HEAD is detached, so there is no branch to push' });
});

test('without a remote nothing is ever pushed, and nothing counts as unpushed', async () => {
  using repo = makeFixture();
  const repository = await repo.repository();
  expect(await repository.log(0, 1)).toMatchObject({ upstream: null, ahead: 0, behind: 0 });
  expect(await repository.outgoing()).toEqual({
    reason: 'This repository has no remote: git remote add origin URL && git push -u origin main',
  });
});
