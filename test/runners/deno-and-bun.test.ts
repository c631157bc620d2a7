// What deno test and bun test printed, read back.
import { expect, test } from 'vitest';
import { readOutput } from '../../source/runners/read-output.ts';
import { fixture } from './fixture.ts';

test('Deno: names failures by file and steps, also of a file that did not load', async () => {
  const notEqual = 'Error: Values are not equal.\n\n    [Diff] Actual / Expected\n\n';
  expect(await readOutput('deno test', fixture('deno'))).toEqual({
    counts: { passed: 2, failed: 4, skipped: 1 },
    failures: [
      { name: 'bdd_test.ts > multi', file: 'bdd_test.ts', line: 1, detail: 'TypeError: one\ntwo' },
      {
        name: 'slug_test.ts > strips emoji',
        file: 'slug_test.ts',
        line: 3,
        detail: `${notEqual}-   a-🎉-b\n+   a-b`,
      },
      {
        name: 'slug_test.ts > parent > child two > grandchild',
        file: 'slug_test.ts',
        line: 3,
        detail: `${notEqual}-   1\n+   2`,
      },
      { name: 'top_test.ts', file: 'top_test.ts', line: 1, detail: '(in promise) Error: at the top' },
    ],
  });
});

test('Deno: a type check that fails is one failure, and no tests are said', async () => {
  expect(await readOutput('deno task test', fixture('deno-broken'))).toEqual({
    failures: [
      {
        name: 'type check',
        file: '/home/ana/sample/broken_test.ts',
        line: 1,
        detail: "TS2307 [ERROR]: Cannot find module 'file:///home/ana/sample/missing.ts'.",
      },
    ],
  });
  expect(await readOutput('deno test', fixture('deno-none'))).toEqual({ failures: [], none: true });
});

const slug = { file: 'test/slug.test.ts' };

test('Bun: what stands above a failed test is its reason', async () => {
  expect(await readOutput('bun test', fixture('bun'))).toEqual({
    counts: { passed: 2, failed: 5, skipped: 2 },
    failures: [
      {
        name: 'test/broken.test.ts',
        file: 'test/broken.test.ts',
        detail: "error: Cannot find module './missing' from '/home/ana/sample/test/broken.test.ts'",
      },
      {
        ...slug,
        name: 'test/slug.test.ts > slug > emoji > strips them',
        line: 8,
        detail: 'error: expect(received).toBe(expected)\n\nExpected: "a-b"\nReceived: "a-🎉-b"',
      },
      {
        ...slug,
        name: 'test/slug.test.ts > slug > objects',
        line: 12,
        detail:
          'error: expect(received).toEqual(expected)\n\n  {\n-   "a": 2,\n+   "a": 1,\n  }\n\n- Expected  - 1\n+ Received  + 1',
      },
      { ...slug, name: 'test/slug.test.ts > works > sometimes', line: 18, detail: 'TypeError: one\ntwo' },
      { ...slug, name: 'test/slug.test.ts > slow', detail: 'this test timed out after 20ms.' },
    ],
  });
});

test('Bun: failures that a long run repeats are counted once, and no tests are said', async () => {
  const repeated = fixture('bun').replace(
    /^(?=.*2 pass)/m,
    '\n1 tests failed:\n✗ slug > objects [0.13ms]\n\n',
  );
  expect((await readOutput('bun test', repeated)).failures.length).toBe(5);
  expect(await readOutput('bun test', fixture('bun-none'))).toEqual({ failures: [], none: true });
});
