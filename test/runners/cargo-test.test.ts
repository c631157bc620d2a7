// What cargo test printed, read back.
import { expect, test } from 'vitest';
import { readOutput } from '../../source/runners/read-output.ts';
import { fixture } from './fixture.ts';

test('names failures by target and path; the line of a doc test is no part of its name', async () => {
  expect(await readOutput('cargo test --no-fail-fast', fixture('cargo'))).toEqual({
    counts: { passed: 3, failed: 5, skipped: 1 },
    failures: [
      {
        name: 'sample > tests::emoji::strips',
        file: 'src/lib.rs',
        line: 34,
        detail: 'assertion `left == right` failed: emoji stay\n  left: "a-🎉-b"\n right: "a-b"',
      },
      {
        name: 'sample > tests::panics',
        file: 'src/lib.rs',
        line: 44,
        detail: 'note: test did not panic as expected at src/lib.rs:44:8',
      },
      { name: 'sample > tests::result', detail: 'Error: "one\\ntwo"' },
      {
        name: 'whole > shares',
        file: 'tests/whole.rs',
        line: 8,
        detail: 'assertion failed: sample::slug("x") == "y"',
      },
      {
        name: 'sample > src/lib.rs - wrong',
        file: 'src/lib.rs',
        line: 14,
        detail: 'assertion `left == right` failed\n  left: 1\n right: 2',
      },
    ],
  });
});

test('names the crate that does not compile', async () => {
  const { counts, failures } = await readOutput('cargo test', fixture('cargo-broken'));
  expect(counts).toBeUndefined();
  expect(failures).toMatchObject([{ name: 'sample', file: 'src/lib.rs', line: 1 }]);
  expect(failures[0]?.detail).toMatch(/^error\[E0308\]: mismatched types\n/);
});

test('says that there are no tests', async () => {
  expect(await readOutput('cargo test', fixture('cargo-none'))).toMatchObject({ failures: [], none: true });
});
