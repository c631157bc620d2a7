import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stringField } from '../../../source/ui/text/partial-json.ts';

test.each([
  ['{"cmd":"rg -n slug', 'rg -n slug'],
  ['{"workdir":"a","cmd" : "x"}', 'x'],
  ['{"cmd":"a\\nb\\t\\"c\\"\\\\"}', 'a\nb\t"c"\\'],
  ['{"cmd":"caf\\u00e9\\u00', 'café'],
  ['{"cmd":"end\\', 'end'],
  ['{"cmd":"end\\\\', 'end\\'],
  ['{"nested":{"cmd":"no"},"list":["cmd"],"cmd":"yes"}', 'yes'],
  ['{"note":"\\"cmd\\":\\"no\\"","cmd":"yes"}', 'yes'],
  ['{"cmd":7}', undefined],
  ['{"cm', undefined],
  ['', undefined],
])('the cmd of %s', (json, value) => {
  expect(stringField(json, 'cmd')).toBe(value);
});

test('a value that is cut anywhere is a beginning of the whole', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.nat(), (value, at) => {
      const json = JSON.stringify({ other: '"input":', input: value });
      expect(stringField(json, 'input')).toBe(value);
      expect(value.startsWith(stringField(json.slice(0, at % json.length), 'input') ?? '')).toBe(true);
    }),
  );
});
