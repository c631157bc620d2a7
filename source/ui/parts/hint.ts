// The few keys that matter at this moment, for the line above the composer.
import { isEmpty } from '../editor.ts';
import { bindingsOf, type Keymap, reasonAgainst } from '../keymap.ts';
import { spell } from '../keys/key-name.ts';
import type { Where } from '../keys/place.ts';
import type { Screen } from '../screen.ts';

export function hintFor(keymap: Keymap, { view, session }: Screen): string {
  if (view.help !== undefined) return 'Esc closes · ↑ ↓ scroll';
  if (view.opened !== undefined) return [...paneHints(keymap, 'diff', session), 'Esc closes'].join(' · ');
  if (view.focus !== 'composer') return [...paneHints(keymap, view.focus, session), 'Esc back'].join(' · ');
  if (view.editing !== undefined) return 'Enter puts it back · Esc leaves it as it was';
  const running = session.turns.running !== undefined;
  if (running) return isEmpty(view.draft) ? 'Esc interrupts · F1 keys' : 'Enter queues · Tab steers';
  if (session.queue.paused !== undefined && isEmpty(view.draft)) return 'Enter goes on · F1 keys';
  return isEmpty(view.draft) ? 'F1 keys' : 'Enter sends · Ctrl+J new line';
}

function paneHints(keymap: Keymap, where: Where, session: Screen['session']): string[] {
  return bindingsOf(keymap, where)
    .filter(
      (binding) =>
        binding.hint !== undefined &&
        binding.keys.length > 0 &&
        reasonAgainst(binding, session) === undefined,
    )
    .map((binding) => `${spell(binding.keys[0] ?? '')} ${binding.hint}`);
}
