import { expect, test } from 'vitest';
import { initialState } from '../../../source/session/state.ts';
import { type Keymap, standardKeys } from '../../../source/ui/keymap.ts';
import { helpPage, helpRows } from '../../../source/ui/parts/help.ts';
import { initialView } from '../../../source/ui/view.ts';
import { dark, expectSound, hostile, plain } from '../text/sound-rows.ts';

/** Three keys of the table, which may grow. */
const few: Keymap = standardKeys
  .filter(({ where }) => ['composer', 'tests', 'commits'].includes(where))
  .map((place) => ({
    ...place,
    bindings: place.bindings.filter(({ action }) =>
      ['write draft', 'stop tests', 'copy sha'].includes(action),
    ),
  }));

function drawn(
  width: number,
  sought = '',
  focus: 'composer' | 'tests' = 'composer',
  keymap = standardKeys,
): string[] {
  const rows = helpRows(keymap, initialState, { focus, sought }, width, dark);
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
  expect(drawn(100)).toContain('  Alt+B  Alt+Left  Ctrl+Left      word left');
  expect(drawn(60)).toContain('  Alt+B  Alt+Left      word left');
});

test.each([45, 80, 120])('at %d columns two blanks at least stand between keys and what they do', (width) => {
  const column = 2 + Math.min(31, Math.floor(width / 3)) + 1;
  const rows = drawn(width).filter((row) => row.startsWith('  '));
  expect(rows.filter((row) => row.slice(column - 2, column) !== '  ')).toEqual([]);
  expect(rows.filter((row) => row.charAt(column) === ' ')).toEqual([]);
});

test('a key is found by its name, by what it does, and by its place', () => {
  expect(drawn(100, 'ctrl+g', 'composer', few)).toEqual([
    'In the composer',
    '  Ctrl+G                          write in your editor ($EDITOR)',
  ]);
  expect(drawn(100, 'sha COMMITS', 'composer', few)[0]).toBe('In the commits');
  expect(drawn(100, '/new')).toEqual([
    'Words, alone in the composer',
    '  /new                            an empty context; everything else stays',
  ]);
  expect(drawn(100, 'no such')).toEqual(['no key for no such']);
});

test('a key that would do nothing says why', () => {
  expect(drawn(100, 'stop run', 'composer', few)).toEqual([
    'In the tests',
    '  x                               stop the run (not now: no tests are running)',
  ]);
});

test('the keys of the place come first, then those of every pane and of everywhere', () => {
  const titles = drawn(100, '', 'tests').filter((row) => row !== '' && !row.startsWith(' '));
  expect(titles.slice(0, 3)).toEqual(['In the tests', 'In any pane', 'Everywhere']);
  expect(titles.slice(-2)).toEqual(['Words, alone in the composer', 'At the start of a draft']);
});

test('the page is never more than fits, whatever is looked for and however far it is scrolled', () => {
  for (const sought of [
    '',
    'e',
    ...hostile.map((text) => text.slice(0, 60).replaceAll(/[\x00-\x1f\x7f-\x9f]/g, '')),
  ])
    for (const [width, height] of [
      [120, 30],
      [40, 9],
      [1, 1],
    ] as const) {
      const view = { ...initialView(), sought, help: 7 };
      const { rows } = helpPage(standardKeys, initialState, view, { width, height }, dark);
      expect(rows.length).toBeLessThanOrEqual(height);
    }
});
