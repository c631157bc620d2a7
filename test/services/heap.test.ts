// V8 in a process of its own: what is asked of it in this one would hold for the tests behind it.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const heap = join(import.meta.dirname, '../../source/services/heap.ts');
const script = `
  import { getHeapCodeStatistics, getHeapSpaceStatistics } from 'node:v8';
  const { createCollector, keepYoungSmall } = await import(${JSON.stringify(heap)});
  const young = () => getHeapSpaceStatistics().find((space) => space.space_name === 'new_space').space_size / 2 ** 20;
  const used = () => process.memoryUsage().heapUsed / 2 ** 20;
  const memory = () => ({
    rss: process.memoryUsage.rss() / 2 ** 20,
    code: getHeapCodeStatistics().code_and_metadata_size / 2 ** 20,
  });
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
  const collect = createCollector();
  collect();
  const freed = full - used();
  // Code that is warm, and pieces in use between pieces that are free.
  const body = Array.from({ length: 300 }, (_, at) => 'it.at % ' + (at + 2)).join(' + ');
  const calls = Array.from({ length: 400 }, (_, at) => eval('(it) => ' + at + ' + ' + body));
  for (let at = 0; at < 40; at++) for (const call of calls) call({ at });
  const pieces = Array.from({ length: 1_000 }, () => [Buffer.alloc(60_000, 1), Buffer.alloc(200)]);
  for (const pair of pieces) pair.shift();
  const before = memory();
  collect();
  // What the collection frees on another thread is there for the next one.
  collect();
  const after = memory();
  console.log(JSON.stringify({ small, grown, freed, code: before.code - after.code, rss: before.rss - after.rss }));
`;

test('the young generation stays small until it is let go, and what nobody uses is given back', () => {
  const output = execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
  const { small, grown, freed, code, rss } = JSON.parse(output);
  expect(small).toBeLessThanOrEqual(16);
  expect(grown).toBeGreaterThan(16);
  expect(freed).toBeGreaterThan(16);
  expect(code).toBeGreaterThan(4);
  // What malloc keeps in pieces, glibc alone gives back.
  const { header } = process.report.getReport() as { header: { glibcVersionRuntime?: string } };
  if (header.glibcVersionRuntime !== undefined) expect(rss).toBeGreaterThan(32);
});
