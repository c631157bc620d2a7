// What swift test prints, read: XCTest, Swift Testing, or both in one run.
import { expect, test } from 'vitest';
import { readOutput } from '../../source/runners/read-output.ts';
import { fixture } from './fixture.ts';

test('XCTest: names failures by class and method', async () => {
  expect(await readOutput('swift test', fixture('xctest'))).toEqual({
    counts: { passed: 1, failed: 2, skipped: 1 },
    failures: [
      {
        name: 'SlugTests > testStripsEmoji',
        file: '/home/ana/sample/Tests/SampleTests/SlugTests.swift',
        line: 12,
        detail: 'XCTAssertEqual failed: ("a-🎉-b") is not equal to ("a-b") - emoji stay',
      },
      { name: 'SlugTests > testThrows', detail: 'threw error "missing"' },
    ],
  });
});

test('XCTest: a test that ended the program is a failure', async () => {
  const { counts, failures } = await readOutput('swift test', fixture('xctest-macos'));
  expect(counts).toEqual({ passed: 1, failed: 2, skipped: 0 });
  expect(failures.map((failure) => failure.name)).toEqual([
    'SampleTests.SlugTests > testStripsEmoji',
    'SampleTests.SlugTests > testUnwraps',
  ]);
  expect(failures[1]?.detail).toContain('Fatal error: Unexpectedly found nil');
});

test('Swift Testing: names failures by file and title, beside an XCTest that has no tests', async () => {
  expect(await readOutput('swift test', fixture('swift-testing'))).toEqual({
    counts: { passed: 1, failed: 2, skipped: 1 },
    failures: [
      {
        name: 'SlugTests.swift > strips "all" emoji',
        file: 'SlugTests.swift',
        line: 12,
        detail: 'Expectation failed: (slug("a 🎉 b") → "a-🎉-b") == "a-b"\nemoji stay',
      },
      {
        name: 'SlugTests.swift > separators(text:)',
        file: 'SlugTests.swift',
        line: 17,
        detail: 'Expectation failed: (slug(text) → "c::d") == "a-b"',
      },
    ],
  });
});

test('names the file that does not compile, and says that there are no tests', async () => {
  expect((await readOutput('swift test', fixture('swift-broken'))).failures).toMatchObject([
    { name: 'Slug.swift', line: 3, detail: "cannot find 'txt' in scope" },
  ]);
  const none = "error: no tests found; create a target in the 'Tests' directory\n";
  expect(await readOutput('swift test', none)).toEqual({ failures: [], none: true });
});
