// What a run of the bench says of figures that somebody accepted.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { accept, compare, goneFrom, isSuspect, readBaseline, writeBaseline } from '../../bench/baseline.ts';
import { count, figureOf, type Row, time, weight } from '../../bench/figures.ts';
import { complaint, table } from '../../bench/table.ts';

/** Samples around a median that have a standard error of some 4 %. */
const around = (middle: number): number[] => [0.9, 0.95, 1, 1.05, 1.1].map((each) => each * middle);
/** Twice its floor on a machine that is `slow` times as slow as another. */
const start = (ratio: number, slow = 1): Row =>
  time('start, ms', around(100 * ratio * slow), around(100 * slow), 'bare Node');
const verdicts = (rows: readonly Row[], baseline = accept([[start(2)]])): string[] =>
  compare([rows], baseline).map(({ row, verdict }) => `${row.what}: ${verdict}`);

describe('a time', () => {
  test('is the same within noise, on a machine of another speed too', () => {
    expect([start(2), start(2, 3), start(2.2), start(1.8)].flatMap((row) => verdicts([row]))).toEqual(
      Array(4).fill('start, ms: same'),
    );
  });

  test('is worse when its ratio grew beyond noise, and better when it shrank so', () => {
    expect([start(2.8), start(1.3)].flatMap((row) => verdicts([row]))).toEqual([
      'start, ms: worse',
      'start, ms: better',
    ]);
  });

  test('may vary as much as its samples do', () => {
    const wild = (ratio: number): Row => time('start, ms', [ratio * 50, ratio * 150, ratio * 100], [100], '');
    expect(verdicts([wild(2.8)], accept([[wild(2)]]))).toEqual(['start, ms: same']);
  });

  test('that is worse in one measurement and not in the next is not worse', () => {
    const baseline = accept([[start(2)]]);
    expect(compare([[start(3)], [start(2.1)]], baseline)).toMatchObject([{ verdict: 'same' }]);
    expect(compare([[start(3)], [start(2.9)]], baseline)).toMatchObject([{ verdict: 'worse' }]);
  });
});

test('one vague measurement says little, the same in each of three says it', () => {
  const vague = time('start, ms', [200, 280, 400], [100], 'bare Node');
  const baseline = accept([[start(2)]]);
  expect(compare([[vague]], baseline).map(isSuspect)).toEqual([true]);
  expect(compare([[vague]], baseline)).toMatchObject([{ verdict: 'same' }]);
  expect(compare([[vague], [vague], [vague]], baseline)).toMatchObject([{ verdict: 'worse' }]);
});

test('a count is worse by one, a weight by a tenth', () => {
  const rows = (requests: number, kilobytes: number): Row[] => [
    count('requests', requests),
    weight('kB', [kilobytes, kilobytes, kilobytes], [1]),
  ];
  const baseline = accept([rows(0, 100)]);
  expect(verdicts(rows(0, 109), baseline)).toEqual(['requests: same', 'kB: same']);
  expect(verdicts(rows(1, 111), baseline)).toEqual(['requests: worse', 'kB: worse']);
});

test('a row that nobody accepted is new, one that nobody measures is gone', () => {
  const compared = compare([[count('frames', 3)]], accept([[start(2)]]));
  expect(compared).toMatchObject([{ verdict: 'new' }]);
  expect(goneFrom(compared, accept([[start(2)]]))).toEqual(['start, ms']);
});

test('what could not be measured is neither worse nor accepted', () => {
  const nothing = time('start, ms', [Number.NaN], [Number.NaN], 'bare Node');
  expect(verdicts([nothing])).toEqual(['start, ms: same']);
  expect(accept([[nothing]])).toEqual({});
});

test('what is accepted is the median of its measurements, and as uncertain as they differ', () => {
  expect(accept([[start(2)], [start(9)], [start(2.3)]])['start, ms']).toMatchObject({
    value: 2.3,
    spread: expect.closeTo(0.3),
  });
  expect(accept([[start(2)]])['start, ms']).toEqual(figureOf(start(2)));
});

test('a baseline is the same when it is read again, a row a line', () => {
  const baseline = {
    screen: { 'start, ms': { value: 1.5, spread: 0.25 }, keys: { value: 3, spread: 0 } },
    day: { requests: { value: 60, spread: 0 } },
  };
  const text = writeBaseline(baseline);
  expect(readBaseline(text)).toEqual(baseline);
  expect(text.split('\n')[2]).toBe('    "start, ms": [1.5, 0.25],');
  const checkedIn = readFileSync(join(import.meta.dirname, '../../bench/baseline.json'), 'utf8');
  expect(writeBaseline(readBaseline(checkedIn))).toBe(checkedIn);
});

test('the table has each figure beside its floor and what it was, and a complaint says from what to what', () => {
  const compared = compare(
    [[start(2.8), count('requests', 61)]],
    accept([[start(2), count('requests', 60)]]),
  );
  expect(table(compared)).toBe(
    [
      'what       hullspeed  floor  ratio   was         n  the floor is',
      'start, ms        280    100   2.80  2.00  WORSE  5  bare Node',
      'requests          61                  60  WORSE  1',
    ].join('\n'),
  );
  expect(compared.map((each) => complaint(each, 3))).toEqual([
    'start, ms: was 2.00 ± 0.12 times its floor, is 2.80 ± 0.16, the least of 3 measurements',
    'requests: was 60, is 61',
  ]);
});
