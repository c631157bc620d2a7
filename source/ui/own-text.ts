// The screen of the person's own terminal as text: to copy, and to begin a prompt with.
import { pageOwn } from './panes/run.ts';
import type { Stage } from './stage.ts';
import { clean } from './text/clean.ts';
import { quoted } from './text/quoted.ts';

/** The rows that are on the screen, without styles, blank rows at the ends or spaces behind; '' where there are none. */
export function ownText(stage: Stage): string {
  const { rows = [] } = pageOwn(stage.screen.getState(), stage) ?? {};
  const lines = rows.map((row) => clean(row, { newlines: false }).trimEnd());
  return lines
    .join('\n')
    .replace(/^\n+|\n+$/g, '')
    .replace(/\n{3,}/g, '\n\n');
}

/** The command and its screen as a quote, with the cursor on a line of its own behind it. */
export function ownPrompt({ engine }: Stage, text: string): string {
  const { own } = engine.live.state;
  const command = clean(own?.command.split('\n', 1)[0] ?? '', { newlines: false });
  return [`\`${command}\` shows:`, ...quoted(text.split('\n')), ''].join('\n');
}
