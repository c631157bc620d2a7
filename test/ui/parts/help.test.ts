import { expect, test } from 'vitest';
import { initialState } from '../../../source/session/state.ts';
import { standardKeys } from '../../../source/ui/keymap.ts';
import { helpRows } from '../../../source/ui/parts/help.ts';
import { dark, expectSound, plain } from '../text/sound-rows.ts';

function drawn(width: number): string[] {
  const rows = helpRows(standardKeys, initialState, width, dark);
  expectSound(rows, width);
  return plain(rows);
}

test('what a key does is wrapped, not cut', () => {
  const rows = drawn(45);
  const at = rows.findIndex((row) => row.startsWith('  PgUp'));
  expect(rows.slice(at, at + 3)).toEqual([
    '  PgUp            page up, in the',
    '                  conversation or the pane in',
    '                  focus',
  ]);
  expect(rows.join('\n')).not.toContain('…');
});

test('keys are named whole; where there is no room the last ones go', () => {
  expect(drawn(100)).toContain('  Alt+B  Alt+Left  Ctrl+Left     word left');
  expect(drawn(60)).toContain('  Alt+B  Alt+Left      word left');
});
