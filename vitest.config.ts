import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    testTimeout: 30_000,
    hookTimeout: 30_000,
    pool: 'forks',
    maxWorkers: 2,
    reporters: process.env.HULLSPEED_TEST_REPORT
      ? ['default', ['json', { outputFile: process.env.HULLSPEED_TEST_REPORT }]]
      : ['default'],
  },
});
