// The help: every key from the table, with the reason why it would do nothing now.
import type { SessionState } from '../../session/state.ts';
import { type Keymap, reasonAgainst } from '../keymap.ts';
import { spell } from '../keys/key-name.ts';
import type { Binding } from '../keys/place.ts';
import { behind } from '../text/behind.ts';
import { fit } from '../text/fit.ts';
import { pad } from '../text/width.ts';
import type { Theme } from '../theme.ts';

const words = '/compact  /new  /test  /help  /quit, and commit alone: ships what is not committed';
/** Columns of the keys; where there are fewer, the last ones of a binding go. */
const KEYS = 30;

export function helpRows(keymap: Keymap, session: SessionState, width: number, theme: Theme): string[] {
  const keys = keymap.flatMap(({ title, bindings }) => [
    '',
    theme.sgr('heading', title),
    ...bindings
      .filter(({ keys }) => keys.length > 0)
      .flatMap((binding) => bindingRows(binding, session, width, theme)),
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
