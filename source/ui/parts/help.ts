// The help: every key from the table, with the reason why it would do nothing now.
import type { SessionState } from '../../session/state.ts';
import { type Binding, keymap, reasonAgainst, type Where } from '../keymap.ts';
import { cut, pad } from '../text/width.ts';
import type { Theme } from '../theme.ts';

const sections: readonly (readonly [Where, string])[] = [
  ['everywhere', 'Everywhere'],
  ['composer', 'Composer'],
  ['pane', 'In a pane'],
  ['conversation', 'Conversation'],
  ['tests', 'Tests'],
  ['commits', 'Commits'],
];
const words = [
  '',
  'Words: /compact  /new  /test  /help  /quit, and commit alone ships what is not committed',
];
const KEYS = 24;

export function helpRows(session: SessionState, width: number, theme: Theme): string[] {
  const keys = sections.flatMap(([where, title]) => [
    '',
    theme.sgr('heading', title),
    ...keymap
      .filter((binding) => binding.where === where)
      .map((binding) => bindingRow(binding, session, width, theme)),
  ]);
  return [...keys.slice(1), ...words].map((row) => cut(row, width));
}

function bindingRow(binding: Binding, session: SessionState, width: number, theme: Theme): string {
  const reason = reasonAgainst(binding, session);
  const keys = pad(binding.keys.map(spell).join('  '), Math.min(KEYS, Math.floor(width / 3)));
  if (reason !== undefined) return theme.sgr('dim', `  ${keys} ${binding.title} (not now: ${reason})`);
  return `  ${theme.sgr('accent', keys)} ${binding.title}`;
}

/** `ctrl+c` as it stands on a keyboard: `Ctrl+C`. A letter alone stays as it is: j is not J. */
export function spell(key: string): string {
  const parts = key.split('+');
  if (parts.length === 1 && key.length === 1) return key;
  return parts.map((part) => part.charAt(0).toUpperCase() + part.slice(1)).join('+');
}
