// What git prints is read into files and lines.
import { execFile } from 'node:child_process';
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { diffFiles } from '../../../source/ui/text/unified-diff.ts';
import { hostile } from './sound-rows.ts';

const run = promisify(execFile);

async function gitDiff(change: (file: (name: string) => string) => Promise<void>): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'hullspeed-diff-'));
  const git = async (...args: string[]): Promise<string> =>
    (await run('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], { cwd: root })).stdout;
  try {
    await git('init', '--quiet');
    await writeFile(join(root, 'a b.ts'), 'one\n-- two\nthree\n');
    await writeFile(join(root, 'old.ts'), 'a\nb\nc\nd\n');
    await git('add', '-A');
    await git('commit', '--quiet', '-m', 'first');
    await change((name) => join(root, name));
    await git('add', '-A');
    return await git('diff', '--cached', '-M', 'HEAD');
  } finally {
    await rm(root, { recursive: true });
  }
}

test('files that git changed, added, moved and deleted keep their paths and counts', async () => {
  const diff = await gitDiff(async (file) => {
    await writeFile(file('a b.ts'), 'one\n++ two\nthree');
    await rename(file('old.ts'), file('moved.ts'));
    await writeFile(file('empty.ts'), '');
    await writeFile(file('picture.png'), new Uint8Array([0, 1, 2]));
  });
  const files = diffFiles(diff);
  expect(files.map(({ change, path, to }) => [change, path, to])).toEqual([
    ['updated', 'a b.ts', undefined],
    ['added', 'empty.ts', undefined],
    ['updated', 'old.ts', 'moved.ts'],
    ['added', 'picture.png', undefined],
  ]);
  expect(files[0]).toMatchObject({ added: 2, removed: 2 });
  expect(files[0]?.lines).toContainEqual({ kind: 'removed', text: '-- two' });
  expect(files[0]?.lines).toContainEqual({ kind: 'added', text: '++ two' });
  expect(files[0]?.lines.at(-1)).toEqual({ kind: 'anchor', text: 'no newline at the end' });
  expect(files[3]?.lines).toEqual([{ kind: 'anchor', text: 'binary' }]);
});

test('a hunk says where it begins', () => {
  const [file] = diffFiles('diff --git a/x.ts b/x.ts\n@@ -1,2 +12,2 @@ function slug()\n one\n');
  expect(file?.lines).toEqual([
    { kind: 'anchor', text: '12  function slug()' },
    { kind: 'context', text: 'one' },
  ]);
});

test('a merge has a column for each parent', () => {
  const [file] = diffFiles('diff --cc x.ts\n@@@ -1,2 -1,2 +1,3 @@@\n  both\n+ ours\n++neither\n -theirs\n');
  expect(file).toMatchObject({ path: 'x.ts', added: 2, removed: 1 });
  expect(file?.lines.map(({ text }) => text)).toEqual(['1', 'both', 'ours', 'neither', 'theirs']);
});

test('a line of code begins no file, whatever it holds', () => {
  const line = 'x\rdiff --git a/spoof b/spoof';
  const files = diffFiles(`diff --git a/x b/x\n@@ -1 +1 @@\n+${line}\n ${hostile[0]}\n`);
  expect(files.map(({ path }) => path)).toEqual(['x']);
  expect(files[0]?.lines).toHaveLength(3);
});
