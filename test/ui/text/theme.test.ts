import { expect, test } from 'vitest';
import { loadTheme, ThemeError, themeSources } from '../../../source/ui/theme.ts';

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

test('a theme may begin with another one', () => {
  const theme = loadTheme({ name: 'mine', base: 'ansi', styles: { accent: 'magenta' } }, 3);
  expect([theme.name, theme.sgr('accent', 'x'), theme.sgr('ok', 'x')]).toEqual([
    'mine',
    '\x1b[35mx\x1b[0m',
    '\x1b[32mx\x1b[0m',
  ]);
});

test('the ansi theme has no colours but the sixteen', () => {
  const { styles } = themeSources.ansi as { styles: Record<string, string> };
  expect(Object.values(styles).join(' ')).not.toContain('/');
});

test('the light theme has none of the sixteen colours that white swallows', () => {
  const { styles } = themeSources.light as { styles: Record<string, string> };
  expect(Object.values(styles).join(' ')).not.toMatch(/yellow|cyan|white|bright/);
});

test.each([
  [source('grean'), 'theme dark, token added: "grean" is no colour', 'added', 'grean'],
  [
    source('green/300'),
    'theme dark, token added: "green/300": a colour is NAME, NAME/0 to NAME/255',
    'added',
  ],
  [source('green/1;5m/#ffffff'), 'theme dark, token added: "green/1;5m/#ffffff": a colour is', 'added'],
  [source('green/1/#ffff\x1b['), 'is not a colour like "#7ee787"', 'added'],
  [source('gray-blue'), 'theme dark, token added: "gray-blue" is no colour', 'added', 'gray-blue'],
  [{ name: 'x', styles: {} }, 'theme x, token text: no style', 'text'],
  [{ name: 'x', styles: { acent: 'red' } }, 'theme x: there is no token "acent"', 'acent', 'acent'],
  [{ name: 'x', base: 'darc', styles: {} }, 'theme "x": there is no base "darc"', 'base', 'darc'],
  [{ name: 'x', stiles: {}, styles: {} }, 'theme "x": there is no key "stiles"', 'stiles', 'stiles'],
  [{ name: 'x', styles: { text: 5 } }, 'theme x, token text: no style', 'text'],
  [{}, 'a theme needs a name and styles', 'name'],
  [[], 'a theme needs a name and styles', 'name'],
  [null, 'a theme needs a name and styles', 'name'],
])('%j is refused with its place', (wrong, message, at, word?: string) => {
  const refused = catchError(() => loadTheme(wrong, 1));
  expect(refused).toBeInstanceOf(ThemeError);
  expect(refused.message).toContain(message);
  expect([refused.at, refused.word]).toEqual([at, word]);
});

function catchError(work: () => unknown): ThemeError {
  try {
    work();
  } catch (error) {
    return error as ThemeError;
  }
  throw new Error('nothing was thrown');
}
