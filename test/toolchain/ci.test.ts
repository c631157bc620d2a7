import { spawnSync } from 'node:child_process';
import { chmod, cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
let checkout: string;

beforeEach(async () => {
  checkout = await mkdtemp(join(tmpdir(), 'hullspeed-ci-'));
  await cp(join(root, '.ci'), join(checkout, '.ci'), { recursive: true });
  await cp(join(root, 'scripts/tally.mjs'), join(checkout, 'scripts/tally.mjs'));
  await mkdir(join(checkout, 'node_modules/.bin'), { recursive: true });
  await symlink(process.execPath, join(checkout, 'node_modules/.bin/node'));
});

afterEach(() => rm(checkout, { recursive: true }));

/** The last line and the exit code of `.ci/run`, where `npm test` writes `report` and exits with `code`. */
async function run(
  code: number,
  report?: object,
): Promise<{ line: string | undefined; code: number | null }> {
  const write = report ? `echo '${JSON.stringify(report)}' > "$HULLSPEED_TEST_REPORT"\n` : '';
  await mkdir(join(checkout, 'machine'));
  await writeFile(
    join(checkout, 'machine/npm'),
    `#!/bin/sh\ntest "$*" = test || exit 9\n${write}exit ${code}\n`,
  );
  await chmod(join(checkout, 'machine/npm'), 0o755);
  const env = { ...process.env, PATH: `${join(checkout, 'machine')}:${process.env.PATH}` };
  const { stdout, status } = spawnSync(join(checkout, '.ci/run'), { env, cwd: tmpdir(), encoding: 'utf8' });
  return { line: stdout.trimEnd().split('\n').at(-1), code: status };
}

const passed = { status: 'passed', assertionResults: [{}] };

test('the last line counts the tests, and the exit code is that of npm test', async () => {
  const report = {
    numPassedTests: 41,
    numFailedTests: 1,
    testResults: [passed, { status: 'failed', assertionResults: [{}] }],
  };
  expect(await run(1, report)).toEqual({ line: '41 passed, 1 failed', code: 1 });
});

test('a test file that cannot be loaded counts as a failure', async () => {
  const report = {
    numPassedTests: 3,
    numFailedTests: 0,
    testResults: [passed, { status: 'failed', assertionResults: [] }],
  };
  expect(await run(1, report)).toEqual({ line: '3 passed, 1 failed', code: 1 });
});

test('a build or a lint that fails before the tests is a failure too', async () => {
  expect(await run(2)).toEqual({ line: '0 passed, 1 failed', code: 2 });
});

test('all green exits with 0', async () => {
  const report = { numPassedTests: 5, numFailedTests: 0, testResults: [passed] };
  expect(await run(0, report)).toEqual({ line: '5 passed, 0 failed', code: 0 });
});
