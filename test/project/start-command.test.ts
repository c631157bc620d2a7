// Finding how a project is started, in real folders.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { findStartCommand } from '../../source/project/start-command.ts';

async function find(files: Record<string, string>, configured?: string): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'hullspeed-start-'));
  try {
    for (const [name, text] of Object.entries(files)) {
      await mkdir(dirname(join(root, name)), { recursive: true });
      await writeFile(join(root, name), text);
    }
    const found = await findStartCommand(root, configured);
    return found === undefined ? 'none' : `${found.source}: ${found.command}`;
  } finally {
    await rm(root, { recursive: true });
  }
}

const scripts = (...names: string[]): string =>
  JSON.stringify({ scripts: Object.fromEntries(names.map((name) => [name, 'node .'])) });

test('what the config says comes before all', async () => {
  expect(await find({ 'package.json': scripts('dev') }, 'make serve')).toBe('config: make serve');
});

test('a script is run by the package manager of the lockfile, dev before start', async () => {
  expect(await find({ 'package.json': scripts('start') })).toBe('package.json: npm start');
  expect(await find({ 'package.json': scripts('start', 'dev') })).toBe('package.json: npm run dev');
  expect(await find({ 'package.json': scripts('dev'), 'pnpm-lock.yaml': '' })).toBe(
    'package.json: pnpm run dev',
  );
  expect(await find({ 'package.json': scripts('start'), 'yarn.lock': '' })).toBe('package.json: yarn start');
  expect(await find({ 'package.json': scripts('start'), 'bun.lock': '' })).toBe(
    'package.json: bun run start',
  );
});

test('a manifest without such a script, or that cannot be read, starts nothing', async () => {
  expect(await find({ 'package.json': scripts('test', 'build') })).toBe('none');
  expect(await find({ 'package.json': '{' })).toBe('none');
  expect(await find({})).toBe('none');
});

test('targets and recipes that start something are found, variables are not', async () => {
  expect(await find({ Makefile: 'all:\n\techo\nrun: all\n\t./x\n' })).toBe('Makefile: make run');
  expect(await find({ Makefile: 'run := x\nstart:\n\t./x\n' })).toBe('Makefile: make start');
  expect(await find({ justfile: 'dev port="1":\n  ./x\n' })).toBe('justfile: just dev');
  expect(await find({ 'deno.json': '{ "tasks": { "start": "deno run main.ts" } }' })).toBe(
    'deno.json: deno task start',
  );
});

test('what a language runs is found where there is a program, not in a library', async () => {
  expect(await find({ 'Cargo.toml': '[package]', 'src/main.rs': '' })).toBe('Cargo.toml: cargo run');
  expect(await find({ 'Cargo.toml': '[package]', 'src/lib.rs': '' })).toBe('none');
  expect(await find({ 'go.mod': '', 'main.go': '' })).toBe('go.mod: go run .');
  expect(await find({ 'go.mod': '', 'cmd/tide/main.go': '' })).toBe('go.mod: go run ./cmd/tide');
  expect(await find({ 'go.mod': '', 'cmd/a/main.go': '', 'cmd/b/main.go': '' })).toBe('none');
  expect(await find({ 'main.py': '' })).toBe('Python: python3 main.py');
  expect(await find({ 'manage.py': '', 'uv.lock': '' })).toBe('Python: uv run manage.py runserver');
  expect(await find({ 'mix.exs': '{:phoenix, "~> 1.7"}' })).toBe('mix.exs: mix phx.server');
  expect(await find({ 'build.gradle': "plugins { id 'application' }", gradlew: '' })).toBe(
    'Gradle: ./gradlew run',
  );
});
