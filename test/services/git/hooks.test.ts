// The repository's hooks have their say over what is committed, and get no hold on the person's index.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeFixture, patched } from './fixture.ts';

/** A zombie that nobody has waited for yet counts as gone. */
function isAlive(pidFile: string): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', readFileSync(pidFile, 'utf8').trim()], {
    encoding: 'utf8',
  });
  return stdout.trim() !== '' && !stdout.trim().startsWith('Z');
}

test('a pre-commit hook that fails stops the commit and is quoted', async () => {
  using repo = makeFixture();
  repo.hook('pre-commit', '#!/bin/sh\necho "lint: \u001b[31mno semicolons\u001b[0m" >&2\nexit 1\n');
  repo.write('a.txt', 'two\n');
  const started: unknown[] = [];
  const result = await repo.ship(['a.txt'], { onStarted: async (fact) => void started.push(fact) });
  expect(result).toEqual({ kind: 'hook', hook: 'pre-commit', output: 'lint: no semicolons' });
  expect(started).toEqual([]);
  expect(repo.git('status', '--porcelain')).toBe(' M a.txt');
});

test('a pre-commit hook sees what is committed, not what the person has staged', async () => {
  using repo = makeFixture({ 'a.txt': 'one\n', 'theirs.txt': 't\n' });
  repo.write('theirs.txt', 't2\n');
  repo.git('add', 'theirs.txt');
  repo.hook('pre-commit', `#!/bin/sh\ngit diff --cached --name-only > ${repo.home}/seen\n`);
  repo.write('a.txt', 'two\n');
  expect(await repo.ship(['a.txt'])).toMatchObject({ kind: 'created' });
  expect(readFileSync(join(repo.home, 'seen'), 'utf8')).toBe('a.txt\n');
  expect(repo.git('status', '--porcelain')).toBe('M  theirs.txt');
});

test('what a formatting hook makes of a file is committed and staged', async () => {
  using repo = makeFixture({ 'a.txt': 'one\n' });
  repo.hook(
    'pre-commit',
    '#!/bin/sh\nfor f in $(git diff --cached --name-only); do tr a-z A-Z < $f > t && mv t $f && git add $f; done\n',
  );
  repo.write('a.txt', 'two\n');
  expect(await repo.ship([patched('a.txt', 'one\n', 'two\n')])).toMatchObject({
    kind: 'created',
    paths: ['a.txt'],
  });
  expect(repo.three('a.txt')).toEqual({ head: 'TWO\n', staged: 'TWO\n', disk: 'TWO\n' });
  expect(repo.git('status', '--porcelain')).toBe('');
});

test('a hook that adds everything takes nothing of the person’s along, but what it generated itself', async () => {
  using repo = makeFixture({
    'a.txt': 'one\n',
    'theirs.txt': 't\n',
    'staged.txt': 's\n',
    'index.md': 'old\n',
  });
  repo.write('staged.txt', 's2\n');
  repo.git('add', 'staged.txt');
  repo.write('theirs.txt', 't2\n');
  repo.write('untracked.txt', 'u\n');
  repo.write('a.txt', 'two\n');
  repo.hook('pre-commit', '#!/bin/sh\necho generated > index.md\ngit add -A\n');
  const result = await repo.ship(['a.txt']);
  expect(result.kind === 'created' && [...result.paths].sort()).toEqual(['a.txt', 'index.md']);
  expect(repo.git('status', '--porcelain').split('\n').sort()).toEqual([
    ' M theirs.txt',
    '?? untracked.txt',
    'M  staged.txt',
  ]);
});

test('a hook that adds the person’s own lines in a shared file makes us hold that file', async () => {
  const text = 'a\nb\nc\nd\ne\nf\n';
  using repo = makeFixture({ 'a.txt': 'one\n', 'shared.txt': text });
  repo.hook('pre-commit', '#!/bin/sh\ngit add -u\n');
  repo.write('a.txt', 'two\n');
  repo.write('shared.txt', `ours\n${text}theirs\n`);
  const result = await repo.ship([
    patched('a.txt', 'one\n', 'two\n'),
    patched('shared.txt', `${text}theirs\n`, `ours\n${text}theirs\n`),
  ]);
  expect(result).toMatchObject({ kind: 'created', paths: ['a.txt'], held: ['shared.txt'] });
  expect(repo.three('shared.txt').head).toBe(text);
});

test('message hooks may change the message or refuse it', async () => {
  using repo = makeFixture();
  repo.hook('prepare-commit-msg', '#!/bin/sh\n[ "$2" = message ] && echo "Ticket: 7" >> "$1"\n');
  repo.hook('commit-msg', '#!/bin/sh\ngrep -q "^Fix" "$1" || { echo "start with Fix"; exit 1; }\n');
  repo.write('a.txt', 'two\n');
  expect(await repo.ship(['a.txt'], { subject: 'Mend' })).toEqual({
    kind: 'hook',
    hook: 'commit-msg',
    output: 'start with Fix',
  });
  expect(await repo.ship(['a.txt'], { subject: 'Fix it' })).toMatchObject({ kind: 'created' });
  expect(repo.git('log', '-1', '--format=%B').trimEnd()).toBe('Fix it\nTicket: 7');
});

test('hooks are found through core.hooksPath, run without a #! line and not at all without the executable bit', async () => {
  using repo = makeFixture();
  mkdirSync(join(repo.root, '.husky'));
  repo.git('config', 'core.hooksPath', '.husky');
  repo.hook('../../.husky/pre-commit', 'echo from husky; exit 3\n');
  writeFileSync(join(repo.root, '.husky/commit-msg'), '#!/bin/sh\nexit 1\n', { mode: 0o644 });
  repo.write('a.txt', 'two\n');
  expect(await repo.ship(['a.txt'])).toEqual({ kind: 'hook', hook: 'pre-commit', output: 'from husky' });
  repo.hook('../../.husky/pre-commit', 'exit 0\n');
  expect(await repo.ship(['a.txt'])).toMatchObject({ kind: 'created' });
});

test('post-commit is left alone', async () => {
  using repo = makeFixture();
  repo.hook('post-commit', `#!/bin/sh\ntouch ${repo.home}/ran\n`);
  repo.hook('reference-transaction', `#!/bin/sh\ntouch ${repo.home}/ran\n`);
  repo.write('a.txt', 'two\n');
  expect(await repo.ship(['a.txt'])).toMatchObject({ kind: 'created' });
  expect(existsSync(join(repo.home, 'ran'))).toBe(false);
});

test('a hook without an end is stopped with its children', async () => {
  using repo = makeFixture();
  repo.hook('pre-commit', `#!/bin/sh\necho working\nsleep 600 &\necho $! > ${repo.home}/pid\nwait\n`);
  repo.write('a.txt', 'two\n');
  const result = await repo.ship(['a.txt'], {}, { hookLimitMs: 500 });
  expect(result).toEqual({
    kind: 'hook',
    hook: 'pre-commit',
    output: 'working\nThe hook ran longer than 0.5 s and was stopped.',
  });
  await expect.poll(() => isAlive(join(repo.home, 'pid'))).toBe(false);
});

test('an interrupt ends a hook with its children and leaves everything as it was', async () => {
  using repo = makeFixture();
  repo.hook(
    'pre-commit',
    `#!/bin/sh\nsleep 600 &\necho $! > ${repo.home}/pid.new; mv ${repo.home}/pid.new ${repo.home}/pid\nwait\n`,
  );
  repo.write('a.txt', 'two\n');
  const interrupt = new AbortController();
  const shipping = repo.ship(['a.txt'], { signal: interrupt.signal });
  await expect.poll(() => existsSync(join(repo.home, 'pid')), { timeout: 20_000 }).toBe(true);
  interrupt.abort();
  expect(await shipping).toEqual({ kind: 'interrupted' });
  await expect.poll(() => isAlive(join(repo.home, 'pid'))).toBe(false);
  expect(repo.git('status', '--porcelain')).toBe(' M a.txt');
});

test('a hook gets the person’s environment', async () => {
  using repo = makeFixture();
  repo.hook('pre-commit', `#!/bin/sh\necho "$VIRTUAL_ENV $GIT_DIR" > ${repo.home}/seen\n`);
  repo.write('a.txt', 'two\n');
  await repo.ship(['a.txt'], {}, { env: { ...repo.env, VIRTUAL_ENV: '/venv', GIT_DIR: '/elsewhere' } });
  expect(readFileSync(join(repo.home, 'seen'), 'utf8')).toBe('/venv \n');
});
