// Every key as data: what it does, where, and what the help says about it. A table a place, in `keys/`.
import { decide } from '../session/commands.ts';
import type { SessionState } from '../session/state.ts';
import type { ActionName } from './actions.ts';
import { commitsKeys } from './keys/commits.ts';
import { composerKeys } from './keys/composer.ts';
import { conversationKeys } from './keys/conversation.ts';
import { diffKeys } from './keys/diff.ts';
import { everywhereKeys } from './keys/everywhere.ts';
import { helpKeys } from './keys/help.ts';
import { paneKeys } from './keys/pane.ts';
import type { Binding, Place, Where } from './keys/place.ts';
import { testsKeys } from './keys/tests.ts';
import type { Focus, Overlay } from './view.ts';

/** In the order of the help and of docs/keymap.md. */
export const keymap: readonly Place[] = [
  composerKeys,
  everywhereKeys,
  paneKeys,
  conversationKeys,
  testsKeys,
  commitsKeys,
  diffKeys,
  helpKeys,
];

/** Where a key is looked for, nearest first. Under an overlay nothing but it and what holds everywhere answers. */
export function placesOf(focus: Focus, overlay: Overlay | undefined): readonly Where[] {
  if (overlay !== undefined) return [overlay, 'everywhere'];
  return focus === 'composer' ? ['composer', 'everywhere'] : [focus, 'pane', 'everywhere'];
}

/** The keys of one place. */
export function bindingsOf(where: Where): readonly Binding[] {
  return keymap.find((place) => place.where === where)?.bindings ?? [];
}

export function findAction(key: string, places: readonly Where[]): ActionName | undefined {
  for (const where of places) {
    const binding = bindingsOf(where).find(({ keys }) => keys.includes(key));
    if (binding !== undefined) return binding.action;
  }
  return undefined;
}

/** Why a key would do nothing now; undefined where it would. */
export function reasonAgainst(binding: Binding, session: SessionState): string | undefined {
  if (binding.command === undefined) return binding.against?.(session);
  const decision = decide(session, binding.command);
  return 'refused' in decision ? decision.refused : undefined;
}
