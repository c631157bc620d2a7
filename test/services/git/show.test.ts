import { describe, expect, test } from 'vitest';
import { makeFixture } from './fixture.ts';

describe('a commit as text', () => {
  test('has its author, message and diff; renames are found', async () => {
    using repo = makeFixture({ 'a.txt': 'one\ntwo\nthree\nfour\n' });
    repo.git('mv', 'a.txt', 'b.txt');
    repo.git('commit', '-qm', 'Rename\n\nBecause.');
    const shown = await (await repo.repository()).show(repo.git('rev-parse', 'HEAD').trim());
    expect(shown?.message).toBe('Rename\n\nBecause.');
    expect(shown?.diff).toContain('rename from a.txt');
    expect(shown?.cut).toBe(false);
  });

  test('is null for what is no commit, and never an option', async () => {
    using repo = makeFixture({ 'a.txt': 'one\n' });
    expect(await (await repo.repository()).show('--output=/tmp/x')).toBeNull();
    expect(await (await repo.repository()).show('0123456789')).toBeNull();
  });
});

describe('a watched branch', () => {
  test('says that it moved, by a commit and by a checkout, and not for an edit', async () => {
    using repo = makeFixture({ 'a.txt': 'one\n' });
    let moves = 0;
    const stop = (await repo.repository()).watch(() => {
      moves += 1;
    });
    repo.git('commit', '-q', '--allow-empty', '-m', 'next');
    await expect.poll(() => moves, { timeout: 10_000 }).toBe(1);
    repo.git('checkout', '-q', '-b', 'other');
    await expect.poll(() => moves, { timeout: 10_000 }).toBe(2);
    stop();
    repo.git('commit', '-q', '--allow-empty', '-m', 'unseen');
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(moves).toBe(2);
  });
});
