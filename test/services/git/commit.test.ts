// Commits beside a person's own work: HEAD gets the planned paths, everything of theirs stays.
import { chmodSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeFixture, patched, withinOneSecond } from './fixture.ts';

const lines = (...middle: string[]): string =>
  ['top', '1', '2', '3', ...middle, '4', '5', '6', 'bottom', ''].join('\n');

describe('what the person has in the works stays', () => {
  test('in other files: half-staged, staged new, staged deletion, staged rename, untracked, unstaged', async () => {
    using repo = makeFixture({
      'ours.txt': 'a\n',
      'half.txt': 'h\n',
      'gone.txt': 'g\n',
      'old.txt': lines(),
      'edited.txt': 'e\n',
    });
    repo.write('half.txt', 'h staged\n');
    repo.write('new.txt', 'n\n');
    repo.git('add', 'half.txt', 'new.txt');
    repo.git('rm', '--quiet', 'gone.txt');
    repo.git('mv', 'old.txt', 'renamed.txt');
    repo.write('half.txt', 'h staged\nand more\n');
    repo.write('edited.txt', 'e2\n');
    repo.write('untracked.txt', 'u\n');
    const before = repo.git('status', '--porcelain');
    repo.write('ours.txt', 'a2\n');

    const result = await repo.ship([patched('ours.txt', 'a\n', 'a2\n')]);

    expect(result).toMatchObject({ kind: 'created', branch: 'main', paths: ['ours.txt'], held: [] });
    expect(repo.git('show', '--name-only', '--format=%s', 'HEAD').split('\n')).toEqual([
      'Ship',
      '',
      'ours.txt',
    ]);
    expect(repo.git('status', '--porcelain')).toBe(before);
    expect(repo.three('half.txt')).toEqual({
      head: 'h\n',
      staged: 'h staged\n',
      disk: 'h staged\nand more\n',
    });
    expect(repo.git('fsck')).not.toContain('error');
  });

  test('staged and unstaged hunks in the very file that a patch changed', async () => {
    using repo = makeFixture({ 'shared.txt': lines() });
    const staged = lines().replace('top', 'top staged');
    const theirs = staged.replace('bottom', 'bottom unstaged');
    repo.write('shared.txt', staged);
    repo.git('add', 'shared.txt');
    repo.write('shared.txt', theirs);
    const after = theirs.replace('3\n', '3\nours\n');
    repo.write('shared.txt', after);

    const result = await repo.ship([patched('shared.txt', theirs, after)]);

    expect(result).toMatchObject({ kind: 'created', paths: ['shared.txt'], held: [] });
    expect(repo.three('shared.txt')).toEqual({
      head: lines('ours'),
      staged: staged.replace('3\n', '3\nours\n'),
      disk: after,
    });
  });

  test('a change of the same size in the second of their last commit', async () => {
    using repo = makeFixture({ 'a.txt': 'one\n' });
    await withinOneSecond(() => {
      repo.write('a.txt', 'two\n');
      repo.git('commit', '--quiet', '-a', '-m', 'two');
      repo.write('a.txt', 'six\n');
    });
    await repo.ship([patched('b.txt', null, 'new\n')]);
    expect(repo.git('status', '--porcelain')).toBe(' M a.txt\n D b.txt');
  });

  test('lines that the person adds to the file after the patch', async () => {
    using repo = makeFixture({ 'shared.txt': lines() });
    repo.write('shared.txt', lines('ours').replace('bottom', 'bottom theirs'));
    const result = await repo.ship([patched('shared.txt', lines(), lines('ours'))]);
    expect(result).toMatchObject({ kind: 'created', paths: ['shared.txt'] });
    expect(repo.three('shared.txt')).toEqual({
      head: lines('ours'),
      staged: lines('ours'),
      disk: lines('ours').replace('bottom', 'bottom theirs'),
    });
  });

  test('a path that overlaps is held, the others are committed', async () => {
    using repo = makeFixture({ 'shared.txt': lines(), 'ours.txt': 'a\n' });
    const theirs = lines('theirs');
    const after = lines('ours instead');
    repo.write('shared.txt', after);
    repo.write('ours.txt', 'b\n');
    const result = await repo.ship([patched('shared.txt', theirs, after), patched('ours.txt', 'a\n', 'b\n')]);
    expect(result).toMatchObject({ kind: 'created', paths: ['ours.txt'], held: ['shared.txt'] });
    expect(repo.three('shared.txt')).toEqual({ head: lines(), staged: lines(), disk: after });
  });

  test('where only the staged lines overlap, the path is held too', async () => {
    using repo = makeFixture({ 'shared.txt': lines() });
    repo.write('shared.txt', lines('staged'));
    repo.git('add', '-A');
    repo.write('shared.txt', lines().replace('top', 'changed'));
    const before = lines().replace('top', 'changed');
    const after = lines('ours').replace('top', 'changed');
    repo.write('shared.txt', after);
    const result = await repo.ship([patched('shared.txt', before, after)]);
    expect(result).toEqual({ kind: 'nothing', held: ['shared.txt'] });
    expect(repo.three('shared.txt').staged).toBe(lines('staged'));
  });

  test('a new file of the person that a patch went on with is held', async () => {
    using repo = makeFixture();
    repo.write('theirs.txt', 'theirs\nours\n');
    const result = await repo.ship([patched('theirs.txt', 'theirs\n', 'theirs\nours\n')]);
    expect(result).toEqual({ kind: 'nothing', held: ['theirs.txt'] });
    expect(repo.git('status', '--porcelain')).toBe('?? theirs.txt');
  });

  test('binary content changed on both sides is held', async () => {
    using repo = makeFixture({ 'b.bin': 'a\0b\n' });
    repo.write('b.bin', 'a\0b\nours\n');
    const result = await repo.ship([patched('b.bin', 'theirs\0\n', 'a\0b\nours\n')]);
    expect(result).toEqual({ kind: 'nothing', held: ['b.bin'] });
  });
});

describe('what the session itself staged does not stand in its way', () => {
  test('a file that it created, added and changed again', async () => {
    using repo = makeFixture();
    repo.write('new.txt', 'first\n');
    repo.git('add', 'new.txt');
    repo.write('new.txt', 'second\n');
    const result = await repo.ship([patched('new.txt', null, 'second\n')]);
    expect(result).toMatchObject({ kind: 'created', paths: ['new.txt'] });
    expect(repo.three('new.txt')).toEqual({ head: 'second\n', staged: 'second\n', disk: 'second\n' });
  });

  test('a line that it staged and took out again', async () => {
    using repo = makeFixture({ 'a.txt': lines() });
    repo.write('a.txt', `gone again\n${lines()}`);
    repo.git('add', 'a.txt');
    repo.write('a.txt', lines('ours'));
    expect(await repo.ship([patched('a.txt', lines(), lines('ours'))])).toMatchObject({ kind: 'created' });
    expect(repo.git('status', '--porcelain')).toBe('');
  });

  test('a file that it only meant to add', async () => {
    using repo = makeFixture();
    repo.write('new.txt', 'content\n');
    repo.git('add', '--intent-to-add', 'new.txt');
    expect(await repo.ship([patched('new.txt', null, 'content\n')])).toMatchObject({ kind: 'created' });
    expect(repo.git('status', '--porcelain')).toBe('');
  });
});

describe('the worktree is taken as it is', () => {
  test('for paths without a delta, whatever was staged there', async () => {
    using repo = makeFixture({ 'a.txt': 'one\n' });
    repo.write('a.txt', 'staged\n');
    repo.git('add', 'a.txt');
    repo.write('a.txt', 'disk\n');
    expect(await repo.ship(['a.txt'])).toMatchObject({ kind: 'created', paths: ['a.txt'] });
    expect(repo.three('a.txt')).toEqual({ head: 'disk\n', staged: 'disk\n', disk: 'disk\n' });
    expect(repo.git('status', '--porcelain')).toBe('');
  });

  test('with modes, links, deletions and names that look like options, quotes or patterns', async () => {
    using repo = makeFixture({ 'gone.txt': 'x\n', 'run.sh': '#!/bin/sh\n', link: 'a plain file\n' });
    const names = [
      '-dash.txt',
      'with space.txt',
      'qu"ote\\.txt',
      'ünï✓.txt',
      '*.txt',
      ':(top)x',
      'new\nline.txt',
      'deep/er/file.txt',
    ];
    for (const name of names) repo.write(name, `${name}\n`);
    rmSync(join(repo.root, 'gone.txt'));
    chmodSync(join(repo.root, 'run.sh'), 0o755);
    rmSync(join(repo.root, 'link'));
    symlinkSync('run.sh', join(repo.root, 'link'));
    const paths = [...names, 'gone.txt', 'run.sh', 'link'];
    const result = await repo.ship(paths);
    expect(result).toMatchObject({ kind: 'created', held: [] });
    expect(result.kind === 'created' && [...result.paths].sort()).toEqual([...paths].sort());
    expect(repo.git('status', '--porcelain')).toBe('');
    expect(
      repo
        .git('ls-tree', 'HEAD', 'run.sh', 'link')
        .split('\n')
        .map((line) => line.slice(0, 6)),
    ).toEqual(['120000', '100755']);
  });

  test('when a file has become a folder and a folder a file', async () => {
    using repo = makeFixture({ file: 'f\n', 'folder/a': 'a\n', 'folder/b': 'b\n' });
    rmSync(join(repo.root, 'file'));
    rmSync(join(repo.root, 'folder'), { recursive: true });
    repo.write('file/inside', 'i\n');
    repo.write('folder', 'now a file\n');
    expect(await repo.ship(['folder/a', 'file', 'folder', 'file/inside', 'folder/b'])).toMatchObject({
      kind: 'created',
    });
    expect(repo.git('ls-tree', '-r', '--name-only', 'HEAD').split('\n')).toEqual(['file/inside', 'folder']);
    expect(repo.git('status', '--porcelain')).toBe('');
  });

  test('but not what lies behind a link', async () => {
    using repo = makeFixture();
    writeFileSync(join(repo.home, 'secret'), 's\n');
    symlinkSync(repo.home, join(repo.root, 'out'));
    expect(await repo.ship(['out/secret'])).toEqual({ kind: 'nothing', held: [] });
    expect(await repo.ship(['../secret'])).toMatchObject({
      kind: 'failed',
      reason: expect.stringContaining('outside repository'),
    });
    expect(await repo.ship(['.git/config'])).toEqual({ kind: 'nothing', held: [] });
  });

  test('and a deletion by a patch takes the file', async () => {
    using repo = makeFixture({ 'a.txt': 'one\n', 'b.txt': 'two\n' });
    rmSync(join(repo.root, 'b.txt'));
    expect(await repo.ship([patched('b.txt', 'two\n', null)])).toMatchObject({
      kind: 'created',
      paths: ['b.txt'],
    });
    expect(repo.three('b.txt')).toEqual({ head: null, staged: null, disk: null });
  });

  test('through the conversions that git add would do', async () => {
    using repo = makeFixture({
      '.gitattributes': '*.txt text eol=crlf\n*.up filter=upper\n',
      'a.txt': 'one\ntwo\n',
    });
    repo.git('config', 'filter.upper.clean', 'tr a-z A-Z');
    repo.write('a.txt', 'one\r\ntwo\r\nthree\r\n');
    repo.write('x.up', 'shout\n');
    repo.write('y.up', 'shout too\n');
    const result = await repo.ship([
      patched('a.txt', 'one\r\ntwo\r\n', 'one\r\ntwo\r\nthree\r\n'),
      patched('x.up', null, 'shout\n'),
      'y.up',
    ]);
    expect(result).toMatchObject({ kind: 'created', held: [] });
    expect([repo.three('a.txt').head, repo.three('x.up').head, repo.three('y.up').head]).toEqual([
      'one\ntwo\nthree\n',
      'SHOUT\n',
      'SHOUT TOO\n',
    ]);
    expect(repo.git('status', '--porcelain')).toBe('');
  });

  test('a thousand paths at once', async () => {
    using repo = makeFixture();
    const paths = Array.from({ length: 1000 }, (_, i) => `folder ${i % 7}/file ${i}.txt`);
    for (const path of paths) repo.write(path, `${path}\n`);
    const plans = paths.map((path, i) => (i % 2 ? path : patched(path, null, `${path}\n`)));
    const result = await repo.ship(plans);
    expect(result.kind === 'created' && result.paths.length).toBe(1000);
    expect(repo.git('status', '--porcelain')).toBe('');
  });
});

describe('what is checked out', () => {
  test('an unborn branch gets its first commit, with what the person staged left staged', async () => {
    using repo = makeFixture({});
    repo.write('theirs.txt', 't\n');
    repo.git('add', 'theirs.txt');
    repo.write('a.txt', 'one\n');
    expect(await repo.ship([patched('a.txt', null, 'one\n')])).toMatchObject({
      kind: 'created',
      base: null,
      branch: 'main',
    });
    expect(repo.git('status', '--porcelain')).toBe('A  theirs.txt');
  });

  test('an unborn branch without any index', async () => {
    using repo = makeFixture({});
    repo.write('a.txt', 'one\n');
    expect(await repo.ship(['a.txt'])).toMatchObject({ kind: 'created', paths: ['a.txt'] });
    expect(repo.git('status', '--porcelain')).toBe('');
  });

  test('a detached HEAD', async () => {
    using repo = makeFixture();
    repo.git('checkout', '--quiet', '--detach');
    repo.write('a.txt', 'two\n');
    const result = await repo.ship(['a.txt']);
    expect(result).toMatchObject({ kind: 'created', branch: 'HEAD' });
    expect(repo.git('rev-parse', 'main')).not.toBe(repo.git('rev-parse', 'HEAD'));
  });

  test('a linked worktree', async () => {
    using repo = makeFixture();
    const other = join(repo.home, 'other');
    repo.git('worktree', 'add', '--quiet', '-b', 'side', other);
    writeFileSync(join(other, 'a.txt'), 'two\n');
    const committer = await repo.committer({}, other);
    const plan = {
      subject: 'Side',
      body: '',
      trailers: [],
      onStarted: async () => {},
      signal: new AbortController().signal,
    };
    expect(await committer.commit({ ...plan, paths: [{ path: 'a.txt', by: 'also' }] })).toMatchObject({
      kind: 'created',
      branch: 'side',
    });
    expect(repo.git('-C', other, 'status', '--porcelain')).toBe('');
    expect(repo.git('log', '-1', '--format=%s', 'main')).toBe('start');
  });

  test('a repository with SHA-256', async () => {
    using repo = makeFixture({});
    rmSync(join(repo.root, '.git'), { recursive: true });
    repo.git('init', '--quiet', '--object-format=sha256');
    for (const content of ['one\n', 'two\n']) {
      repo.write('a.txt', content);
      expect(
        await repo.ship([patched('a.txt', content === 'one\n' ? null : 'one\n', content)]),
      ).toMatchObject({ kind: 'created' });
    }
    expect(repo.git('status', '--porcelain')).toBe('');
  });

  test('a submodule keeps its commit', async () => {
    using repo = makeFixture();
    using inner = makeFixture();
    repo.git('-c', 'protocol.file.allow=always', 'submodule', 'add', '--quiet', inner.root, 'sub');
    repo.git('commit', '--quiet', '-m', 'submodule');
    repo.git(
      '-C',
      'sub',
      '-c',
      'user.name=A',
      '-c',
      'user.email=a@b',
      'commit',
      '--quiet',
      '--allow-empty',
      '-m',
      'more',
    );
    expect(await repo.ship(['sub'])).toEqual({ kind: 'nothing', held: [] });
  });
});

describe('the message', () => {
  test('has subject, body and trailers, and the reflog says what happened', async () => {
    using repo = makeFixture();
    repo.write('a.txt', 'two\n');
    await repo.ship(['a.txt'], {
      subject: 'Fold emoji\nfirst',
      body: 'Because.\n\n# not a comment',
      trailers: ['Decision: x over y: why'],
    });
    expect(repo.git('log', '-1', '--format=%B').trimEnd()).toBe(
      'Fold emoji first\n\nBecause.\n\n# not a comment\n\nDecision: x over y: why',
    );
    expect(repo.git('reflog', '-1', '--format=%gs')).toBe('commit: Fold emoji first');
    expect(repo.git('log', '-1', '--format=%an %ae')).toBe('Ann ann@example.com');
  });

  test('a signing program that fails says so, and nothing is committed', async () => {
    using repo = makeFixture();
    repo.git('config', 'commit.gpgSign', 'true');
    repo.git('config', 'gpg.program', '/bin/false');
    repo.write('a.txt', 'two\n');
    const result = await repo.ship(['a.txt']);
    expect(result).toMatchObject({ kind: 'failed', reason: expect.stringContaining('gpg failed to sign') });
    expect(repo.git('log', '-1', '--format=%s')).toBe('start');
  });
});

test('nothing that differs from HEAD is nothing to commit', async () => {
  using repo = makeFixture();
  expect(await repo.ship(['a.txt', 'missing.txt', patched('a.txt', 'one\n', 'one\n')])).toEqual({
    kind: 'nothing',
    held: [],
  });
});

test('the tree of a plan can be had without a commit', async () => {
  using repo = makeFixture({ 'a.txt': lines(), 'b.txt': 'b\n' });
  repo.write('a.txt', lines('ours').replace('bottom', 'theirs'));
  const { tree, held } = await (await repo.committer()).tree([
    patched('a.txt', lines(), lines('ours')),
    patched('b.txt', 'x\n', 'y\n'),
  ]);
  expect(held).toEqual(['b.txt']);
  expect(repo.git('show', `${tree}:a.txt`)).toBe(lines('ours').trimEnd());
  expect(repo.git('status', '--porcelain')).toBe(' M a.txt');
});

test('contents are merged three ways, and an overlap is an answer', async () => {
  using repo = makeFixture();
  const committer = await repo.committer();
  const merge = async (...texts: (string | null)[]): Promise<string | null | undefined> => {
    const [base, ours, theirs] = texts.map((text) => (text === null ? null : Buffer.from(text)));
    const merged = await committer.merge(base ?? null, ours ?? null, theirs ?? null);
    return merged === null ? undefined : merged.content && Buffer.from(merged.content).toString();
  };
  expect(await merge(lines(), lines().replace('top', 'x'), lines('y'))).toBe(lines('y').replace('top', 'x'));
  expect(await merge(lines(), lines('x'), lines('y'))).toBeUndefined();
  expect(await merge('a', 'a', null)).toBeNull();
  expect(await merge(null, 'same', 'same')).toBe('same');
  expect(await merge('a', 'b', null)).toBeUndefined();
});
