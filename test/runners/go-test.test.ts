// What go test prints, read.
import { expect, test } from 'vitest';
import { readOutput } from '../../source/runners/read-output.ts';
import { fixture } from './fixture.ts';

const emoji = {
  name: 'example.com/sample/slug > TestSlug/emoji',
  file: 'slug_test.go',
  line: 14,
  detail: 'slug_test.go:14: slug("a 🎉 b") = "a-🎉-b"\n    want "a-b"',
};

test('names failures by package and subtest, panics and packages that do not build included', async () => {
  expect(await readOutput('go test ./...', fixture('go'))).toEqual({
    failures: [
      emoji,
      {
        ...emoji,
        name: 'example.com/sample/slug > TestSlug/a/b',
        detail: 'slug_test.go:14: slug("a/b") = "a/b"\n    want "a-b"',
      },
      {
        name: 'example.com/sample/slug > TestPanics',
        file: 'slug_test.go',
        line: 22,
        detail:
          'panic: runtime error: index out of range [3] with length 0 [recovered]\n  panic: runtime error: index out of range [3] with length 0',
      },
      {
        name: 'example.com/sample/broken',
        file: 'broken/broken.go',
        line: 4,
        detail:
          'broken/broken.go:4:9: cannot use "a" (untyped string constant) as int value in return statement',
      },
      { name: 'example.com/sample/store', file: 'store_test.go', line: 9, detail: 'panic: no database' },
    ],
  });
});

test('with -v what a test logged stands above its result, and tests are counted without their parents', async () => {
  expect(await readOutput('go test -v ./...', fixture('go-v'))).toEqual({
    counts: { passed: 3, failed: 1, skipped: 1 },
    failures: [emoji],
  });
});

test('with -json packages that were tested at once are told apart', async () => {
  expect(await readOutput('go test -json ./...', fixture('go-json'))).toEqual({
    counts: { passed: 1, failed: 1, skipped: 0 },
    failures: [emoji],
  });
});

test('says that there are no tests', async () => {
  expect(await readOutput('go test ./...', fixture('go-none'))).toEqual({ failures: [], none: true });
  expect((await readOutput('go test ./...', 'no packages to test\n')).none).toBe(true);
});
