import { expect, test } from 'vitest';
import { configKeys } from '../../source/project/config-keys.ts';
import { chooseTheme } from '../../source/ui/choose-theme.ts';
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

test('the config has exactly the themes that there are', () => {
  expect(configKeys.theme.kind).toEqual({ of: 'choice', among: ['auto', ...Object.keys(themeSources)] });
});
