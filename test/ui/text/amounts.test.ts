import { expect, test } from 'vitest';
import {
  age,
  ageLastsMs,
  clock,
  duration,
  grouped,
  plural,
  share,
  tokens,
} from '../../../source/ui/text/amounts.ts';

test.each([
  [duration, 0, '0.0s'],
  [duration, 104, '0.1s'],
  [duration, 9_949, '9.9s'],
  [duration, 9_960, '9s'],
  [duration, 42_300, '42s'],
  [duration, 192_000, '3m12'],
  [duration, 7_500_000, '2h05'],
  [clock, 900, '0s'],
  [clock, -5, '0s'],
  [clock, 59_999, '59s'],
  [clock, 60_000, '1m00'],
  [age, 59_000, 'now'],
  [age, 125_000, '2m'],
  [age, 86_400_000 * 5, '5d'],
  [tokens, 950, '950'],
  [tokens, 3_140, '3.1k'],
  [tokens, 9_960, '10k'],
  [tokens, 81_200, '81k'],
  [tokens, 1_234_567, '1.2M'],
  [grouped, 4_812, '4,812'],
  [grouped, 1_234_567, '1,234,567'],
])('%o of %i is %s', (format, value, text) => {
  expect(format(value)).toBe(text);
});

test.each([0, 59_999, 125_000, 3_599_999, 7_300_000, 86_400_000 * 5 + 3])(
  'the age of %i ms changes just then',
  (ms) => {
    const lasts = ageLastsMs(ms);
    expect(age(ms + lasts - 1)).toBe(age(ms));
    expect(age(ms + lasts)).not.toBe(age(ms));
  },
);

test('shares and plurals', () => {
  expect([share(93, 100), share(1, 0), plural(1, 'file'), plural(3, 'file')]).toEqual([
    '93%',
    '0%',
    '1 file',
    '3 files',
  ]);
});
