// What pytest printed, read back.
import { expect, test } from 'vitest';
import { readOutput } from '../../source/runners/read-output.ts';
import { fixture } from './fixture.ts';

const failures = [
  {
    name: 'tests/test_slug.py::TestEmoji::test_strips',
    file: 'tests/test_slug.py',
    line: 12,
    detail: "AssertionError: assert 'a-🎉-b' == 'a-b'\n  \n  - a-b\n  + a-🎉-b\n  ?   ++",
  },
  {
    name: 'tests/test_slug.py::test_separators[a - b]',
    file: 'tests/test_slug.py',
    line: 17,
    detail: "AssertionError: assert 'a---b' == 'a-b'\n  \n  - a-b\n  + a---b\n  ?   ++",
  },
  {
    name: 'tests/test_slug.py::test_separators[c::d]',
    file: 'tests/test_slug.py',
    line: 17,
    detail: "AssertionError: assert 'c::d' == 'a-b'\n  \n  - a-b\n  + c::d",
  },
  {
    name: 'tests/test_slug.py::test_deep',
    file: 'tests/test_slug.py',
    line: 21,
    detail: "AttributeError: 'NoneType' object has no attribute 'lower'",
  },
  {
    name: 'tests/test_slug.py::test_multi',
    file: 'tests/test_slug.py',
    line: 44,
    detail: 'ValueError: one\ntwo',
  },
  {
    name: 'tests/test_slug.py::test_stored',
    file: 'tests/test_slug.py',
    line: 26,
    detail: 'RuntimeError: no database',
  },
];
const notLoaded = {
  name: 'tests/test_broken.py',
  file: 'tests/test_broken.py',
  line: 1,
  detail: "ModuleNotFoundError: No module named 'missing_module'",
};

test('names every failure by its node id, also of a file that did not load', async () => {
  expect(await readOutput('python -m pytest', fixture('pytest'))).toEqual({
    counts: { passed: 1, failed: 7, skipped: 2 },
    failures: [...failures.slice(0, 5), notLoaded, ...failures.slice(5)],
  });
  expect((await readOutput('pytest', fixture('pytest-broken'))).failures).toEqual([notLoaded]);
});

test('is read the same with short tracebacks and few words', async () => {
  expect(await readOutput('pytest', fixture('pytest-short'))).toEqual({
    counts: { passed: 1, failed: 6, skipped: 2 },
    failures,
  });
});

test('says that there are no tests, but not of a path that is not there', async () => {
  expect((await readOutput('pytest', fixture('pytest-none'))).none).toBe(true);
  const misused = 'no tests ran in 0.00s\nERROR: file or directory not found: test/slug.py\n';
  expect(await readOutput('pytest -q', misused)).toEqual({ failures: [] });
});
