// How many colours this terminal has, as far as its environment says.
import type { ColourLevel } from '../theme.ts';

export interface TerminalEnvironment {
  readonly NO_COLOR?: string;
  readonly COLORTERM?: string;
  readonly COLORFGBG?: string;
  readonly TERM?: string;
  readonly TERM_PROGRAM?: string;
  readonly TMUX?: string;
}

/** `NO_COLOR` as no-color.org has it: any value but an empty one. */
export function colourLevel({ NO_COLOR, COLORTERM, TERM = '' }: TerminalEnvironment): ColourLevel {
  if (NO_COLOR || TERM === 'dumb') return 0;
  if (COLORTERM === 'truecolor' || COLORTERM === '24bit') return 3;
  return TERM.includes('256color') ? 2 : 1;
}
