import { expect, test } from 'vitest';
import { emptyTests, type Run } from '../../../source/session/tests.ts';
import { listFailures, testHeader } from '../../../source/ui/rows/test-rows.ts';
import { dark, expectSound, hostile, plain } from '../text/sound-rows.ts';

const run: Run = {
  id: 1,
  purpose: 'ship',
  command: 'npm test',
  tree: 't',
  at: 0,
  verdict: 'red',
  exit: 1,
  ms: 2_100,
  counts: { passed: 41, failed: 1, skipped: 0 },
  failures: [
    { name: 'strips emoji', file: 'test/slug.test.ts', line: 12, detail: 'expected "a-b"\nreceived "a--b"' },
  ],
};
const now = 62_100;

function header(
  tests: Parameters<typeof testHeader>[0],
  columns = 100,
  staleFiles = 0,
  command: string | undefined = 'npm test',
): string {
  const row = testHeader(tests, command, staleFiles, now, columns, dark);
  expectSound([row], columns);
  return plain([row])[0] ?? '';
}

test('the header says the verdict, the command, the counts, the time and the age', () => {
  expect(header({ ...emptyTests, last: run })).toBe('✕ red · npm test · 41 passed 1 failed · 2.1s · 1m ago');
});

test('the header says which commit is tested beside the work', () => {
  const { verdict: _, ...begun } = run;
  const beside: Run = { ...begun, at: 50_000, purpose: 'commit', commit: '3f2a1c0d', failures: [] };
  expect(header({ ...emptyTests, last: run, beside })).toBe('◌ testing 3f2a1c0 · npm test · 12s · was ✕ red');
  const running: Run = { ...begun, at: 60_100, purpose: 'ship' };
  expect(header({ ...emptyTests, last: run, beside, running })).toBe(
    '◌ running · npm test · 2s · was ✕ red · testing 3f2a1c0',
  );
});

test('the header says how a commit ended that was tested beside the work, until a newer run ends', () => {
  const green: Run = { ...run, verdict: 'green', failures: [] };
  const late: Run = { ...run, id: 2, purpose: 'commit', commit: '3f2a1c0d', at: 50_000 };
  const tests = { ...emptyTests, last: green, results: [{ tree: 't', run: late, cacheable: false }] };
  expect(header(tests, 100, 2)).toBe('✕ red 3f2a1c0 · npm test · 41 passed 1 failed · 2.1s · just now');
  expect(header({ ...tests, last: { ...green, at: 55_000 } })).toMatch(/^✓ green · /);
});

test('the header says when files changed since the run', () => {
  const last: Run = { ...run, verdict: 'green', flaky: true, failures: [] };
  expect(header({ ...emptyTests, last }, 100, 2)).toBe(
    '✓ green flaky · npm test · 41 passed 1 failed, yet exit 0 · 2.1s · 1m ago · 2 files changed since',
  );
});

test('a green run that names failures says why it is green', () => {
  const last: Run = { ...run, verdict: 'green', exit: 0 };
  expect(header({ ...emptyTests, last }, 50)).toBe('✓ green · 41 passed 1 failed, yet exit 0 · 1m ago');
  expect(header({ ...emptyTests, last }, 45)).toBe('✓ green · 1 failed, yet exit 0 · 1m ago');
});

test('a narrow header keeps the verdict, the age and what changed since, in fewer words', () => {
  const green: Run = {
    ...run,
    verdict: 'green',
    failures: [],
    counts: { passed: 41, failed: 0, skipped: 0 },
  };
  expect(header({ ...emptyTests, last: green }, 60, 2)).toBe(
    '✓ green · 41 passed · 1m ago · 2 files changed since',
  );
  expect(header({ ...emptyTests, last: green }, 40, 2)).toBe('✓ green · 1m ago · 2 changed');
  expect(header({ ...emptyTests, last: run }, 40, 2)).toBe('✕ red · 1 failed · 1m ago · 2 changed');
  expect(header({ ...emptyTests, last: run }, 26, 2)).toBe('✕ red · 1m ago · 2 changed');
  expect(header({ ...emptyTests, last: run }, 10, 2)).toBe('✕ red');
});

test('the header of tests that run, did not run yet, or are not there', () => {
  expect(
    header(
      { ...emptyTests, last: run, running: { ...run, verdict: undefined, counts: undefined, at: 59_000 } },
      100,
      2,
    ),
  ).toBe('◌ running · npm test · 3s · was ✕ red');
  expect(header(emptyTests)).toBe('○ not run yet · npm test');
  expect(plain([testHeader(emptyTests, undefined, 0, now, 40, dark)])).toEqual(['no tests found']);
});

test('failures come with their place and detail', () => {
  expect(plain(listFailures(run, 40, dark).rows)).toEqual([
    '✕ strips emoji',
    '  test/slug.test.ts:12',
    '    expected "a-b"',
    '    received "a--b"',
  ]);
});

test('a reason stands before the failures, and a long list ends in a count', () => {
  const failures = Array.from({ length: 22 }, (_, at) => ({ name: `t${at}` }));
  const rows = plain(
    listFailures({ ...run, verdict: 'timed out', reason: 'silent for 5 minutes', failures }, 40, dark).rows,
  );
  expect([rows[0], rows[1], rows.at(-1)]).toEqual(['✕ silent for 5 minutes', '✕ t0', '… 2 more failures']);
});

test('the selected failure has another mark, also without colours', () => {
  const [first, second] = [{ name: 'one', detail: 'said' }, { name: 'two' }];
  const { rows, starts } = listFailures(
    { ...run, reason: 'stopped early', failures: [first, second] },
    40,
    dark,
    second,
  );
  expect(plain(rows)).toEqual(['✕ stopped early', '✕ one', '    said', '▸ two']);
  expect(starts).toEqual([1, 3]);
});

test('a green run has no failures to show', () => {
  expect(listFailures({ ...run, verdict: 'green' }, 40, dark)).toEqual({ rows: [], starts: [] });
});

test.each(hostile.map((text) => [text.slice(0, 30), text.slice(0, 1_000)]))(
  '%j in a run is drawn soundly',
  (_, text) => {
    const last: Run = {
      ...run,
      command: text,
      reason: text,
      failures: [{ name: text, file: text, line: 1, detail: text }],
    };
    for (const columns of [1, 3, 20, 80]) {
      header({ ...emptyTests, last }, columns);
      expectSound(listFailures(last, columns, dark).rows, columns);
    }
  },
);
