import { spawnSync } from 'node:child_process';
import { chmod, cp, mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

let checkout: string;

beforeEach(async () => {
  checkout = await realpath(await mkdtemp(join(tmpdir(), 'hullspeed-setup-')));
  await cp(join(import.meta.dirname, '../../scripts/setup.mjs'), join(checkout, 'scripts/setup.mjs'));
  await writeFile(join(checkout, 'package-lock.json'), '{"one":1}');
  await installer(`mkdir -p node_modules/.bin && ln -sf '${process.execPath}' node_modules/.bin/node`);
});

afterEach(() => rm(checkout, { recursive: true }));

/** Stands for npm on the machine: writes down how it was called, then runs `script`. */
async function installer(script: string): Promise<void> {
  await mkdir(join(checkout, 'machine'), { recursive: true });
  await writeFile(join(checkout, 'machine/npm'), `#!/bin/sh\necho "$@ PATH=$PATH" >> calls\n${script}\n`);
  await chmod(join(checkout, 'machine/npm'), 0o755);
}

function setup(): { status: number | null; stderr: string } {
  const PATH = [join(checkout, 'node_modules/.bin'), join(checkout, 'machine'), process.env.PATH].join(':');
  const env = { ...process.env, PATH };
  const { status, stderr } = spawnSync(process.execPath, [join(checkout, 'scripts/setup.mjs')], {
    env,
    encoding: 'utf8',
  });
  return { status, stderr };
}

async function calls(): Promise<string[]> {
  return (await readFile(join(checkout, 'calls'), 'utf8').catch(() => '')).trim().split('\n');
}

test('a fresh clone is installed once, and again when the lockfile changes', async () => {
  expect(setup().status).toBe(0);
  expect(setup()).toEqual({ status: 0, stderr: '' });
  expect(await calls()).toHaveLength(1);
  await writeFile(join(checkout, 'package-lock.json'), '{"two":2}');
  expect(setup().status).toBe(0);
  expect(await calls()).toEqual([expect.stringMatching(/^ci /), expect.stringMatching(/^ci /)]);
});

test('npm does not run on the Node that it is about to take away', async () => {
  setup();
  expect((await calls())[0]).not.toContain(join(checkout, 'node_modules'));
});

test('an install that fails says so and is tried again the next time', async () => {
  await installer('exit 1');
  expect(setup()).toEqual({ status: 1, stderr: expect.stringContaining('npm ci in') });
  expect(setup().status).toBe(1);
  expect(await calls()).toHaveLength(2);
});

test('a bundled Node that does not run is not taken for an installed one', async () => {
  await installer(
    'mkdir -p node_modules/.bin && printf "#!/bin/sh\\nexit 1\\n" > node_modules/.bin/node && chmod +x node_modules/.bin/node',
  );
  expect(setup()).toEqual({ status: 1, stderr: expect.stringContaining('does not run') });
  expect(setup().status).toBe(1);
});
