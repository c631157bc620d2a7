import { readdirSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { CommitPlan, CommitResult } from '../../../source/engine/git-ports.ts';
import { type Fixture, makeFixture, planOf } from './fixture.ts';

const files = { 'a.txt': 'one\n', 'b.txt': 'two\n' };
const paths = [{ path: 'a.txt', by: 'also' }] as const;

/** Plans `a.txt` on a look, does something, and commits the same plan. */
async function commitAfter(
  repo: Fixture,
  between: { readonly look?: () => void; readonly tree?: () => void },
  plan: Partial<CommitPlan> = {},
): Promise<CommitResult> {
  const committer = await repo.committer();
  const look = await (await repo.repository()).status();
  between.look?.();
  await committer.tree(paths, look);
  between.tree?.();
  return committer.commit(planOf(paths, plan));
}

test('what was planned is committed as it was, beside what the person has staged', async () => {
  using repo = makeFixture(files);
  repo.write('a.txt', 'ONE\n');
  repo.write('b.txt', 'TWO\n');
  repo.write('c.txt', 'three\n');
  repo.git('add', 'b.txt', 'c.txt');
  expect(await commitAfter(repo, {})).toMatchObject({ kind: 'created', paths: ['a.txt'] });
  expect(repo.git('show', '--format=', '--name-only')).toBe('a.txt');
  expect(repo.git('status', '--porcelain')).toBe('M  b.txt\nA  c.txt');
});

test('a plan that is asked for while it is made is made once', async () => {
  using repo = makeFixture(files);
  repo.write('a.txt', 'ONE\n');
  const [committer, repository] = [await repo.committer(), await repo.repository()];
  const look = await repository.status();
  const first = committer.tree(paths, look);
  await setImmediate();
  const second = await committer.tree(paths, look);
  expect(await committer.tree(paths, look)).toBe(second);
  expect(await first).toMatchObject({ tree: second.tree });
});

test('a file that changes behind its times is read again', async () => {
  using repo = makeFixture(files);
  repo.write('a.txt', 'ONE\n');
  const { atime, mtime } = statSync(join(repo.root, 'a.txt'));
  const tree = (): void => {
    repo.write('a.txt', 'NEW\n');
    utimesSync(join(repo.root, 'a.txt'), atime, mtime);
  };
  expect(await commitAfter(repo, { tree })).toMatchObject({ kind: 'created' });
  expect(repo.three('a.txt')).toEqual({ head: 'NEW\n', staged: 'NEW\n', disk: 'NEW\n' });
});

test('an index that changes after the look, or after the plan, is looked at again', async () => {
  using repo = makeFixture(files);
  repo.write('a.txt', 'ONE\n');
  repo.write('b.txt', 'TWO\n');
  const look = (): void => void repo.git('rm', '-q', '--cached', 'a.txt');
  const tree = (): void => void repo.git('add', 'b.txt');
  expect(await commitAfter(repo, { look, tree })).toMatchObject({ kind: 'created', paths: ['a.txt'] });
  expect(repo.git('show', '--format=', '--name-status')).toBe('M\ta.txt');
  expect(repo.git('status', '--porcelain')).toBe('M  b.txt');
});

test('a branch that moves while its index stands is the new parent', async () => {
  using repo = makeFixture(files);
  repo.write('a.txt', 'ONE\n');
  let next = '';
  const tree = (): void => {
    next = repo.git('commit-tree', '-p', 'HEAD', '-m', 'aside', 'HEAD^{tree}');
    repo.git('update-ref', 'HEAD', next);
  };
  expect(await commitAfter(repo, { tree })).toMatchObject({ kind: 'created', base: next });
  expect(repo.git('log', '--format=%s').split('\n').slice(0, 2)).toEqual(['Ship', 'aside']);
  expect(repo.git('status', '--porcelain')).toBe('');
});

test('what changed between a merge that begins and the commit is held', async () => {
  using repo = makeFixture(files);
  repo.git('branch', 'aside');
  repo.write('b.txt', 'ours\n');
  repo.git('commit', '-qam', 'ours');
  repo.git('checkout', '-q', 'aside');
  repo.write('b.txt', 'theirs\n');
  repo.git('commit', '-qam', 'theirs');
  repo.write('a.txt', 'ONE\n');
  const tree = (): void => expect(() => repo.git('merge', 'main')).toThrow();
  expect(await commitAfter(repo, { tree })).toMatchObject({
    kind: 'failed',
    reason: expect.stringContaining('merge'),
  });
});

test.for<[string, (repo: Fixture) => void]>([
  ['a file', (repo) => repo.write('a.txt', 'ONE\n')],
  ['the attributes', (repo) => repo.write('.gitattributes', '*.txt text eol=lf\n')],
  ['the config', (repo) => void repo.git('config', 'core.autocrlf', 'input')],
])('where %s has changed, what was planned before the ship is planned again', async ([, change]) => {
  using repo = makeFixture(files);
  repo.write('a.txt', 'ONE\r\n');
  const [committer, repository] = [await repo.committer(), await repo.repository()];
  await committer.tree(paths, await repository.status());
  change(repo);
  await committer.tree([{ ...paths[0] }], await repository.status());
  expect(await committer.commit(planOf(paths))).toMatchObject({ kind: 'created' });
  expect(repo.three('a.txt').head).toBe('ONE\n');
});

test('a plan that is aborted leaves nothing behind, and the next one is made', async () => {
  using repo = makeFixture(files);
  repo.write('a.txt', 'ONE\n');
  const [committer, look] = [await repo.committer(), await (await repo.repository()).status()];
  const before = readdirSync(join(repo.root, '.git'));
  await expect(committer.tree(paths, look, AbortSignal.abort('left'))).rejects.toBe('left');
  expect(readdirSync(join(repo.root, '.git'))).toEqual(before);
  expect(await committer.tree(paths, look)).toMatchObject({ held: [] });
  expect(await committer.commit(planOf(paths))).toMatchObject({ kind: 'created' });
});
