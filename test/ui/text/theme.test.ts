import { expect, test } from 'vitest';
import { loadTheme, themeSources } from '../../../source/ui/theme.ts';

const source = (style: string): unknown => ({
  ...(themeSources.dark as object),
  styles: { ...(themeSources.dark as { styles: object }).styles, added: style },
});

test.each([
  ['green/114/#7ee787', 3, '\x1b[38;2;126;231;135mx\x1b[0m'],
  ['green/114/#7ee787', 2, '\x1b[38;5;114mx\x1b[0m'],
  ['green/114/#7ee787', 1, '\x1b[32mx\x1b[0m'],
  ['green/114/#7ee787', 0, 'x'],
  ['bold bright-red on black', 1, '\x1b[1;91;40mx\x1b[0m'],
  ['gray on blue/20', 2, '\x1b[90;48;5;20mx\x1b[0m'],
  ['bold underline green', 0, '\x1b[1;4mx\x1b[0m'],
  ['', 3, 'x'],
] as const)('the style "%s" at level %i', (style, level, drawn) => {
  expect(loadTheme(source(style), level).sgr('added', 'x')).toBe(drawn);
});

test('an inner style ends in the outer one', () => {
  const theme = loadTheme(themeSources.dark, 1);
  expect(theme.sgr('strong', `a ${theme.sgr('ok', 'b')} c`)).toBe(
    '\x1b[1ma \x1b[32mb\x1b[0m\x1b[1m c\x1b[0m',
  );
});

test('nothing is styled as nothing', () => {
  expect(loadTheme(themeSources.dark, 3).sgr('bad', '')).toBe('');
});

test.each(Object.entries(themeSources))('the theme %s has no colours at level 0', (name, theme) => {
  const { sgr, name: loaded } = loadTheme(theme, 0);
  expect(loaded).toBe(name);
  expect(
    ['ok', 'bad', 'added', 'keyword', 'selection'].map((token) => sgr(token as 'ok', 'x')).join(''),
  ).not.toMatch(/\x1b\[[\d;]*(?:3|4|9)\d/);
});

test('a wrong theme is refused with the theme, the token and the word', () => {
  expect(() => loadTheme(source('grean'), 1)).toThrow('theme dark, token added: grean is no colour');
  expect(() => loadTheme({ name: 'x', styles: {} }, 1)).toThrow('theme x, token text: no style');
  expect(() => loadTheme({}, 1)).toThrow('a theme needs a name and styles');
});
