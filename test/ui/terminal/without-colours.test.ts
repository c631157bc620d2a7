import { expect, test } from 'vitest';
import { withoutColours } from '../../../source/ui/terminal/without-colours.ts';

test.each([
  ['\x1b[31mred\x1b[39m', 'red'],
  ['\x1b[1;31mred\x1b[0m', '\x1b[1mred\x1b[0m'],
  ['\x1b[38;5;7;4mx\x1b[m', '\x1b[4mx\x1b[m'],
  ['\x1b[7;48;2;4;1;7;1mx', '\x1b[7;1mx'],
  ['\x1b[38:2::1:2:3mx\x1b[105mz', 'xz'],
  ['\x1b[2Jx\x1b]2;a title\x07', '\x1b[2Jx\x1b]2;a title\x07'],
])('%j is %j', (coloured, plain) => {
  expect(withoutColours(coloured)).toBe(plain);
});
