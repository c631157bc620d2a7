// The few keys that matter at this moment, for the line above the composer.
import { isEmpty } from '../editor.ts';
import { bindingsOf, reasonAgainst } from '../keymap.ts';
import type { Where } from '../keys/place.ts';
import type { Screen } from '../screen.ts';
import { spell } from './help.ts';

export function hintFor({ view, session }: Screen): string {
  if (view.help !== undefined) return 'Esc closes · ↑ ↓ scroll';
  if (view.opened !== undefined) return [...paneHints('diff', session), 'Esc closes'].join(' · ');
  if (view.focus !== 'composer') return [...paneHints(view.focus, session), 'Esc back'].join(' · ');
  const running = session.turns.running !== undefined;
  if (running) return isEmpty(view.draft) ? 'Esc interrupts · F1 keys' : 'Enter queues · Tab steers';
  if (session.queue.paused !== undefined && isEmpty(view.draft)) return 'Enter goes on · F1 keys';
  return isEmpty(view.draft) ? 'F1 keys' : 'Enter sends · Ctrl+J new line';
}

function paneHints(where: Where, session: Screen['session']): string[] {
  return bindingsOf(where)
    .filter((binding) => binding.hint !== undefined && reasonAgainst(binding, session) === undefined)
    .map((binding) => `${spell(binding.keys[0] ?? '')} ${binding.hint}`);
}
