// The help: every key from the table, with the reason why it would do nothing now.
import type { SessionState } from '../../session/state.ts';
import { keymap, reasonAgainst } from '../keymap.ts';
import type { Binding } from '../keys/place.ts';
import { behind } from '../text/behind.ts';
import { fit } from '../text/fit.ts';
import { pad } from '../text/width.ts';
import type { Theme } from '../theme.ts';

const words = '/compact  /new  /test  /help  /quit, and commit alone: ships what is not committed';
/** Columns of the keys; where there are fewer, the last ones of a binding go. */
const KEYS = 30;

export function helpRows(session: SessionState, width: number, theme: Theme): string[] {
  const keys = keymap.flatMap(({ title, bindings }) => [
    '',
    theme.sgr('heading', title),
    ...bindings.flatMap((binding) => bindingRows(binding, session, width, theme)),
  ]);
  return [...keys.slice(1), '', ...behind('Words  ', words, width)];
}

function bindingRows(binding: Binding, session: SessionState, width: number, theme: Theme): string[] {
  const reason = reasonAgainst(binding, session);
  const columns = Math.min(KEYS, Math.floor(width / 3));
  const spellings = binding.keys.map((key, at) => ({ text: spell(key), rank: -at }));
  const keys = pad(fit(spellings, '  ', columns), columns);
  if (reason === undefined) return behind(`  ${theme.sgr('accent', keys)} `, binding.title, width);
  return behind(`  ${keys} `, `${binding.title} (not now: ${reason})`, width).map((row) =>
    theme.sgr('dim', row),
  );
}

/** Keys whose names on a keyboard are not their own with a capital. */
const spelled = new Map([
  ['escape', 'Esc'],
  ['pageup', 'PgUp'],
  ['pagedown', 'PgDn'],
]);

/** `ctrl+c` as it stands on a keyboard: `Ctrl+C`. A letter alone stays as it is: j is not J. */
export function spell(key: string): string {
  const parts = key.split('+');
  if (parts.length === 1 && key.length === 1) return key;
  return parts.map((part) => spelled.get(part) ?? part.charAt(0).toUpperCase() + part.slice(1)).join('+');
}
