// The lines between the panes and above the composer.
import { expect, test } from 'vitest';
import { composerLine } from '../../../source/ui/parts/lines.ts';
import { plainText } from '../../../source/ui/search/find.ts';
import { loadTheme, themeSources } from '../../../source/ui/theme.ts';

test('a message that quotes a file or a program cannot drive the terminal', () => {
  const message = 'evil\x1b[2J\x1b]0;title\x07\nname.png is too large';
  const line = composerLine({ width: 40, message, hint: () => '' }, loadTheme(themeSources.dark, 3));
  expect(plainText(line)).toBe('─ evil name.png is too large ───────────');
});
