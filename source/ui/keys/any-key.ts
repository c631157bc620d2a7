// The keys that messages name: whatever the person has bound.
import type { ActionName } from '../actions.ts';
import { spell } from './key-name.ts';
import type { Place } from './place.ts';

/** A key for the first of the actions that has one, for a message; '' where none has. */
export function anyKeyFor(keymap: readonly Place[], ...actions: readonly ActionName[]): string {
  const bindings = keymap.flatMap((place) => place.bindings);
  const keys = actions.flatMap(
    (action) => bindings.find((each) => each.action === action && each.keys.length > 0)?.keys ?? [],
  );
  return keys[0] === undefined ? '' : spell(keys[0]);
}
