// Whatever keys, sizes, events, models and tests come in whatever order: nothing throws, no frame exceeds the screen,
// nothing but known sequences is written, what was drawn in steps is what would be drawn at once, and the terminal is
// left as it was found.
//
// HULLSPEED_FUZZ_SEED and HULLSPEED_FUZZ_STEPS replay what a failure names; `HULLSPEED_FUZZ_SEED=any` tries new luck.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { createRandom } from './random.ts';

const { HULLSPEED_FUZZ_SEED: wanted, HULLSPEED_FUZZ_STEPS: length = '2500' } = process.env;
const seeds =
  wanted === undefined ? [1, 2, 3, 4] : [wanted === 'any' ? Date.now() % 2 ** 31 : Number(wanted)];
const root = join(import.meta.dirname, '../..');
const bundle = join(root, 'node_modules/.cache/hullspeed-fuzz.mjs');
let createPlayground: typeof import('./playground.ts').createPlayground;

/** With React as it is shipped: its development build, which tests have otherwise, takes twice the time. */
beforeAll(async () => {
  await build({
    absWorkingDir: root,
    entryPoints: ['test/fuzz/playground.ts'],
    outfile: bundle,
    bundle: true,
    packages: 'external',
    format: 'esm',
    platform: 'node',
    jsx: 'automatic',
    logLevel: 'warning',
  });
  vi.stubEnv('NODE_ENV', 'production');
  ({ createPlayground } = await import(pathToFileURL(bundle).href));
});

beforeEach(() => {
  // Ctrl+Z stops everything that runs beside the tests.
  const kill = process.kill.bind(process);
  vi.spyOn(process, 'kill').mockImplementation((pid, signal) => signal === 'SIGTSTP' || kill(pid, signal));
});

afterEach(() => {
  vi.restoreAllMocks();
});

test.each(seeds)('seed %d', { timeout: 120_000 + Number(length) * 60 }, async (seed) => {
  const playground = await createPlayground(createRandom(seed));
  for (let done = 0; done < Number(length); ) {
    const { steps, wrong } = await playground.go();
    done += steps;
    if (wrong.length === 0) continue;
    const recent = playground.recent().map((what) => what.slice(0, 300));
    const replay = `HULLSPEED_FUZZ_SEED=${seed} HULLSPEED_FUZZ_STEPS=${done}`;
    expect.fail(`${wrong.join('\n')}\n\nafter (newest last)\n${recent.join('\n')}\n\n${replay}`);
  }
  expect(await playground.leave()).toEqual([]);
});
