import { describe, expect, test } from 'vitest';
import { type Case, judge } from '../../source/engine/judge.ts';
import type { Run } from '../../source/session/tests.ts';

function run(verdict: 'green' | 'red' | 'timed out' | 'broken', ...names: string[]): Run {
  return {
    id: 1,
    purpose: 'ship',
    command: 't',
    tree: 'k',
    at: 0,
    verdict,
    failures: names.map((name) => ({ name })),
  };
}

const base: Case = { run: run('red', 'a'), start: run('green'), accepted: [], known: false, when: 'known' };

describe('judge', () => {
  test.each<[string, Partial<Case>, object]>([
    ['a new failure holds', {}, { kind: 'hold', fresh: ['a'], old: [] }],
    [
      'a new failure holds whatever the model calls known',
      { known: true },
      { kind: 'hold', fresh: ['a'], old: [] },
    ],
    [
      'new ones are told from old ones',
      { run: run('red', 'a', 'b'), start: run('red', 'b'), known: true },
      { kind: 'hold', fresh: ['a'], old: ['b'] },
    ],
    ['only old ones are asked about', { start: run('red', 'a', 'z') }, { kind: 'ask', old: ['a'] }],
    [
      'only old ones and known are committed',
      { start: run('red', 'a'), known: true },
      { kind: 'commit', verdict: 'known', failures: 1, accepted: ['a'] },
    ],
    [
      'accepted ones are not asked about again',
      { start: run('red', 'a'), accepted: ['a'] },
      { kind: 'commit', verdict: 'known', failures: 1, accepted: [] },
    ],
    [
      'without names on both sides, red before too is asked about',
      { run: run('red'), start: run('red') },
      { kind: 'ask', old: [] },
    ],
    [
      'without names on both sides, known is committed',
      { run: run('red'), start: run('timed out'), known: true },
      { kind: 'commit', verdict: 'known', failures: 1, accepted: [] },
    ],
    [
      'without names, after a green start, it holds',
      { run: run('red') },
      { kind: 'hold', fresh: [], old: [] },
    ],
    [
      'where there were no tests before, every failure is new',
      { start: 'no tests', known: true },
      { kind: 'hold', fresh: ['a'], old: [] },
    ],
    [
      'a run that does not come to its end is new, whatever names it got to',
      { run: run('timed out', 'a'), start: run('red', 'a'), accepted: ['a'], known: true },
      { kind: 'hold', fresh: ['a'], old: [] },
    ],
    [
      'one that did not come to its end before either is asked about',
      { run: run('timed out'), start: run('timed out') },
      { kind: 'ask', old: [] },
    ],
    ['names cannot be compared with none', { start: run('red') }, { kind: 'uncompared' }],
    ['an unknown start cannot be compared', { start: 'unknown' }, { kind: 'uncompared' }],
    [
      'an unknown start and known is committed as unverified',
      { start: 'unknown', known: true },
      { kind: 'commit', verdict: 'unverified', failures: 1, accepted: ['a'] },
    ],
    [
      'green alone takes no known failures',
      { start: run('red', 'a'), known: true, when: 'green' },
      { kind: 'hold', fresh: ['a'], old: [] },
    ],
    ['always commits red', { when: 'always' }, { kind: 'commit', verdict: 'red', failures: 1, accepted: [] }],
  ])('%s', (_, change, expected) => {
    expect(judge({ ...base, ...change })).toEqual(expected);
  });
});
