// From a key press or a paste to what it does.
import type { Key } from 'ink';
import { perform } from './actions.ts';
import { pasteText } from './attach.ts';
import { type } from './focus.ts';
import { findAction, placesOf } from './keymap.ts';
import { isTyped } from './keys/key-name.ts';
import type { Stage } from './stage.ts';
import { nameKey } from './terminal/name-key.ts';
import { overlayOf } from './view.ts';

/** `input` and `key` as Ink gives them; several characters that came at once are one input. */
export function press(stage: Stage, input: string, key: Key): void {
  const view = stage.view.getState();
  const places = placesOf(view.focus, overlayOf(view));
  const name = nameKey(input, key);
  const action = name === undefined ? undefined : findAction(stage.keymap, name, places);
  if (action !== undefined) perform(stage, action);
  else if (places[0] !== 'composer') for (const each of lettersOf(input)) press(stage, each, key);
  else if (!key.ctrl && !key.meta && (name === undefined || isTyped(name))) type(stage, input);
}

export function paste(stage: Stage, text: string): void {
  stage.view.setState({ focus: 'composer', help: undefined, opened: undefined });
  pasteText(stage, text);
}

/** Where letters are keys, each of several is one; a single one has been tried already. */
function lettersOf(input: string): readonly string[] {
  const letters = [...input];
  return letters.length > 1 ? letters : [];
}
