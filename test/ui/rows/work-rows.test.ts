// The changed files over the commits: whose they are, how they changed, and what becomes of them.
import { expect, test } from 'vitest';
import type { DirtyPath } from '../../../source/engine/git-ports.ts';
import type { Claims } from '../../../source/session/claims.ts';
import { emptyTests, type Run } from '../../../source/session/tests.ts';
import { workGist, workOf, workRows } from '../../../source/ui/rows/work-rows.ts';
import { dark, expectSound, hostile, plain } from '../text/sound-rows.ts';

function dirty(path: string, xy: string): DirtyPath {
  const stat = xy.includes('D') ? null : { size: 1, mtimeMs: 0, ctimeMs: 0, ino: 1, mode: 0o100644 };
  return { path, xy, submodule: false, stat, parentCtimeMs: 0 };
}

const claims: Claims = {
  'a.ts': { path: 'a.ts', by: 'patch', before: null, after: 'x' },
  'b.ts': { path: 'b.ts', by: 'command' },
  'c.ts': { path: 'c.ts', by: 'also', out: true },
};
const files = [dirty('a.ts', '??'), dirty('b.ts', '.D'), dirty('c.ts', '.M'), dirty('mine.txt', 'M.')];
const last: Run = {
  id: 1,
  purpose: 'ship',
  command: 'npm test',
  tree: 't',
  at: 0,
  verdict: 'green',
  failures: [],
};

function drawn(rows: readonly { draw(): string }[]): string[] {
  return plain(rows.map((row) => row.draw()));
}

test('each says how it changed and by whom, those left out and the person’s own too', () => {
  const rows = workRows(
    { work: workOf(claims, files), tests: { ...emptyTests, last }, staleFiles: 0 },
    50,
    dark,
  );
  expect(drawn(rows)).toEqual([
    '2 files · ✓ green · not committed · 1 left out',
    `  A a.ts${'patch'.padStart(42)}`,
    `  D b.ts${'command'.padStart(42)}`,
    `  M c.ts${'left out'.padStart(42)}`,
    '1 file of yours · not shipped',
    '  M mine.txt',
  ]);
  expect(rows.map(({ file }) => file)).toEqual([undefined, 0, 1, 2, undefined, 3]);
});

test('in little room their names stand in a row', () => {
  const state = { work: workOf(claims, files), tests: { ...emptyTests, running: last }, staleFiles: 0 };
  expect(drawn(workGist(state, 3, 50, dark))).toEqual([
    '2 files · ◌ testing · not committed · 1 left out',
    '  a.ts  b.ts',
    'yours: mine.txt',
  ]);
  expect(drawn(workGist(state, 2, 70, dark))).toEqual([
    '2 files · ◌ testing · not committed · 1 left out · 1 of yours',
    '  a.ts  b.ts',
  ]);
  const own = { ...state, work: workOf({}, files) };
  expect(drawn(workGist(own, 1, 70, dark))).toEqual(['yours: a.ts  b.ts  c.ts  mine.txt']);
  expect(drawn(workGist(own, 0, 70, dark))).toEqual([]);
});

test('a verdict that is not theirs is not said', () => {
  const state = { work: workOf(claims, files), tests: { ...emptyTests, last }, staleFiles: 1 };
  expect(drawn(workGist(state, 3, 50, dark))[0]).toBe('2 files · ○ untested · not committed · 1 left out');
});

test('before git was asked a claim says itself how it changed', () => {
  const work = workOf({ ...claims, 'd.ts': { path: 'd.ts', by: 'patch', before: 'x', after: null } }, []);
  expect(work.files.map(({ path, change }) => `${change} ${path}`)).toEqual([
    'A a.ts',
    'M b.ts',
    'M c.ts',
    'D d.ts',
  ]);
});

test('thousands of the person’s own files are counted', () => {
  const many = Array.from({ length: 5_000 }, (_, at) => dirty(`${at}.txt`, '??'));
  const rows = drawn(workRows({ work: workOf({}, many), tests: emptyTests, staleFiles: 0 }, 50, dark));
  expect(rows).toHaveLength(202);
  expect(rows[0]).toBe('5,000 files of yours · not shipped');
  expect(rows.at(-1)).toBe('    … 4,800 more files');
});

test('nothing that changed takes no rows', () => {
  const state = { work: workOf({}, []), tests: emptyTests, staleFiles: 0 };
  expect([...workRows(state, 50, dark), ...workGist(state, 3, 50, dark)]).toEqual([]);
});

test.each(hostile.map((text) => [text.slice(0, 30), text.slice(0, 1_000)]))(
  '%j as a path is drawn soundly',
  (_, path) => {
    const work = workOf({ [path]: { path, by: 'patch' } }, [dirty(path, '.M'), dirty(`${path}2`, '??')]);
    for (const width of [1, 5, 20, 80]) {
      const state = { work, tests: emptyTests, staleFiles: 0 };
      expectSound(
        workRows(state, width, dark).map((row) => row.draw()),
        width,
      );
      expectSound(
        workGist(state, 3, width, dark).map((row) => row.draw()),
        width,
      );
    }
  },
);
