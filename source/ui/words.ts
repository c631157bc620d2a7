// The few words that are commands when they stand alone in the composer.
import type { Command } from '../session/commands.ts';

export interface Word {
  /** What the session is asked, or what this terminal does. */
  readonly does: Command | 'help' | 'pace' | 'quit';
  /** For the help. */
  readonly title: string;
}

export const words: Readonly<Record<string, Word>> = {
  '/help': { does: 'help', title: 'these keys' },
  '/compact': { does: { do: 'compact' }, title: "make the model's context shorter" },
  '/new': { does: { do: 'new' }, title: 'an empty context; everything else stays' },
  '/test': { does: { do: 'test' }, title: 'run the tests' },
  '/pace': { does: 'pace', title: 'where the time went' },
  '/quit': { does: 'quit', title: 'leave' },
  commit: { does: { do: 'ship' }, title: 'ship what is not committed' },
};

/** What a draft may begin with to be no prompt. */
export const marks: Readonly<Record<string, string>> = {
  '! COMMAND': 'run it in your own terminal; the model is told how it ended',
  '!! COMMAND': 'the same, and the model is not told',
};

/** The word, alone in whatever case; undefined where it is none. */
export function wordOf(text: string): Word | undefined {
  const name = text.trim().toLowerCase();
  return Object.hasOwn(words, name) ? words[name] : undefined;
}
