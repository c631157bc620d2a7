// V8 in a process of its own: what is asked of it in this one would hold for the tests behind it.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const heap = join(import.meta.dirname, '../../source/services/heap.ts');
const script = `
  import { getHeapSpaceStatistics } from 'node:v8';
  const { createCollector, keepYoungSmall } = await import(${JSON.stringify(heap)});
  const young = () => getHeapSpaceStatistics().find((space) => space.space_name === 'new_space').space_size / 2 ** 20;
  const used = () => process.memoryUsage().heapUsed / 2 ** 20;
  let kept = [];
  async function work() {
    for (let round = 0; round < 200; round++) {
      for (let at = 0; at < 5_000; at++) kept.push({ at, text: 'text ' + at });
      if (kept.length > 60_000) kept = [];
      await new Promise(setImmediate);
    }
    return young();
  }
  const over = new AbortController();
  keepYoungSmall(over.signal);
  const small = await work();
  over.abort();
  const grown = await work();
  kept = Array.from({ length: 500_000 }, (_, at) => ({ at }));
  const full = used();
  kept = [];
  createCollector()();
  console.log(JSON.stringify({ small, grown, freed: full - used() }));
`;

test('the young generation stays small until it is let go, and what nobody uses is freed', () => {
  const output = execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
  const { small, grown, freed } = JSON.parse(output);
  expect(small).toBeLessThanOrEqual(16);
  expect(grown).toBeGreaterThan(16);
  expect(freed).toBeGreaterThan(16);
});
