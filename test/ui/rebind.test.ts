// Keys of the person's own, and a preset's: what is had, and what is refused by name.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'smol-toml';
import { describe, expect, test } from 'vitest';
import { findAction, type Keymap, placesOf, standardKeys } from '../../source/ui/keymap.ts';
import { readKey, spell } from '../../source/ui/keys/key-name.ts';
import { makeKeymap, type Preset, type Wish } from '../../source/ui/rebind.ts';

function wish(where: string, action: string, ...keys: string[]): Wish {
  return { where, action, keys };
}

function made(preset: Preset, ...wishes: Wish[]): Keymap {
  const keymap = makeKeymap(preset, wishes);
  if ('refused' in keymap) throw new Error(keymap.refused.reason);
  return keymap;
}

function refusal(...wishes: Wish[]): string {
  const keymap = makeKeymap('hullspeed', wishes);
  return 'refused' in keymap ? keymap.refused.reason : 'granted';
}

describe('keys of your own', () => {
  test('without wishes the tables are as they stand', () => {
    expect(makeKeymap('hullspeed', [])).toBe(standardKeys);
  });

  test('an action has the keys that were asked for, and no others', () => {
    const keymap = made('hullspeed', wish('tests', 'run tests', 'R', 'F5'));
    const tests = placesOf('tests', undefined);
    expect(['R', 'f5', 'r'].map((key) => findAction(keymap, key, tests))).toEqual([
      'run tests',
      'run tests',
      undefined,
    ]);
  });

  test('two actions can change their keys with each other', () => {
    const keymap = made(
      'hullspeed',
      wish('tests', 'next failure', 'N'),
      wish('tests', 'previous failure', 'n'),
    );
    expect(findAction(keymap, 'n', placesOf('tests', undefined))).toBe('previous failure');
  });

  test.each([
    [
      wish('tests', 'run tests', 'n'),
      'n is the key of "next failure"; give [bindings.tests] "next failure" another key, or [] for none',
    ],
    [
      wish('tests', 'run tests', 'ctrl+l'),
      'Ctrl+L is the key of "redraw" in everywhere; give [bindings.everywhere] "redraw" another key, or [] for none',
    ],
    [
      wish('everywhere', 'zoom', 'ctrl+w'),
      'Ctrl+W is the key of "kill blank word" in composer; give [bindings.composer] "kill blank word" another key, or [] for none',
    ],
    [wish('test', 'run tests', 'R'), 'there is no place "test"'],
    [wish('tests', 'run test', 'R'), 'there is no action "run test" in tests'],
    [wish('tests', 'run tests', 'contrl+r'), 'there is no key "contrl+r"'],
    [wish('tests', 'run tests', 'ctrl+shift+r'), 'terminals do not tell Shift beside Ctrl or Alt with r'],
    [wish('everywhere', 'zoom', 'ctrl+i'), 'to a terminal Ctrl+I is Tab'],
    [wish('everywhere', 'zoom', 'z'), 'z alone is text in everywhere'],
    [wish('composer', 'undo', 'space'), 'Space alone is text in composer'],
    [
      wish('program', 'take keyboard', 'ctrl+q'),
      'the keys of program cannot be changed: it is they that no program gets',
    ],
    [wish('everywhere', 'cancel'), '"cancel" needs a key: without it there is no way to quit'],
    [wish('everywhere', 'back'), '"back" needs a key: without it there is no way to go back and interrupt'],
    [wish('composer', 'submit'), '"submit" needs a key: without it there is no way to send'],
  ])('%j is refused', (asked, reason) => {
    expect(refusal(asked)).toBe(reason);
  });

  test('what comes and goes over another place may have keys of that place, but not the last one to leave', () => {
    expect(refusal(wish('completion', 'use name', 'ctrl+g'))).toBe('granted');
    expect(refusal(wish('completion', 'use name', 'ctrl+c'))).toBe(
      '"use name" has the last key there to quit; give it another one',
    );
  });

  test('a key that another one was taken from is free', () => {
    expect(refusal(wish('everywhere', 'redraw'), wish('tests', 'run tests', 'ctrl+l'))).toBe('granted');
  });

  test('the way to send may be another action than the one it was', () => {
    expect(refusal(wish('composer', 'submit'), wish('composer', 'send now', 'enter'))).toBe('granted');
  });

  test('codex: Enter goes to the model now, Tab waits, Ctrl+T has the transcript', () => {
    const keymap = made('codex');
    const composer = placesOf('composer', undefined);
    expect(['enter', 'tab', 'escape', 'ctrl+t'].map((key) => findAction(keymap, key, composer))).toEqual([
      'send now',
      'queue',
      'back or edit',
      'transcript',
    ]);
    expect(findAction(made('codex', wish('composer', 'send now', 'ctrl+s')), 'ctrl+s', composer)).toBe(
      'send now',
    );
  });

  test('codex has no keys that clash, and no action that is not there', () => {
    const wishes = made('codex')
      .filter(({ fixed }) => !fixed)
      .flatMap(({ where, bindings }) => bindings.map(({ action, keys }) => ({ where, action, keys })));
    expect(makeKeymap('codex', wishes)).toEqual(made('codex'));
  });
});

test.each(['docs/keymap.md', 'docs/config.md'])('the keys in the examples of %s can be had', (page) => {
  const text = readFileSync(join(import.meta.dirname, '../..', page), 'utf8');
  const examples = [...text.matchAll(/```toml\n(.*?)```/gs)].map(([, example = '']) => parse(example));
  const wishes = examples.flatMap(({ bindings = {} }) =>
    Object.entries(bindings).flatMap(([where, actions]) =>
      Object.entries(actions as Record<string, string | string[]>).map(([action, keys]) =>
        wish(where, action, ...[keys].flat()),
      ),
    ),
  );
  expect(wishes.length).toBeGreaterThan(0);
  expect(refusal(...wishes)).toBe('granted');
});

describe('names of keys', () => {
  test.each([
    ['Ctrl+R', 'ctrl+r'],
    ['alt+Enter', 'alt+enter'],
    ['shift+ctrl+left', 'ctrl+shift+left'],
    ['G', 'G'],
    ['shift+g', 'G'],
    ['Esc', 'escape'],
    ['PgUp', 'pageup'],
    ['space', ' '],
    ['ctrl+space', 'ctrl+space'],
    ['+', '+'],
    ['ctrl++', 'ctrl++'],
    ['alt+_', 'alt+_'],
  ])('%s is %s', (text, key) => {
    expect(readKey(text)).toEqual({ key });
    expect(readKey(spell(key))).toEqual({ key });
  });

  test.each(['', 'ctrl+', 'ctrl', 'hyper+x', 'f13', 'two keys', '\x1b'])('%j is no key', (text) => {
    expect(readKey(text)).toHaveProperty('wrong');
  });
});
