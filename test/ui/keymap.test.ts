// The table of keys is sound.
import { describe, expect, test } from 'vitest';
import { initialState } from '../../source/session/state.ts';
import { actions } from '../../source/ui/actions.ts';
import {
  allLookups,
  bindingsOf,
  findAction,
  standardKeys as keymap,
  placesOf,
  reasonAgainst,
} from '../../source/ui/keymap.ts';

describe('keymap', () => {
  test('no key is bound twice in one place', () => {
    const bound = keymap.flatMap(({ where, bindings }) =>
      bindings.flatMap(({ keys }) => keys.map((key) => `${where} ${key}`)),
    );
    expect(bound).toEqual([...new Set(bound)]);
  });

  test('every action stands in the table', () => {
    expect(new Set(keymap.flatMap(({ bindings }) => bindings.map(({ action }) => action)))).toEqual(
      new Set(Object.keys(actions)),
    );
  });

  test('a key is looked for in every place of the tables', () => {
    expect(new Set(allLookups().flat())).toEqual(new Set(keymap.map(({ where }) => where)));
  });

  test('a character alone is no key where one types', () => {
    const typed = keymap
      .filter(({ typing }) => typing)
      .flatMap(({ bindings }) => bindings.flatMap(({ keys }) => keys.filter((key) => [...key].length === 1)));
    expect(typed).toEqual([]);
    expect(keymap.filter(({ typing }) => typing).map(({ where }) => where)).toEqual(
      expect.arrayContaining(['composer', 'everywhere', 'help']),
    );
  });

  test('the nearest place answers first', () => {
    expect(findAction(keymap, 'tab', placesOf('composer', undefined))).toBe('steer');
    expect(findAction(keymap, 'tab', placesOf('tests', undefined))).toBe('next pane');
    expect(findAction(keymap, 'up', placesOf('tests', 'help'))).toBe('help up');
    expect(findAction(keymap, 'r', placesOf('composer', undefined))).toBeUndefined();
  });

  test('a key that the session would refuse says why', () => {
    const stop = bindingsOf(keymap, 'tests').find(({ action }) => action === 'stop tests');
    expect(stop && reasonAgainst(stop, initialState)).toBe('no tests are running');
  });
});
