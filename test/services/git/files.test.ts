// The files that can be named in a prompt: of the project, and of the folders beside it.
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { type Fixture, makeFixture } from './fixture.ts';

function beside(repo: Fixture, path: string, content = ''): void {
  const file = join(repo.home, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}

test('are tracked, or new and not ignored, each once and as they are called', async () => {
  using repo = makeFixture({ 'a b.txt': '', 'ümlaut/c.txt': '', '.gitignore': 'out\n' });
  repo.write('new.txt', '');
  repo.write('out/d.txt', '');
  expect([...(await (await repo.repository()).files())].sort()).toEqual([
    '.gitignore',
    'a b.txt',
    'new.txt',
    'ümlaut/c.txt',
  ]);
});

test('of a repository beside it are its own, and nothing of it runs', async () => {
  using repo = makeFixture();
  beside(repo, 'lib/source/parser.ts');
  beside(repo, 'lib/built/x.js');
  beside(repo, 'lib/.gitignore', 'built\n');
  execFileSync('git', ['init', '-q'], { cwd: join(repo.home, 'lib'), env: repo.env });
  execFileSync('git', ['config', 'core.fsmonitor', `touch ${repo.home}/ran`], {
    cwd: join(repo.home, 'lib'),
    env: repo.env,
  });
  const repository = await repo.repository();
  expect(await repository.siblings()).toEqual(['lib']);
  expect([...(await repository.files('lib'))].sort()).toEqual(['.gitignore', 'source/parser.ts']);
  expect(await repository.siblings()).toEqual(['lib']);
  expect((await repository.files('lib')).includes('ran')).toBe(false);
  expect(() => repo.read('../ran')).toThrow();
});

test('of a folder that is no repository are read as far as people go', async () => {
  using repo = makeFixture();
  beside(repo, 'notes/a/b.md');
  beside(repo, 'notes/node_modules/c.js');
  beside(repo, 'notes/.hidden/d');
  beside(repo, '.config/e');
  const repository = await repo.repository();
  expect(await repository.siblings()).toEqual(['notes']);
  expect(await repository.files('notes')).toEqual(['a/b.md']);
});

test('of what does not stand beside it are none', async () => {
  using repo = makeFixture();
  const repository = await repo.repository();
  for (const name of ['gone', '..', '../..', 'project', '.', '/etc', '--help'])
    expect(await repository.files(name)).toEqual([]);
});
