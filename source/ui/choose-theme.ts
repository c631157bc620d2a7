// Which theme this terminal gets: the one that the person names or wrote, else one by its background.
import { colourLevel, type TerminalEnvironment } from './terminal/colour-level.ts';
import { loadTheme, type Theme, themeSources } from './theme.ts';

export type ThemeName = keyof typeof themeSources | 'auto';
/** `own`: a theme as `loadTheme` reads it. */
export type ThemeChoice = ThemeName | { readonly own: unknown };

/** Without colours the weights have to carry the meaning, whatever theme is named. `light`: the background, where it is known. */
export function chooseTheme(
  choice: ThemeChoice,
  environment: TerminalEnvironment,
  light = isLight(environment.COLORFGBG),
): Theme {
  const level = colourLevel(environment);
  if (level === 0) return loadTheme(themeSources.mono, level);
  if (typeof choice === 'object') return loadTheme(choice.own, level);
  return loadTheme(themeSources[choice !== 'auto' ? choice : light ? 'light' : 'dark'], level);
}

/** Whether another background would mean another theme. */
export function followsBackground(choice: ThemeChoice, environment: TerminalEnvironment): boolean {
  return choice === 'auto' && colourLevel(environment) > 0;
}

/** `foreground;background` by the 16 ANSI colours, as rxvt, Konsole and others have it; white and bright ones are light. */
function isLight(colours = ''): boolean {
  const background = /;(\d+)$/.exec(colours)?.[1];
  return background === '7' || (Number(background) >= 9 && Number(background) <= 15);
}
