// Finding a project's tests in real folders.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { findTestCommand } from '../../source/project/test-command.ts';
import { createTerminal } from '../../source/services/pty.ts';

async function inProject<T>(files: Record<string, string>, use: (root: string) => Promise<T>): Promise<T> {
  const root = await mkdtemp(join(tmpdir(), 'hullspeed-found-'));
  try {
    for (const [name, text] of Object.entries(files)) {
      await mkdir(dirname(join(root, name)), { recursive: true });
      await writeFile(join(root, name), text);
    }
    return await use(root);
  } finally {
    await rm(root, { recursive: true });
  }
}

const find = (files: Record<string, string>, configured?: string) =>
  inProject(files, async (root) => {
    const found = await findTestCommand(root, configured);
    return found === undefined ? 'none' : `${found.source}: ${found.command}`;
  });

const script = (test: string, more: object = {}): string => JSON.stringify({ scripts: { test }, ...more });

test('what the config says comes before all', async () => {
  expect(await find({ 'package.json': script('vitest') }, 'make check')).toBe('config: make check');
  expect(await find({}, 'jest --watch')).toBe('config: jest --watch --watch=false --watchAll=false');
});

test('a script is run by the package manager of the lockfile', async () => {
  const manifest = script('node --test', { packageManager: 'yarn@4.1.0' });
  expect(await find({ 'package.json': script('node --test') })).toBe('package.json: npm test');
  expect(await find({ 'package.json': manifest })).toBe('package.json: yarn test');
  expect(await find({ 'package.json': manifest, 'package-lock.json': '' })).toBe('package.json: npm test');
  expect(await find({ 'package.json': manifest, 'pnpm-lock.yaml': '' })).toBe('package.json: pnpm test');
  expect(await find({ 'package.json': manifest, 'bun.lock': '' })).toBe('package.json: bun run test');
});

test('a script that asks for a watch mode is told to run once', async () => {
  expect(await find({ 'package.json': script('jest --watch') })).toBe(
    'package.json: npm test -- --watch=false --watchAll=false',
  );
  expect(await find({ 'package.json': script('tsc && vitest watch'), 'pnpm-lock.yaml': '' })).toBe(
    'package.json: pnpm test --run',
  );
});

test('a placeholder, an empty script or a broken manifest is no test command', async () => {
  expect(await find({ 'package.json': script('echo "Error: no test specified" && exit 1') })).toBe('none');
  expect(await find({ 'package.json': script(' ') })).toBe('none');
  expect(await find({ 'package.json': '{"scripts": {"test": 1}}' })).toBe('none');
  expect(await find({ 'package.json': '{', Makefile: 'test:\n\ttrue\n' })).toBe('Makefile: make test');
  expect(await find({})).toBe('none');
});

test('make and just are used where they have a target of that name', async () => {
  expect(await find({ Makefile: 'all: build\n\ncheck test: build\n\t./run\n' })).toBe('Makefile: make test');
  expect(await find({ Makefile: 'test:: x\n\t./run\n' })).toBe('Makefile: make test');
  expect(await find({ Makefile: '.PHONY: test\ntest := 1\nbuild: test\n# test:\n' })).toBe('none');
  expect(await find({ justfile: "@test filter='': build\n  cargo test\n" })).toBe('justfile: just test');
  expect(await find({ justfile: 'test := "x"\nbuild:\n  true\n' })).toBe('none');
});

test('every language has its way', async () => {
  const table: Record<string, Record<string, string>> = {
    'Cargo.toml: cargo test --no-fail-fast': { 'Cargo.toml': '' },
    'go.mod: go test ./...': { 'go.mod': '' },
    'pytest: pytest --continue-on-collection-errors': { 'tests/test_slug.py': '' },
    'pytest: uv run pytest --continue-on-collection-errors': {
      'pyproject.toml': '[tool.pytest.ini_options]\n',
      'uv.lock': '',
    },
    'pytest: .venv/bin/python -m pytest --continue-on-collection-errors': {
      'pytest.ini': '',
      '.venv/pyvenv.cfg': '',
    },
    'Package.swift: swift test': { 'Package.swift': '' },
    'build.zig: zig build test': { 'build.zig': '' },
    'deno.json: deno test': { 'deno.json': '{"tasks": {"dev": "deno run x"}}' },
    'deno.json: deno task test': { 'deno.json': '{ // x\n"tasks": {"test": "deno test -A"}}' },
    'deno.json: deno test -A': { 'deno.json': '{"tasks": {"test": "deno test -A --watch"}}' },
    'bun: bun test': { 'bun.lock': '', 'package.json': '{}' },
    'Gradle: ./gradlew test --continue': { gradlew: '', 'build.gradle.kts': '' },
    'Gradle: gradle test --continue': { 'build.gradle': '' },
    'Maven: mvn test --fail-at-end': { 'pom.xml': '' },
    'mix.exs: mix test': { 'mix.exs': '' },
    none: { 'pyproject.toml': '[project]\nname = "x"\n', 'readme.md': '' },
  };
  for (const [expected, files] of Object.entries(table)) expect(await find(files)).toBe(expected);
});

test('the command runs in a terminal, ends by itself, and its output is read by the script behind it', async () => {
  const files = {
    'package.json': script('node --test', { type: 'module' }),
    'a.test.js':
      "import test from 'node:test';\ntest('holds', () => {});\ntest('fails', () => { throw new Error('so'); });\n",
  };
  await inProject(files, async (root) => {
    const found = await findTestCommand(root);
    if (found === undefined) throw new Error('nothing found');
    const terminal = createTerminal({ environment: { PATH: process.env.PATH ?? '', HOME: root } });
    let output = '';
    const onData = (bytes: Uint8Array): void => {
      output += Buffer.from(bytes).toString();
    };
    const run = await terminal.start({
      command: found.command,
      env: found.env,
      cwd: root,
      columns: 80,
      rows: 24,
      onData,
    });
    expect(await run.exit).toEqual({ code: 1 });
    expect(await found.read(output)).toEqual({
      counts: { passed: 1, failed: 1, skipped: 0 },
      failures: [{ name: 'a.test.js > fails', file: 'a.test.js', line: 3, detail: 'Error: so' }],
    });
  });
}, 60_000);

test('CI is set where a runner may go on watching, and nowhere else: it takes the colours away', async () => {
  const env = (test: string) =>
    inProject({ 'package.json': script(test) }, async (root) => (await findTestCommand(root))?.env);
  expect(await env('node --test')).toEqual({});
  expect(await env('vitest')).toEqual({ CI: '1' });
  expect(await env('tsc && my-own-runner')).toEqual({ CI: '1' });
});
