// Reads of a repository: complete, exact, and without running anything of its own.
import { createHook } from 'node:async_hooks';
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { initRepository, openRepository } from '../../../source/services/git-place.ts';
import { type Fixture, makeFixture, patched, withinOneSecond } from './fixture.ts';

describe('the place', () => {
  test('is found from a folder inside, and is null outside of any', async () => {
    using repo = makeFixture({ 'deep/er/a.txt': 'a\n' });
    expect(await openRepository(join(repo.root, 'deep/er'), repo.env)).toEqual({
      root: repo.root,
      gitDir: join(repo.root, '.git'),
      commonDir: join(repo.root, '.git'),
    });
    expect(await openRepository(repo.home, repo.env)).toBeNull();
    expect(await openRepository(join(repo.root, '.git'), repo.env)).toBeNull();
  });

  test('of a linked worktree has a git directory of its own', async () => {
    using repo = makeFixture();
    repo.git('worktree', 'add', '--quiet', join(repo.home, 'other'));
    const git = join(repo.root, '.git');
    expect(await openRepository(join(repo.home, 'other'), repo.env)).toEqual({
      root: join(repo.home, 'other'),
      gitDir: join(git, 'worktrees/other'),
      commonDir: git,
    });
  });

  test('can be made, but not of the home directory or the root', async () => {
    using repo = makeFixture();
    const fresh = join(repo.home, 'fresh');
    mkdirSync(fresh);
    expect(await initRepository(fresh, repo.env)).toMatchObject({ root: fresh });
    await expect(initRepository(repo.home, repo.env)).rejects.toMatchObject({ code: 'repository' });
    await expect(initRepository('/', repo.env)).rejects.toMatchObject({ code: 'repository' });
  });

  test('git is never taken from inside the repository or from a relative PATH', async () => {
    using repo = makeFixture();
    repo.write('bin/git', `#!/bin/sh\ntouch ${repo.home}/ran\n`);
    chmodSync(join(repo.root, 'bin/git'), 0o755);
    const env = { ...repo.env, PATH: `${join(repo.root, 'bin')}:bin:.:${repo.env.PATH}` };
    expect(await openRepository(repo.root, env)).toMatchObject({ root: repo.root });
    expect(existsSync(join(repo.home, 'ran'))).toBe(false);
  });
});

describe('a look', () => {
  test.each<[string, (repo: Fixture) => void]>([
    ['lies loose', () => undefined],
    ['is packed', (repo) => repo.git('pack-refs', '--all')],
    ['is detached', (repo) => repo.git('checkout', '--quiet', '--detach')],
  ])('stands where the branch %s, until HEAD, the index or a file moves', async (_, prepare) => {
    using repo = makeFixture({ 'a.txt': 'a\n', 'b.txt': 'b\n' });
    repo.git('branch', 'main-other', 'HEAD');
    prepare(repo);
    repo.write('a.txt', 'changed\n');
    const repository = await repo.repository();
    const look = await repository.status();
    expect(await repository.stands(look)).toBe(true);
    repo.write('a.txt', 'changed again\n');
    expect(await repository.stands(look)).toBe(false);
    const later = await repository.status();
    repo.git(
      'update-ref',
      'HEAD',
      repo.git('commit-tree', '-m', 'Theirs', '-p', 'HEAD', 'HEAD^{tree}').trim(),
    );
    expect(await repository.stands(later)).toBe(false);
    const last = await repository.status();
    repo.git('add', 'a.txt');
    expect(await repository.stands(last)).toBe(false);
  });
});

test('a call of git leaves no timer behind that would wake who rests', async () => {
  using repo = makeFixture({ 'a.txt': 'a\n' });
  const repository = await repo.repository();
  const timers: NodeJS.Timeout[] = [];
  const hook = createHook({
    init(_id, type, _trigger, resource) {
      if (type === 'Timeout') timers.push(resource as NodeJS.Timeout);
    },
  }).enable();
  await repository.status();
  hook.disable();
  expect(timers.length).toBeGreaterThan(0);
  await expect.poll(() => timers.filter((timer) => !isOver(timer))).toEqual([]);
});

function isOver(timer: NodeJS.Timeout): boolean {
  return Reflect.get(timer, '_destroyed') === true;
}

test('HEAD is told alone as with the status: on a branch, detached, and beside a branch of its name', async () => {
  using repo = makeFixture();
  const repository = await repo.repository();
  const both = async (): Promise<unknown[]> => [await repository.head(), (await repository.status()).head];
  const sha = repo.git('rev-parse', 'HEAD');
  expect(await both()).toEqual(Array(2).fill({ sha, branch: 'main' }));
  repo.git('update-ref', 'refs/heads/HEAD', sha);
  expect(await both()).toEqual(Array(2).fill({ sha, branch: 'main' }));
  repo.git('checkout', '--quiet', '--detach');
  expect(await both()).toEqual(Array(2).fill({ sha, branch: null }));
});

describe('status', () => {
  test('tells every kind of difference with the times of the disk', async () => {
    using repo = makeFixture({ edited: '1', 'gone/file': '2', old: 'a\nb\nc\nd\n', removed: '4', same: '5' });
    repo.write('edited', 'x');
    rmSync(join(repo.root, 'gone'), { recursive: true });
    repo.git('mv', 'old', 'new name');
    repo.git('rm', '--quiet', 'removed');
    repo.write('un/tracked', 'u');
    repo.write('staged', 's');
    repo.git('add', 'staged');
    const { dirty } = await (await repo.repository()).status();
    const rows = dirty.map(({ path, xy, stat }) => [path, xy, stat?.size]);
    expect(rows.sort()).toEqual(
      [
        ['edited', '.M', 1],
        ['gone/file', '.D', undefined],
        ['new name', 'A.', 8],
        ['old', 'D.', undefined],
        ['removed', 'D.', undefined],
        ['staged', 'A.', 1],
        ['un/tracked', '??', 1],
      ].sort(),
    );
    const gone = dirty.find(({ path }) => path === 'gone/file');
    expect(gone?.parentCtimeMs).toBeCloseTo(statOf(repo, '.').ctimeMs, 2);
  });

  test('flags submodules and repositories inside', async () => {
    using repo = makeFixture();
    using inner = makeFixture();
    repo.git('-c', 'protocol.file.allow=always', 'submodule', 'add', '--quiet', inner.root, 'sub');
    repo.git('commit', '--quiet', '-m', 'submodule');
    repo.git('-C', 'sub', 'commit', '--quiet', '--allow-empty', '-m', 'more');
    repo.git('init', '--quiet', 'nested');
    repo.git('-C', 'nested', 'commit', '--quiet', '--allow-empty', '-m', 'more');
    const { dirty } = await (await repo.repository()).status();
    expect(dirty.map(({ path, submodule }) => [path, submodule])).toEqual([
      ['sub', true],
      ['nested', true],
    ]);
  });
});

describe('the hash of the tree', () => {
  async function hash(repo: Fixture): Promise<string> {
    return (await repo.repository()).treeHash();
  }

  test('is the same before and after a commit of the same content, staged or not', async () => {
    using repo = makeFixture({ 'a.txt': 'one\n', 'gone.txt': 'g\n', 'moved.txt': 'm\n1\n2\n3\n' });
    const repository = await repo.repository();
    repo.write('a.txt', 'two\n');
    repo.write('new ünï.txt', 'n\n');
    repo.write('run.sh', '#!/bin/sh\n');
    chmodSync(join(repo.root, 'run.sh'), 0o755);
    symlinkSync('a.txt', join(repo.root, 'link'));
    rmSync(join(repo.root, 'gone.txt'));
    const before = await repository.treeHash();
    repo.git('mv', 'moved.txt', 'there.txt');
    const moved = await repository.treeHash();
    expect(moved).not.toBe(before);
    repo.git('mv', 'there.txt', 'moved.txt');
    repo.git('add', '-A');
    expect(await repository.treeHash()).toBe(before);
    repo.git('commit', '--quiet', '-m', 'all');
    expect([await repository.treeHash(), await hash(repo)]).toEqual([before, before]);
  });

  test('changes with content, mode, deletion and new files, but not with ignored ones', async () => {
    using repo = makeFixture({ 'a.txt': 'one\n', 'b.txt': 'b\n', '.gitignore': 'ignored\n' });
    const repository = await repo.repository();
    const seen = [await repository.treeHash()];
    const changes = [
      () => repo.write('a.txt', 'two\n'),
      () => repo.write('a.txt', 'six\n'),
      () => chmodSync(join(repo.root, 'a.txt'), 0o755),
      () => rmSync(join(repo.root, 'b.txt')),
      () => repo.write('new.txt', ''),
      () => repo.git('rm', '--quiet', '-f', 'a.txt'),
    ];
    for (const change of changes) {
      change();
      seen.push(await repository.treeHash());
    }
    expect(new Set(seen).size).toBe(seen.length);
    repo.write('ignored', 'x');
    expect(await repository.treeHash()).toBe(seen.at(-1));
  });

  test('does not mind that a tracked file is taken out of the index', async () => {
    using repo = makeFixture();
    const before = await hash(repo);
    repo.git('rm', '--quiet', '--cached', 'a.txt');
    expect(await hash(repo)).toBe(before);
  });

  test('stays when a file with other line ends in the store is committed', async () => {
    using repo = makeFixture({ '.gitattributes': '* text eol=crlf\n' });
    const repository = await repo.repository();
    repo.write('a.txt', 'one\r\n');
    await expect.poll(() => Date.now() - statOf(repo, 'a.txt').ctimeMs).toBeGreaterThan(60);
    const before = await repository.treeHash();
    await repo.ship([patched('a.txt', null, 'one\r\n')]);
    expect(repo.git('status', '--porcelain')).toBe('');
    expect(await repository.treeHash()).toBe(before);
  });

  test('is there before the first commit', async () => {
    using repo = makeFixture({});
    repo.write('a.txt', 'one\n');
    const before = await hash(repo);
    repo.git('add', '-A');
    repo.git('commit', '--quiet', '-m', 'first');
    expect(await hash(repo)).toBe(before);
  });
});

describe('a hostile repository', () => {
  test('runs nothing when it is read', async () => {
    using repo = makeFixture({
      'a.txt': 'one\n',
      '.gitattributes': '*.txt filter=evil diff=evil merge=evil\n',
    });
    const repository = await repo.repository();
    const evil = join(repo.home, 'evil.sh');
    writeFileSync(evil, `#!/bin/sh\necho "$0 $@" >> ${repo.home}/ran\ncat\n`);
    chmodSync(evil, 0o755);
    const config = [
      `[core]\n\tfsmonitor = ${evil}\n\thooksPath = ${repo.home}/hooks\n\tpager = ${evil}\n\teditor = ${evil}\n\tsshCommand = ${evil}\n\taskPass = ${evil}`,
      `[filter "evil"]\n\tclean = ${evil}\n\tsmudge = ${evil}\n\tprocess = ${evil}\n\trequired = true`,
      `[diff]\n\texternal = ${evil}\n[diff "evil"]\n\ttextconv = ${evil}\n\tcommand = ${evil}`,
      `[merge "evil"]\n\tdriver = ${evil}\n[gpg]\n\tprogram = ${evil}\n[log]\n\tshowSignature = true\n[commit]\n\tgpgSign = true\n`,
    ];
    appendFileSync(join(repo.root, '.git/config'), config.join('\n'));
    mkdirSync(join(repo.home, 'hooks'));
    for (const hook of [
      'post-index-change',
      'post-checkout',
      'reference-transaction',
      'pre-commit',
      'fsmonitor-watchman',
    ])
      writeFileSync(join(repo.home, 'hooks', hook), readFileSync(evil), { mode: 0o755 });
    repo.write('a.txt', 'two\n');
    repo.write('b.txt', 'new\n');

    await repository.head();
    await repository.status();
    await repository.treeHash();
    await repository.hindrance();
    await repository.ignored(['a.txt']);
    await repository.log(0, 5);
    await repository.since(null);
    await repository.headContent('a.txt');
    const laid = await repository.scratch(await repository.keepTree());
    expect(readFileSync(join(laid.directory, 'a.txt'), 'utf8')).toBe('two\n');
    await laid.remove();
    expect(existsSync(join(repo.home, 'ran'))).toBe(false);
  });

  test('cannot make an option of a path', async () => {
    using repo = makeFixture();
    const repository = await repo.repository();
    expect(await repository.headContent('--output=x')).toBeNull();
    expect(await repository.ignored(['--help', '../out', ''])).toEqual([]);
    expect(await repository.since('--all')).toEqual([]);
  });
});

describe('keeping the tree', () => {
  test('sees a change of the same size in the second of the last commit', async () => {
    using repo = makeFixture({ 'a.txt': 'one\n' });
    const repository = await repo.repository();
    await withinOneSecond(() => {
      repo.write('a.txt', 'two\n');
      repo.git('commit', '--quiet', '-a', '-m', 'two');
      repo.write('a.txt', 'six\n');
    });
    const tree = await repository.keepTree();
    expect(repo.git('show', `${tree}:a.txt`)).toBe('six');
  });

  test('has all that is not ignored, touches no index, and is laid out with its dependencies', async () => {
    using repo = makeFixture({
      'a.txt': 'one\n',
      'gone.txt': 'g\n',
      turned: 'a file\n',
      '.gitignore': 'node_modules/\nbuild\n',
      'package.json': '{}',
      'web/package.json': '{}',
    });
    for (const path of [
      'node_modules/x/index.js',
      'web/node_modules/y/index.js',
      'build/out',
      'lib/node_modules/z',
    ])
      repo.write(path, '');
    repo.write('a.txt', 'staged\n');
    repo.git('add', 'a.txt');
    repo.write('a.txt', 'disk\n');
    repo.write('new.txt', 'n\n');
    for (const path of ['gone.txt', 'turned']) rmSync(join(repo.root, path));
    repo.write('turned/into', 'a folder\n');
    const before = [repo.git('status', '--porcelain'), readFileSync(join(repo.root, '.git/index'), 'hex')];
    const repository = await repo.repository();
    const tree = await repository.keepTree();
    expect([repo.git('status', '--porcelain'), readFileSync(join(repo.root, '.git/index'), 'hex')]).toEqual(
      before,
    );
    expect(repo.git('ls-tree', '-r', '--name-only', tree).split('\n')).toEqual([
      '.gitignore',
      'a.txt',
      'new.txt',
      'package.json',
      'turned/into',
      'web/package.json',
    ]);
    expect(repo.git('for-each-ref')).not.toContain(tree);

    const { directory, remove } = await repository.scratch(tree);
    expect(readFileSync(join(directory, 'a.txt'), 'utf8')).toBe('disk\n');
    expect(
      ['node_modules/x', 'web/node_modules/y', 'build', 'lib', 'gone.txt'].map((path) =>
        existsSync(join(directory, path)),
      ),
    ).toEqual([true, true, false, false, false]);
    await remove();
    expect([existsSync(directory), existsSync(join(repo.root, 'node_modules/x'))]).toEqual([false, true]);
  });
});

describe('commits', () => {
  test('that decide something are read once, until HEAD is elsewhere', async () => {
    using repo = makeFixture();
    const decide = (text: string): string =>
      repo.git('commit', '-q', '--allow-empty', '-m', 'x', '-m', `Decision: ${text}`);
    const repository = await repo.repository();
    const decided = async (): Promise<string[]> =>
      (await repository.decisions(9)).flatMap(({ decisions }) => decisions);
    decide('a');
    const first = await repository.decisions(9);
    expect(await repository.decisions(9)).toBe(first);
    repo.git('checkout', '-qb', 'other');
    decide('b');
    expect(await decided()).toEqual(['b', 'a']);
    repo.git('checkout', '-q', 'main');
    expect(await decided()).toEqual(['a']);
    repo.git('checkout', '-q', '--detach', 'other');
    expect(await decided()).toEqual(['b', 'a']);
    repo.git('checkout', '-q', 'main');
    repo.git('pack-refs', '--all');
    expect(await decided()).toEqual(['a']);
    decide('c');
    expect(await decided()).toEqual(['c', 'a']);
    repo.git('reset', '-q', '--hard', 'HEAD~2');
    repo.git('pack-refs', '--all');
    expect(await decided()).toEqual([]);
  });

  test('are found where the session alone knows that they decide something, each once and in the order of the log', async () => {
    using repo = makeFixture();
    const repository = await repo.repository();
    const commit = (...message: string[]): string => {
      repo.git('commit', '-q', '--allow-empty', ...message.flatMap((text) => ['-m', text]));
      return repo.git('rev-parse', 'HEAD');
    };
    repo.git('update-ref', 'refs/remotes/origin/main', 'HEAD');
    const [told, silent] = [commit('told', 'Decision: a'), commit('silent')];
    commit('other');
    commit('last', 'Decision: b');
    const recorded = [silent, told, '0'.repeat(40)];
    const subjects = async (skip: number, count: number, also: readonly string[]): Promise<string[]> =>
      (await repository.log(skip, count, also)).rows.map(({ subject, unpushed }) => `${subject} ${unpushed}`);
    expect(await subjects(0, 9, [])).toEqual(['last true', 'told true']);
    expect(await subjects(0, 9, recorded)).toEqual(['last true', 'silent true', 'told true']);
    expect(await subjects(1, 1, recorded)).toEqual(['silent true']);
    expect(await subjects(3, 9, recorded)).toEqual([]);
    expect([await repository.count([]), await repository.count(recorded)]).toEqual([2, 3]);
  });

  test('that have no parent change all that they have', async () => {
    using repo = makeFixture();
    const repository = await repo.repository();
    const { paths, folders } = await repository.changesOf(repo.git('rev-parse', 'HEAD'));
    expect(paths.every(({ change }) => change === 'added')).toBe(true);
    expect(paths).not.toEqual([]);
    expect(await folders()).toBeNull();
  });

  test('since one are told oldest first with their paths', async () => {
    using repo = makeFixture();
    const start = repo.git('rev-parse', 'HEAD');
    repo.git('commit', '--quiet', '--allow-empty', '--allow-empty-message', '-m', '');
    repo.write('odd\nname', 'x');
    repo.write('b.txt', 'b');
    repo.git('add', '-A');
    repo.git('commit', '--quiet', '-m', 'two files');
    const repository = await repo.repository();
    const since = await repository.since(start);
    expect(since.map(({ subject, paths }) => [subject, paths])).toEqual([
      ['', []],
      ['two files', ['b.txt', 'odd\nname']],
    ]);
    expect(since.at(-1)).toMatchObject({
      sha: repo.git('rev-parse', 'HEAD'),
      at: Number(repo.git('log', '-1', '--format=%ct')) * 1000,
    });
    expect((await repository.since(null)).map(({ subject }) => subject)).toEqual(['start', '', 'two files']);
    expect(await repository.since('0'.repeat(40))).toEqual([]);
    expect(
      (await repository.log(1, 2)).rows.map(({ subject, author, unpushed }) => [subject, author, unpushed]),
    ).toEqual([
      ['', 'Ann', true],
      ['start', 'Ann', true],
    ]);
  });

  test('are none on an unborn branch', async () => {
    using repo = makeFixture({});
    const repository = await repo.repository();
    expect((await repository.status()).head).toEqual({ sha: null, branch: 'main' });
    expect([await repository.head(), await repository.log(0, 5), await repository.since(null)]).toEqual([
      { sha: null, branch: 'main' },
      { rows: [], upstream: null, ahead: 0, behind: 0 },
      [],
    ]);
  });
});

test('content is read from the worktree and from HEAD, and only files count', async () => {
  using repo = makeFixture({ 'a.txt': 'one\n', 'folder/b.txt': 'b\n' });
  repo.write('a.txt', 'two\n');
  symlinkSync('a.txt', join(repo.root, 'link'));
  symlinkSync('/etc', join(repo.root, 'out'));
  const repository = await repo.repository();
  const text = (bytes: Uint8Array | null): string | null => bytes && Buffer.from(bytes).toString();
  expect([text(await repository.content('a.txt')), text(await repository.headContent('a.txt'))]).toEqual([
    'two\n',
    'one\n',
  ]);
  for (const path of ['missing', 'folder', 'link', 'out/passwd', '../gitconfig', '/etc/passwd']) {
    expect(await repository.content(path)).toBeNull();
  }
  for (const path of ['missing', 'folder', 'link', '../gitconfig']) {
    expect(await repository.headContent(path)).toBeNull();
  }
});

function statOf(repo: Fixture, path: string): { ctimeMs: number } {
  return statSync(join(repo.root, path));
}
