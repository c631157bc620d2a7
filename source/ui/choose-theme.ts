// Which of the themes this terminal gets: the one that the person names, else by its background.
import { colourLevel, type TerminalEnvironment } from './terminal/colour-level.ts';
import { loadTheme, type Theme, themeSources } from './theme.ts';

export type ThemeName = keyof typeof themeSources | 'auto';

/** Without colours the weights have to carry the meaning, whatever theme is named. */
export function chooseTheme(name: ThemeName, environment: TerminalEnvironment): Theme {
  const level = colourLevel(environment);
  if (level === 0) return loadTheme(themeSources.mono, level);
  const chosen = name !== 'auto' ? name : isLight(environment.COLORFGBG) ? 'light' : 'dark';
  return loadTheme(themeSources[chosen], level);
}

/** `foreground;background` by the 16 ANSI colours, as rxvt, Konsole and others have it; white and bright ones are light. */
function isLight(colours = ''): boolean {
  const background = /;(\d+)$/.exec(colours)?.[1];
  return background === '7' || (Number(background) >= 9 && Number(background) <= 15);
}
