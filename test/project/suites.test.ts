// Choosing among the suites of a repository, running them together, and finding them in workspaces: real folders, real shells.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import type { TestCommand } from '../../source/engine/ports.ts';
import { matchesGlob } from '../../source/project/glob.ts';
import type { Suite } from '../../source/project/suites.ts';
import { findTests } from '../../source/project/test-command.ts';
import { createTerminal } from '../../source/services/pty.ts';

const skips = (path: string): boolean => matchesGlob(path, '*.md');

async function inProject<T>(
  files: Record<string, string>,
  use: (tests: TestCommand, root: string) => Promise<T>,
  config: { readonly command?: string; readonly suites?: readonly Suite[] } = {},
): Promise<T> {
  const root = await mkdtemp(join(tmpdir(), 'hullspeed-suites-'));
  try {
    for (const [name, text] of Object.entries(files)) {
      await mkdir(dirname(join(root, name)), { recursive: true });
      await writeFile(join(root, name), text);
    }
    const found = await findTests(root, { suites: [], skips, ...config });
    if (found === undefined) throw new Error('no tests were found');
    return await use(found, root);
  } finally {
    await rm(root, { recursive: true });
  }
}

const suite = (folder: string, ...paths: string[]): Suite => ({ folder, paths, command: 'sh check.sh' });
const suites = [
  suite('api', 'api/**', 'schema/**'),
  suite('web', 'web/**', 'schema/**'),
  suite('it', 'it/**'),
];
const chosen = (tests: TestCommand, ...paths: string[]): string =>
  (tests.touching?.(paths) ?? tests).suites?.join(' ') ?? 'whole';

test('the suites that the paths touch are run, and all where a path is in none', async () => {
  await inProject(
    {},
    async (tests) => {
      expect(chosen(tests, 'web/a.ts')).toBe('web');
      expect(chosen(tests, 'web/a.ts', 'web/readme.md', 'notes.md')).toBe('web');
      expect(chosen(tests, 'schema/user.sql')).toBe('api web');
      expect(chosen(tests, 'web/a.ts', 'tool.ts')).toBe('api web it');
      expect(chosen(tests)).toBe('api web it');
      expect(tests.touching?.(['api/a'])).toMatchObject({
        command: 'cd api && sh check.sh',
        inFolder: { folder: 'api', said: 'sh check.sh' },
        within: tests.command,
      });
    },
    { suites },
  );
  await inProject(
    {},
    async (tests) => {
      expect(tests.command).toBe('make test');
      expect([chosen(tests, 'tool.ts'), chosen(tests, 'api/a', 'web/a', 'it/a')]).toEqual([
        'whole',
        'api web it',
      ]);
      expect(tests.touching?.(['api/a']).within).toBeUndefined();
    },
    { suites, command: 'make test' },
  );
});

async function runIn(root: string, { command, env, read }: TestCommand) {
  let output = '';
  const onData = (bytes: Uint8Array): void => {
    output += Buffer.from(bytes).toString();
  };
  const environment = { PATH: process.env.PATH ?? '' };
  const terminal = createTerminal({ environment });
  const run = await terminal.start({ command, cwd: root, env, columns: 80, rows: 24, onData });
  const { code } = await run.exit;
  return { code, report: await read(output) };
}

test('suites run one after the other in their folders, go on after a red one, and name files from the root on', async () => {
  const pytest = (word: string): string =>
    `echo "= short test summary info ="; echo "FAILED test_a.py::test_${word} - it broke"; echo "== 1 failed, 1 passed in 0.1s =="; exit 1`;
  const own: Suite[] = [
    { folder: 'api', paths: ['api/**'], command: 'sh check.sh # pytest' },
    { folder: 'web', paths: ['web/**'], command: 'sh check.sh' },
    { folder: "it's", paths: ["it's/**"], command: 'exit 127' },
    { folder: '.', paths: ['x/**'], command: 'echo "FAILED test_a.py::x - forgiven"; true # pytest' },
  ];
  const files = { 'api/check.sh': pytest('api'), 'web/check.sh': 'printf "all is well"', "it's/a": '' };
  await inProject(
    files,
    async (tests, root) => {
      const { code, report } = await runIn(root, tests);
      expect(code).toBe(127);
      expect(report.failures.map(({ name, file }) => [name, file])).toEqual([
        ['api: test_a.py::test_api', 'api/test_a.py'],
        ["it's: exit 127", undefined],
      ]);
      expect(report.counts?.failed).toBe(2);
      const one = await runIn(root, tests.touching?.(['web/a']) ?? tests);
      expect([one.code, one.report.failures]).toEqual([0, []]);
    },
    { suites: own },
  );
});

const manifest = (more: object): string => JSON.stringify(more);
const testing = (name: string, ...needs: string[]): string =>
  manifest({
    name,
    scripts: { test: 'node --test' },
    dependencies: Object.fromEntries(needs.map((each) => [each, '*'])),
  });

test.each([
  ['npm', { 'package.json': manifest({ workspaces: ['packages/*', 'tool'] }) }],
  [
    'yarn',
    { 'package.json': manifest({ workspaces: { packages: ['packages/*', './tool/'] } }), 'yarn.lock': '' },
  ],
  ['pnpm', { 'package.json': '{}', 'pnpm-workspace.yaml': 'packages: [packages/*, tool, "!packages/old"]' }],
])('packages of %s are suites, which also test what their own packages need', async (manager, files) => {
  await inProject(
    {
      ...files,
      'packages/a/package.json': testing('@it/a'),
      'packages/b/package.json': testing('@it/b', '@it/a', 'ink'),
      'packages/c/package.json': manifest({ name: '@it/c' }),
      'tool/package.json': testing('tool', '@it/c', '@it/b'),
    },
    async (tests) => {
      expect(tests.touching?.(['packages/b/x.js']).command).toContain(`packages/b '${manager} test'`);
      expect(chosen(tests, 'tool/x.js')).toBe('tool');
      expect(chosen(tests, 'packages/c/x.js')).toBe('tool');
      expect(chosen(tests, 'packages/b/x.js')).toBe('packages/b · tool'.replace(' ·', ''));
      expect(chosen(tests, 'packages/a/x.js')).toBe('packages/a packages/b tool');
      expect(chosen(tests, 'package-lock.json')).toBe('packages/a packages/b tool');
    },
  );
});

test('members of a Cargo workspace and modules of a go.work are suites, beside a command for all', async () => {
  await inProject(
    {
      'Cargo.toml': '[workspace]\nmembers = ["crates/*"]\n',
      'crates/a/Cargo.toml': '[package]\nname = "a"\n',
      'crates/b/Cargo.toml':
        '[package]\nname = "b"\n[dependencies]\nalias = { package = "a", path = "../a" }\n',
    },
    async (tests) => {
      expect(tests.command).toBe('cargo test --workspace --no-fail-fast');
      expect(tests.touching?.(['crates/b/src/lib.rs']).command).toBe('cargo test --no-fail-fast -p b');
      expect(chosen(tests, 'Cargo.lock')).toBe('whole');
      expect(tests.touching?.(['crates/a/src/lib.rs']).suites).toHaveLength(2);
    },
  );
  await inProject(
    {
      'go.work': 'go 1.24\nuse (\n\t./a // first\n\t./b\n)\n',
      'a/go.mod': 'module it.test/a\n',
      'b/go.mod': 'module it.test/b\n\nrequire it.test/a v0.0.0\n',
    },
    async (tests) => {
      expect(tests.touching?.(['b/x.go']).command).toBe('cd b && go test ./...');
      expect(chosen(tests, 'a/x.go')).toBe('a b');
    },
  );
});

test.each([
  [
    'a root that has a test script',
    { 'package.json': manifest({ workspaces: ['p/*'], scripts: { test: 'jest' } }) },
  ],
  [
    'globs that are not plain',
    { 'package.json': manifest({ workspaces: ['p/**'] }), Makefile: 'test:\n\ttrue\n' },
  ],
  [
    'globs that lead out',
    { 'package.json': manifest({ workspaces: ['../p/*'] }), Makefile: 'test:\n\ttrue\n' },
  ],
])('%s: no suites are found', async (_, files) => {
  const packages = { 'p/a/package.json': testing('a'), 'p/b/package.json': testing('b') };
  await inProject({ ...packages, ...files }, async (tests) => expect(tests.touching).toBeUndefined());
});
