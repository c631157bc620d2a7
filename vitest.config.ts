import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    // Only what hangs may run out of time: a busy machine of two cores takes ten times as long as a quiet one.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 30_000 } },
    // Frames and reports have times of day in them.
    env: { TZ: 'UTC' },
    pool: 'forks',
    // Nothing here lives in modules, so files may share a process: starting one for each took a third of the time.
    isolate: false,
    // Of two cores, two workers leave a sixth unused: much of a test is waiting for other processes.
    maxWorkers: 3,
    reporters: process.env.HULLSPEED_TEST_REPORT
      ? ['default', ['json', { outputFile: process.env.HULLSPEED_TEST_REPORT }]]
      : ['default'],
  },
});
