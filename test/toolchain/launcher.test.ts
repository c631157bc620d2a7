import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

let checkout: string;

beforeEach(async () => {
  checkout = await mkdtemp(join(tmpdir(), 'hullspeed-launcher-'));
  await cp(join(import.meta.dirname, '../../bin'), join(checkout, 'bin'), { recursive: true });
  await write(
    'old-node.cjs',
    `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.19.0' } });`,
  );
});

afterEach(() => rm(checkout, { recursive: true }));

async function write(path: string, text: string): Promise<void> {
  await mkdir(join(checkout, path, '..'), { recursive: true });
  await writeFile(join(checkout, path), text);
}

function launch(args: readonly string[], { oldNode = false } = {}): ChildProcess {
  const preload = oldNode ? ['--require', join(checkout, 'old-node.cjs')] : [];
  const env = { ...process.env, XDG_CACHE_HOME: join(checkout, 'cache') };
  return spawn(process.execPath, [...preload, join(checkout, 'bin/hullspeed.cjs'), ...args], { env });
}

async function outcome(child: ChildProcess): Promise<{ code: number; stdout: string; stderr: string }> {
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (chunk) => (stdout += chunk));
  child.stderr?.on('data', (chunk) => (stderr += chunk));
  const [code] = (await once(child, 'close')) as [number];
  return { code, stdout, stderr };
}

/** A Node in the checkout's node_modules that says that it was used. */
async function bundleNode(): Promise<void> {
  await write('node_modules/.bin/node', `#!/bin/sh\nBUNDLED=yes exec '${process.execPath}' "$@"\n`);
  await chmod(join(checkout, 'node_modules/.bin/node'), 0o755);
}

const bundle = `export const start = () => { console.log(JSON.stringify([process.env.BUNDLED ?? 'no', ...process.argv.slice(2)])); process.exit(7); };`;

test('the bundle gets the arguments, the exit code is its own, and the compile cache is kept', async () => {
  await write('dist/cli.mjs', bundle);
  const { code, stdout } = await outcome(launch(['run', 'fix it']));
  expect({ code, stdout }).toEqual({ code: 7, stdout: '["no","run","fix it"]\n' });
  expect(await readdir(join(checkout, 'cache/hullspeed'))).not.toEqual([]);
});

test('a checkout without a bundle says how to build it', async () => {
  const { code, stderr } = await outcome(launch([]));
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('npm run build') });
});

test('an old Node inside a checkout gives way to the bundled one', async () => {
  await write('dist/cli.mjs', bundle);
  await bundleNode();
  const { code, stdout } = await outcome(launch(['status'], { oldNode: true }));
  expect({ code, stdout }).toEqual({ code: 7, stdout: '["yes","status"]\n' });
});

test('signals reach the program through the old Node', async () => {
  await write(
    'dist/cli.mjs',
    `process.on('SIGTERM', () => process.exit(143)); console.log('ready'); setInterval(() => {}, 1000);
    export const start = () => {};`,
  );
  await bundleNode();
  const child = launch([], { oldNode: true });
  child.stdout?.once('data', () => child.kill('SIGTERM'));
  expect(await outcome(child)).toMatchObject({ code: 143, stdout: 'ready\n' });
});

test('a program that a signal ended is told from one that exited', async () => {
  await write('dist/cli.mjs', `export const start = () => process.kill(process.pid, 'SIGKILL');`);
  await bundleNode();
  expect(await outcome(launch([], { oldNode: true }))).toMatchObject({ code: 137 });
});

test('an old Node elsewhere is told what is needed', async () => {
  await write('dist/cli.mjs', bundle);
  const { code, stderr } = await outcome(launch([], { oldNode: true }));
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('needs Node 22.18 or newer') });
});
