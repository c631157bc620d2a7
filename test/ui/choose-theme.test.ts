import { expect, test } from 'vitest';
import { configKeys } from '../../source/project/config-keys.ts';
import { chooseTheme, followsBackground } from '../../source/ui/choose-theme.ts';
import { themeSources } from '../../source/ui/theme.ts';

const TERM = 'xterm-256color';

test.each([
  ['auto', {}, 'dark'],
  ['auto', { COLORFGBG: '15;0' }, 'dark'],
  ['auto', { COLORFGBG: '7;8' }, 'dark'],
  ['auto', { COLORFGBG: '0;15' }, 'light'],
  ['auto', { COLORFGBG: '0;default;7' }, 'light'],
  ['auto', { COLORFGBG: '15;default' }, 'dark'],
  ['light', { COLORFGBG: '15;0' }, 'light'],
  ['high-contrast', {}, 'high-contrast'],
  ['dark', { NO_COLOR: '1' }, 'mono'],
  ['dark', { NO_COLOR: '' }, 'dark'],
  ['auto', { TERM: 'dumb' }, 'mono'],
] as const)('%s with %j is %s', (name, environment, chosen) => {
  expect(chooseTheme(name, { TERM, ...environment }).name).toBe(chosen);
});

test('a theme of one’s own is taken as it is, but for a terminal without colours', () => {
  const own = { name: 'mine', base: 'light', styles: { accent: 'red' } };
  expect(chooseTheme({ own }, { TERM }).name).toBe('mine');
  expect(chooseTheme({ own }, { TERM, NO_COLOR: '1' }).name).toBe('mono');
});

test('only colours by themselves follow the background', () => {
  expect(followsBackground('auto', { TERM })).toBe(true);
  expect(followsBackground('auto', { TERM, NO_COLOR: '1' })).toBe(false);
  expect(followsBackground('light', { TERM })).toBe(false);
});

test('the config names the themes that there are', () => {
  for (const name of Object.keys(themeSources)) expect(configKeys.theme.what).toContain(`\`${name}\``);
});
