import { describe, expect, test } from 'vitest';
import { restOf } from '../../source/ui/handing.ts';

describe('what was cut', () => {
  const whole = 'a\nb\nc\nd\ne\n';
  test('is what stands between the beginning and the end that were shown', () => {
    expect(restOf(whole, 'Exit code 0 after 1 s.\na\n… kept 2 of 5 lines …\ne\n')).toBe('b\nc\nd\n');
    expect(restOf('abcdef', 'Exit code 0 after 1 s.\nab\n… kept 4 of 6 bytes …\nef')).toBe('abcdef');
  });
  test('is all of it where the two do not fit', () => {
    expect(restOf(whole, 'Exit code 0 after 1 s.\nx\n… kept 2 of 5 lines …\ne\n')).toBe(whole);
    expect(restOf('a\n', 'Exit code 0 after 1 s.\na\n… kept 2 of 5 lines …\na\n')).toBe('a\n');
  });
  test('is bounded, and says how much more there is', () => {
    expect(restOf('x'.repeat(70_000), 'Exit code 0.').slice(60_000)).toMatch(/^\n… 10000 more characters: /);
  });
});
