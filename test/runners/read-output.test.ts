// What runs of real runners printed, read back: those of JavaScript, and what holds for all.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readOutput, runOnce, watchOff } from '../../source/runners/read-output.ts';
import { allFixtures, fixture } from './fixture.ts';

describe('Vitest', () => {
  const report = {
    counts: { passed: 3, failed: 4, skipped: 2 },
    failures: [
      {
        name: 'test/broken.test.ts',
        file: 'test/broken.test.ts',
        line: 2,
        detail: "Error: Cannot find module './missing.ts' imported from /home/ana/sample/test/broken.test.ts",
      },
      {
        name: 'test/slug.test.ts > slug > emoji > strips them',
        file: 'test/slug.test.ts',
        line: 7,
        detail:
          'AssertionError: expected \'a-🎉-b\' to be \'a-b\' // Object.is equality\n\nExpected: "a-b"\nReceived: "a-🎉-b"',
      },
      {
        name: 'test/slug.test.ts > works > sometimes',
        file: 'test/slug.test.ts',
        line: 17,
        detail: 'TypeError: a\nb',
      },
      sameError('test/slug.test.ts > same error 1'),
      sameError('test/slug.test.ts > same error 2'),
    ],
  };

  test('names every failure, also of a file that did not load, and of tests that failed alike', async () => {
    const slow = [{ name: 'test/slug.test.ts', ms: 613 }];
    expect(await readOutput('vitest', fixture('vitest'))).toEqual({ ...report, slow });
    const long = `${'a line of a test\n'.repeat(6_000)}${fixture('vitest')}`;
    for (const command of ['vitest', 'make test'])
      expect(await readOutput(command, long)).toEqual({ ...report, slow });
  });

  test('is read the same where progress was drawn over itself', async () => {
    const slow = [{ name: 'test/slug.test.ts', ms: 614 }];
    expect(await readOutput('vitest run', fixture('vitest-progress'))).toEqual({ ...report, slow });
  });

  test('says that there are no tests', async () => {
    expect(await readOutput('vitest', fixture('vitest-none'))).toEqual({ failures: [], none: true });
  });

  function sameError(name: string) {
    const detail =
      'AssertionError: expected { a: 1 } to deeply equal { a: 2 }\n\n- Expected\n+ Received\n\n  {\n-   "a": 2,\n+   "a": 1,\n  }';
    return { name, file: 'test/slug.test.ts', line: 19, detail };
  }
});

describe('node:test', () => {
  test('names failures by file, groups and title', async () => {
    const report = await readOutput('node --test', fixture('node-test-spec'));
    expect(report.counts).toEqual({ passed: 4, failed: 5, skipped: 2 });
    expect(report.failures).toEqual([
      { name: 'test/broken.test.js', file: 'test/broken.test.js', line: 1, detail: "'test failed'" },
      {
        name: 'test/slug.test.js > slug > emoji > strips them',
        file: 'test/slug.test.js',
        line: 7,
        detail: "AssertionError [ERR_ASSERTION]: Expected values to be strictly equal:\n\n'a-🎉-b' !== 'a-b'",
      },
      { name: 'test/slug.test.js > works', file: 'test/slug.test.js', line: 15, detail: 'TypeError: a\nb' },
      {
        name: 'test/slug.test.js > parent > child two',
        file: 'test/slug.test.js',
        line: 21,
        detail:
          'AssertionError [ERR_ASSERTION]: Expected values to be strictly deep-equal:\n+ actual - expected\n\n  {\n+   a: 1\n-   a: 2\n  }',
      },
    ]);
  });

  test('says that there are no tests', async () => {
    expect(await readOutput('node --test', fixture('node-none'))).toMatchObject({ failures: [], none: true });
  });

  test('closes groups with their sign and time, as Node 20 does', async () => {
    const output = `▶ slug\n  ✖ fails (1.2ms)\n    Error\n▶ slug (2.1ms)\n✖ fails (0.1ms)\nℹ tests 2\nℹ pass 0\nℹ fail 2\n
✖ failing tests:\n\ntest at a.test.js:3:1\n✖ fails (1.2ms)\n  Error: one\n\ntest at a.test.js:9:1\n✖ fails (0.1ms)\n  Error: two\n`;
    expect((await readOutput('node --test', output)).failures.map((failure) => failure.name)).toEqual([
      'a.test.js > slug > fails',
      'a.test.js > fails',
    ]);
  });
});

describe('TAP', () => {
  test('names nested failures of Node without the checkout in them', async () => {
    const report = await readOutput('node --test --test-reporter=tap', fixture('node-test-tap'));
    expect(report.counts).toEqual({ passed: 4, failed: 4, skipped: 2 });
    expect(report.failures.map(({ name, line }) => [name, line])).toEqual([
      ['test/broken.test.js', 1],
      ['slug.test.js > slug > emoji > strips them', 7],
      ['slug.test.js > works', 15],
      ['slug.test.js > parent > child two', 21],
    ]);
  });

  test('skips what is skipped or to be done, and names the group of a flat one', async () => {
    expect(await readOutput('tape test/*.js', fixture('tape'))).toEqual({
      counts: { passed: 1, failed: 2, skipped: 2 },
      failures: [
        {
          name: 'slug.js > slug > strips # signs',
          file: '/home/ana/sample/test/slug.js',
          line: 7,
          detail: "operator: equal\nexpected: 'a-b'\nactual:   'a--b'",
        },
        { name: 'works > strips # signs' },
      ],
    });
  });

  test('says that there are no tests', async () => {
    expect(await readOutput('prove', 'TAP version 13\n1..0\n')).toMatchObject({ failures: [], none: true });
  });
});

describe('Jest', () => {
  test('names every failure, also of a file that did not load', async () => {
    expect(await readOutput('jest', fixture('jest'))).toEqual({
      counts: { passed: 3, failed: 2, skipped: 2 },
      failures: [
        {
          name: 'test/broken.test.js',
          file: 'test/broken.test.js',
          line: 1,
          detail: "Cannot find module './missing.js' from 'test/broken.test.js'",
        },
        {
          name: 'test/slug.test.js > slug > emoji > strips them',
          file: 'test/slug.test.js',
          line: 7,
          detail:
            'expect(received).toBe(expected) // Object.is equality\n\nExpected: "a-b"\nReceived: "a-🎉-b"',
        },
        { name: 'test/slug.test.js > works', file: 'test/slug.test.js', line: 17, detail: 'TypeError: a\nb' },
      ],
      slow: [{ name: 'test/slug.test.js', ms: 5_104 }],
    });
  });

  test('counts failures once where a long run repeats them', async () => {
    const { counts, failures } = await readOutput('jest', fixture('jest-long'));
    expect(counts).toEqual({ passed: 131, failed: 1, skipped: 0 });
    expect(failures.map((failure) => failure.name)).toEqual(['test/slug.test.js > strips emoji']);
  });

  test('says that there are no tests', async () => {
    expect(await readOutput('jest', fixture('jest-none'))).toEqual({ failures: [], none: true });
  });
});

test('a runner is known by its words where the command does not name it', async () => {
  const reports = await Promise.all(allFixtures().map((output) => readOutput('make test', output)));
  expect(reports.filter((report) => report.failures.length === 0 && !report.none)).toEqual([]);
});

test('all runners whose words are there are read where the command names none', async () => {
  const report = await readOutput('make test', fixture('cargo') + fixture('pytest') + fixture('jest'));
  expect(report.counts).toEqual({ passed: 7, failed: 14, skipped: 5 });
  // Jest names a file that did not load among the failures, but counts tests alone.
  expect(report.failures.length).toBe(15);
});

test('several runners in one command are added up', async () => {
  const report = await readOutput('vitest run && node --test', fixture('vitest') + fixture('node-test-spec'));
  expect(report.counts).toEqual({ passed: 7, failed: 9, skipped: 4 });
  expect(report.failures.length).toBe(9);
});

test('one runner without tests beside one with tests is not a run without tests', async () => {
  const report = await readOutput(
    'vitest --run; node --test',
    fixture('vitest-none') + fixture('node-test-spec'),
  );
  expect(report.none).toBeUndefined();
});

test('output of an unknown runner has no names', async () => {
  expect(await readOutput('make test', 'FAILED tests/test_slug.py::test_emoji - assert 1 == 2\n')).toEqual({
    failures: [],
  });
});

test('no output whatever makes it throw, and names stay unique', async () => {
  const piece = fc.constantFrom(
    ...allFixtures().flatMap((output) => output.split(/(?<=\n)/)),
    '\x1b[9999999A',
    '\x1b[9999999C',
    '\x1b[2J\x1b[H',
    '\x1b]0;',
    '\x1b[',
  );
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 100 }), async (pieces) => {
      const names = (await readOutput('make', pieces.join(''))).failures.map((failure) => failure.name);
      expect(new Set(names).size).toBe(names.length);
    }),
  );
});

test('a name that looks numbered already stays one of its own', async () => {
  const output = '1..3\nnot ok 1 a\nnot ok 2 a\nnot ok 3 a (2)\n';
  const names = (await readOutput('tap', output)).failures.map((failure) => failure.name);
  expect(names).toEqual(['a', 'a (2)', 'a (2) (2)']);
});

test('output of any size gives at most a thousand failures', async () => {
  const output = fixture('cargo').replace(/^ {4}shares\r\n/m, (line) => line.repeat(200_000));
  expect((await readOutput('cargo test', output)).failures.length).toBe(1_000);
}, 60_000);

test('watch modes that a command asks for are left', () => {
  const table = {
    vitest: '',
    'vitest run': '',
    'vitest --watch': '--run',
    'vitest watch': '--run',
    'npx jest --watch': '--watch=false --watchAll=false',
    'tsc && jest --watchAll --coverage': '--watch=false --watchAll=false',
    'jest --watchman': '',
    'node --test --watch': '--no-watch',
    'node --test': '',
    'make watch': '',
    'mocha -w': '--no-watch',
    'deno test --watch': '',
  };
  expect(Object.fromEntries(Object.keys(table).map((command) => [command, watchOff(command)]))).toEqual(
    table,
  );
});

test('a watch mode that no argument leaves is cut out', () => {
  const table = {
    'deno test --watch=src -A': 'deno test -A',
    'bun test --watch src': 'bun test src',
    './gradlew test --continuous': './gradlew test',
    'gradle -t test': 'gradle test',
    'jest --watch': 'jest --watch --watch=false --watchAll=false',
    'cargo test': 'cargo test',
  };
  expect(Object.fromEntries(Object.keys(table).map((command) => [command, runOnce(command)]))).toEqual(table);
});

test('where the time went is told by files, packages or tests, the slowest five', async () => {
  const slowOf = async (command: string, ...lines: readonly string[]) =>
    (await readOutput(command, lines.join('\n'))).slow;
  const files = Array.from({ length: 7 }, (_, at) => ` ✓ |unit| test/${at}.test.ts (3 tests) ${at}00ms`);
  expect((await slowOf('vitest', ...files, '      Tests  21 passed (21)'))?.map(({ ms }) => ms)).toEqual([
    600, 500, 400, 300, 200,
  ]);
  const go = ['ok  \tsample/slug\t41.250s', 'ok  \tsample/fast\t0.004s', 'ok  \tsample/kept\t(cached)'];
  expect(await slowOf('go test ./...', ...go)).toEqual([{ name: 'sample/slug', ms: 41_250 }]);
  const node = ['▶ slug', '  ✔ folds (2000.1ms)', '✔ slug (2001.5ms)', 'ℹ tests 1', 'ℹ pass 1', 'ℹ fail 0'];
  expect(await slowOf('node --test', ...node)).toEqual([{ name: 'slug', ms: 2_002 }]);
});
