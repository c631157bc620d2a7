// What commits and the worktree changed, as text; and the word that the branch has moved.
import { chmodSync, existsSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { CommitText } from '../../../source/engine/git-ports.ts';
import { type Fixture, makeFixture } from './fixture.ts';

async function show(repo: Fixture, name = 'HEAD'): Promise<CommitText | null> {
  return (await repo.repository()).show(repo.git('rev-parse', name).trim());
}

/** Without the lines that name objects. */
function lines(text: CommitText | null): string[] {
  return (text?.diff ?? '').split('\n').filter((line) => line !== '' && !line.startsWith('index '));
}

function commit(repo: Fixture, message: string): void {
  repo.git('add', '-A');
  repo.git('commit', '-qm', message);
}

describe('a commit as text', () => {
  test('has its author, message and diff; renames are found', async () => {
    using repo = makeFixture({ 'a.txt': 'one\ntwo\nthree\nfour\n' });
    repo.git('mv', 'a.txt', 'b.txt');
    repo.git('commit', '-qm', 'Rename\n\nBecause.');
    const shown = await show(repo);
    expect(shown?.message).toBe('Rename\n\nBecause.');
    expect(shown?.author).toBe('Ann <ann@example.com>');
    expect(shown?.diff).toContain('rename from a.txt');
    expect(shown?.cut).toBe(false);
  });

  test('the first commit, binary files and modes are there', async () => {
    using repo = makeFixture({ 'a.txt': 'one\n' });
    expect(lines(await show(repo))).toEqual([
      'diff --git a/a.txt b/a.txt',
      'new file mode 100644',
      '--- /dev/null',
      '+++ b/a.txt',
      '@@ -0,0 +1 @@',
      '+one',
    ]);
    repo.write('b.bin', new Uint8Array([0, 1, 2, 0]));
    chmodSync(join(repo.root, 'a.txt'), 0o755);
    commit(repo, 'More');
    expect(lines(await show(repo))).toEqual([
      'diff --git a/a.txt b/a.txt',
      'old mode 100644',
      'new mode 100755',
      'diff --git a/b.bin b/b.bin',
      'new file mode 100644',
      'Binary files /dev/null and b/b.bin differ',
    ]);
  });

  test('a merge shows what it brought to the branch', async () => {
    using repo = makeFixture({ 'a.txt': 'one\n' });
    repo.git('checkout', '-qb', 'side');
    repo.write('side.txt', 'theirs\n');
    commit(repo, 'Side');
    repo.git('checkout', '-q', 'main');
    repo.write('main.txt', 'ours\n');
    commit(repo, 'Main');
    repo.git('merge', '-q', '--no-ff', '-m', 'Merge', 'side');
    expect(lines(await show(repo)).filter((line) => /^(diff|[+-][^+-])/.test(line))).toEqual([
      'diff --git a/side.txt b/side.txt',
      '+theirs',
    ]);
  });

  test('of a huge one git is stopped once there is enough to read', async () => {
    using repo = makeFixture({ 'a.txt': 'one\n' });
    repo.write('huge.txt', `${'x'.repeat(99)}\n`.repeat(300_000));
    commit(repo, 'Huge');
    const shown = await show(repo);
    expect(shown?.message).toBe('Huge');
    expect(shown?.diff.length).toBe(2_000_000);
    expect(shown?.cut).toBe(true);
  });

  test('is null for what is no commit, and never an option', async () => {
    using repo = makeFixture({ 'a.txt': 'one\n' });
    expect(await (await repo.repository()).show('--output=/tmp/x')).toBeNull();
    expect(await (await repo.repository()).show('0123456789')).toBeNull();
  });
});

describe('a path against HEAD', () => {
  async function diff(repo: Fixture, path: string): Promise<string[]> {
    return lines(await (await repo.repository()).diff(path)).filter((line) => !line.startsWith('diff '));
  }

  test('has what is staged and what is not', async () => {
    using repo = makeFixture({ 'a.txt': 'one\ntwo\n', 'b.txt': 'b\n' });
    repo.write('a.txt', 'ONE\ntwo\n');
    repo.git('add', 'a.txt');
    repo.write('a.txt', 'ONE\ntwo\nthree\n');
    repo.write('b.txt', 'B\n');
    expect(await diff(repo, 'a.txt')).toEqual([
      '--- a/a.txt',
      '+++ b/a.txt',
      '@@ -1,2 +1,3 @@',
      '-one',
      '+ONE',
      ' two',
      '+three',
    ]);
  });

  test('of a file that is gone, new, or of a name that means more elsewhere', async () => {
    using repo = makeFixture({ 'a.txt': 'one\n' });
    rmSync(join(repo.root, 'a.txt'));
    repo.write('--output=x', 'new\n');
    repo.write('*.txt', 'star\n');
    symlinkSync('/etc/passwd', join(repo.root, 'link'));
    expect(await diff(repo, 'a.txt')).toContain('-one');
    expect(await diff(repo, '--output=x')).toContain('+new');
    expect(existsSync(join(repo.root, 'x'))).toBe(false);
    expect((await diff(repo, '*.txt')).filter((line) => /^[+-][^+-]/.test(line))).toEqual(['+star']);
    expect((await diff(repo, 'link')).filter((line) => /^[+-][^+-]/.test(line))).toEqual(['+/etc/passwd']);
  });

  test('where there is no commit yet', async () => {
    using repo = makeFixture({});
    repo.write('a.txt', 'one\n');
    repo.git('add', 'a.txt');
    repo.write('a.txt', 'two\n');
    expect(await diff(repo, 'a.txt')).toContain('+two');
  });

  test('runs nothing of the repository', async () => {
    using repo = makeFixture({ 'a.txt': 'one\n', '.gitattributes': '*.txt diff=evil filter=evil\n' });
    for (const key of ['diff.external', 'diff.evil.command', 'diff.evil.textconv', 'filter.evil.clean'])
      repo.git('config', key, 'touch ran; cat');
    repo.git('config', 'diff.noprefix', 'true');
    repo.write('a.txt', 'two\n');
    expect(await diff(repo, 'a.txt')).toContain('+++ b/a.txt');
    expect(existsSync(join(repo.root, 'ran'))).toBe(false);
  });

  test('that nothing changed, or that is not there, is empty', async () => {
    using repo = makeFixture({ 'a.txt': 'one\n' });
    expect(await diff(repo, 'a.txt')).toEqual([]);
    expect(await diff(repo, 'gone.txt')).toEqual([]);
  });
});

describe('a watched branch', () => {
  async function watched(repo: Fixture, root?: string): Promise<{ moves: () => number; stop: () => void }> {
    let moves = 0;
    const stop = (await repo.repository(root)).watch(() => {
      moves += 1;
    });
    return { moves: () => moves, stop };
  }

  test('says that it moved, by a commit and by a checkout, and not for an edit', async () => {
    using repo = makeFixture({ 'a.txt': 'one\n' });
    const { moves, stop } = await watched(repo);
    repo.git('commit', '-q', '--allow-empty', '-m', 'next');
    await expect.poll(moves, { timeout: 10_000 }).toBe(1);
    repo.git('checkout', '-q', '-b', 'other');
    await expect.poll(moves, { timeout: 10_000 }).toBe(2);
    stop();
    repo.git('commit', '-q', '--allow-empty', '-m', 'unseen');
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(moves()).toBe(2);
  });

  test.each<[string, (repo: Fixture) => void]>([
    ['a reset', (repo) => repo.git('reset', '-q', '--hard', 'HEAD~1')],
    ['a detached HEAD', (repo) => repo.git('checkout', '-q', '--detach', 'HEAD~1')],
    ['a rebase', (repo) => repo.git('rebase', '-q', '--onto', 'HEAD~2', 'HEAD~1')],
    ['an amended commit', (repo) => repo.git('commit', '-q', '--amend', '--allow-empty', '-m', 'other')],
    ['a ref that is written without a reflog', (repo) => repo.git('update-ref', 'refs/heads/main', 'HEAD~1')],
    [
      'a fetch',
      (repo) => {
        repo.git('clone', '-q', '--bare', '.', join(repo.home, 'remote.git'));
        repo.git('remote', 'add', 'origin', join(repo.home, 'remote.git'));
        repo.git('fetch', '-q', 'origin');
      },
    ],
  ])('hears of %s, with packed refs too', async (_, move) => {
    using repo = makeFixture({ 'a.txt': 'one\n' });
    for (const subject of ['two', 'three']) repo.git('commit', '-q', '--allow-empty', '-m', subject);
    repo.git('pack-refs', '--all');
    const { moves, stop } = await watched(repo);
    move(repo);
    await expect.poll(moves, { timeout: 10_000 }).toBeGreaterThan(0);
    stop();
  });

  test('hears of the first push to a new remote, and of the next', async () => {
    using repo = makeFixture({ 'a.txt': 'one\n' });
    const { moves, stop } = await watched(repo);
    repo.git('init', '-q', '--bare', join(repo.home, 'remote.git'));
    repo.git('remote', 'add', 'origin', join(repo.home, 'remote.git'));
    repo.git('push', '-q', 'origin', 'main');
    await expect.poll(moves, { timeout: 10_000 }).toBeGreaterThan(0);
    const pushed = moves();
    repo.git('commit', '-q', '--allow-empty', '-m', 'two');
    await expect.poll(moves, { timeout: 10_000 }).toBeGreaterThan(pushed);
    const before = moves();
    repo.git('push', '-q', 'origin', 'main');
    await expect.poll(moves, { timeout: 10_000 }).toBeGreaterThan(before);
    stop();
  });

  test('hears of its own worktree and of the branch that another worktree shares', async () => {
    using repo = makeFixture({ 'a.txt': 'one\n' });
    const tree = join(repo.home, 'tree');
    repo.git('worktree', 'add', '-q', tree);
    const { moves, stop } = await watched(repo, tree);
    repo.git('-C', tree, 'commit', '-q', '--allow-empty', '-m', 'there');
    await expect.poll(moves, { timeout: 10_000 }).toBeGreaterThan(0);
    stop();
  });
});
