// The project port over a real folder, the person's environment, and patterns.
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadConfig } from '../../source/project/config.ts';
import { commandEnvironment, findPlaces } from '../../source/project/environment.ts';
import { matchesGlob } from '../../source/project/glob.ts';
import { createProject } from '../../source/project/project.ts';
import { createClock } from '../../source/services/clock.ts';

test('a project says where it is, how it is tested, and what needs no tests', async () => {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'hullspeed-project-')));
  const places = findPlaces({ HOME: root });
  await writeFile(join(root, 'go.mod'), 'module x\n');
  await writeFile(join(root, 'AGENTS.md'), 'be kind');
  await writeFile(join(root, 'hullspeed.toml'), 'tests.skip = ["*.md", "site/**"]\n');
  const config = await loadConfig({ places, root, environment: {}, flags: {} });
  const clock = { ...createClock(), now: () => new Date(2026, 10, 3, 12).getTime() };
  const project = createProject({ root, cwd: root, places, config, clock });
  expect(await project.environment()).toMatch(
    /^System: \S+ .+\. Date: 2026-11-03\. Directory: .+\. Tests: `go test \.\/\.\.\.` \(from go\.mod\)\.$/,
  );
  // go never watches, so it may draw its colours.
  expect((await project.tests())?.env).toEqual({});
  expect(await project.instructions()).toBe('be kind');
  expect(['a/b/readme.md', 'site/x/y.ts', 'source/x.ts', 'docs/x.ts'].map(project.skips)).toEqual([
    true,
    true,
    false,
    false,
  ]);
  await rm(root, { recursive: true });
});

test('the tests are looked for anew only where what was read to find them has changed', async () => {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'hullspeed-project-')));
  const write = (name: string, runner: string) =>
    writeFile(join(root, name, 'package.json'), `{"name":"${runner}","scripts":{"test":"${runner}"}}`);
  await Promise.all(['a', 'b'].map((name) => mkdir(join(root, 'packages', name), { recursive: true })));
  await writeFile(join(root, 'package.json'), '{"workspaces":["packages/*"]}');
  await Promise.all([write('packages/a', 'ava'), write('packages/b', 'tap')]);
  const places = findPlaces({ HOME: root });
  const config = await loadConfig({ places, root, environment: {}, flags: {} });
  // Later than any tick of a file system's clock.
  let ahead = 1_000;
  const clock = { ...createClock(), now: () => Date.now() + ahead };
  const { tests } = createProject({ root, cwd: root, places, config, clock });
  const first = await tests();
  expect(first?.command).toContain('packages/b');
  expect(await tests()).toBe(first);
  await write('packages/b', 'tapper');
  const second = await tests();
  expect(second).not.toBe(first);
  expect(await tests()).toBe(second);
  await rm(join(root, 'packages/b'), { recursive: true });
  expect(await tests()).toBeUndefined();
  // Within a tick a change would leave no trace.
  ahead = -1_000;
  await write('.', 'mocha');
  const third = await tests();
  expect(third?.command).toBe('npm test');
  expect(await tests()).not.toBe(third);
  await rm(root, { recursive: true });
});

test("commands do not see hullspeed's key", () => {
  expect(commandEnvironment({ OPENAI_API_KEY: 'sk', OPENAI_BASE_URL: 'u', PATH: 'p' })).toEqual({
    OPENAI_BASE_URL: 'u',
    PATH: 'p',
  });
});

test('places follow the XDG variables where they are absolute', () => {
  expect(findPlaces({ HOME: '/h' })).toEqual({
    home: '/h',
    config: '/h/.config/hullspeed',
    state: '/h/.local/state/hullspeed',
    cache: '/h/.cache/hullspeed',
  });
  const set = {
    HOME: '/h',
    XDG_CONFIG_HOME: '/c',
    XDG_CACHE_HOME: 'relative',
    XDG_STATE_HOME: '/s',
    HULLSPEED_STATE: '/own',
  };
  expect(findPlaces(set)).toEqual({
    home: '/h',
    config: '/c/hullspeed',
    state: '/own',
    cache: '/h/.cache/hullspeed',
  });
});

test('patterns match as in .gitignore', () => {
  const table: [string, string, boolean][] = [
    ['*.md', 'readme.md', true],
    ['*.md', 'a/b/readme.md', true],
    ['*.md', 'readme.mdx', false],
    ['docs/**', 'docs/a/b.ts', true],
    ['docs/**', 'source/docs/a.ts', false],
    ['**/docs/*', 'source/docs/a.ts', true],
    ['**/docs/*', 'docs/a/b.ts', false],
    ['/a?.ts', 'ab.ts', true],
    ['/a?.ts', 'x/ab.ts', false],
    ['a/**/z', 'a/z', true],
    ['a/**/z', 'a/b/c/z', true],
    ['a.ts', 'abts', false],
    ['**', 'any/thing', true],
    ['[a]', 'a', false],
  ];
  expect(table.map(([pattern, path]) => [pattern, path, matchesGlob(path, pattern)])).toEqual(table);
});

test('no pattern takes long', () => {
  expect(matchesGlob(`${'a'.repeat(4_000)}b`, `${'*a'.repeat(200)}*c`)).toBe(false);
  expect(matchesGlob('a/'.repeat(2_000), `${'**/a/'.repeat(100)}c`)).toBe(false);
});
