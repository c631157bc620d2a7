// What Mocha and RSpec printed, read back.
import { expect, test } from 'vitest';
import { readOutput } from '../../source/runners/read-output.ts';
import { fixture } from './fixture.ts';

test('Mocha: names failures by their titles, hooks included', async () => {
  const { counts, failures } = await readOutput('mocha', fixture('mocha'));
  const file = '/home/ana/sample/test/slug.test.js';
  expect(counts).toEqual({ passed: 1, failed: 4, skipped: 2 });
  expect(failures.map(({ detail: _, ...failure }) => failure)).toEqual([
    { name: 'works', file, line: 13 },
    { name: 'slug > objects', file, line: 9 },
    { name: 'slug > emoji > strips them', file, line: 7 },
    { name: 'hooks > "before all" hook for "never runs"', file, line: 15 },
  ]);
  expect(failures[0]?.detail).toBe('TypeError: one\ntwo');
  expect(failures[2]?.detail).toBe(
    "AssertionError: expected 'a-🎉-b' to equal 'a-b'\n+ expected - actual\n\n-a-🎉-b\n+a-b",
  );
});

test('Mocha: a file that does not load is a failure, and no tests are said', async () => {
  expect((await readOutput('mocha', fixture('mocha-broken'))).failures).toMatchObject([
    { name: 'exception while loading', detail: expect.stringContaining('ERR_MODULE_NOT_FOUND') },
  ]);
  expect((await readOutput('mocha', 'Error: No test files found: "test"\n')).none).toBe(true);
  expect((await readOutput('mocha', '\n\n  0 passing (1ms)\n\n')).none).toBe(true);
});

test('RSpec: names failures by file and description', async () => {
  const { counts, failures } = await readOutput('bundle exec rspec', fixture('rspec'));
  const file = 'spec/slug_spec.rb';
  expect(counts).toEqual({ passed: 1, failed: 3, skipped: 2 });
  expect(failures.map(({ detail: _, ...failure }) => failure)).toEqual([
    { name: 'spec/slug_spec.rb > slug hashes', file, line: 10 },
    { name: 'spec/slug_spec.rb > slug raises', file, line: 13 },
    { name: 'spec/slug_spec.rb > slug emoji strips them', file, line: 7 },
  ]);
  expect(failures[2]?.detail).toBe(
    'expect(slug(\'a 🎉 b\')).to eq(\'a-b\')\n\n  expected: "a-b"\n       got: "a-🎉-b"\n\n  (compared using ==)',
  );
});

test('RSpec: a file that does not load is a failure, and no tests are said', async () => {
  expect(await readOutput('rspec', fixture('rspec-broken'))).toEqual({
    counts: { passed: 0, failed: 1, skipped: 0 },
    failures: [
      {
        name: 'spec/broken_spec.rb',
        file: 'spec/broken_spec.rb',
        detail:
          "require_relative 'missing'\n\nLoadError:\n  cannot load such file -- /home/ana/sample/spec/missing",
      },
    ],
  });
  expect((await readOutput('rspec', fixture('rspec-none'))).none).toBe(true);
});
