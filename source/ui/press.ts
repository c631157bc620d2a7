// From a key press or a paste to what it does.
import type { Key } from 'ink';
import { perform } from './actions.ts';
import { pasteText, typeText } from './attach.ts';
import { completionOf } from './completion/completion.ts';
import { tokenAt } from './completion/token.ts';
import { uncovered } from './focus.ts';
import { findAction, placesOf, programPlaces } from './keymap.ts';
import { isTyped } from './keys/key-name.ts';
import type { Where } from './keys/place.ts';
import { passOn, passPaste, programOf } from './program.ts';
import { typeQuery } from './query.ts';
import type { Stage } from './stage.ts';
import { nameKey } from './terminal/name-key.ts';
import { aidOf, overlayOf, searchOf } from './view.ts';

/** `input` and `key` as Ink gives them; several characters that came at once are one input. */
export function press(stage: Stage, input: string, key: Key): void {
  forgetChoice(stage);
  const view = stage.view.getState();
  const program = programOf(view);
  const places =
    program === undefined
      ? placesOf(
          view.focus,
          overlayOf(view),
          searchOf(view),
          aidOf(view, completionOf(stage, view) !== undefined),
        )
      : programPlaces;
  const name = nameKey(input, key);
  const action = name === undefined ? undefined : findAction(stage.keymap, name, places);
  if (action !== undefined) perform(stage, action);
  else if (program !== undefined) passOn(stage, program, input, key);
  else if (!key.ctrl && !key.meta && isText(name)) write(stage, places[0], input, key);
}

/** Text goes where one types; anywhere else each of its letters is a key. */
function write(stage: Stage, where: Where | undefined, input: string, key: Key): void {
  if (where === 'composer' || where === 'completion') typeText(stage, input);
  else if (!typeQuery(stage, input)) for (const each of lettersOf(input)) press(stage, each, key);
}

export function paste(stage: Stage, text: string): void {
  const program = programOf(stage.view.getState());
  if (program !== undefined) {
    passPaste(stage, program, text);
    return;
  }
  if (typeQuery(stage, text)) return;
  stage.view.setState({ focus: 'composer', push: undefined, ...uncovered, search: undefined });
  pasteText(stage, text);
}

/** Where no word is being completed, the next one is another, also in the same place. */
function forgetChoice({ view }: Stage): void {
  const { completing, draft } = view.getState();
  if (completing !== undefined && tokenAt(draft) === undefined) view.setState({ completing: undefined });
}

/** A key with a name of its own is no text, even where it means nothing. */
function isText(name: string | undefined): boolean {
  return name === undefined || isTyped(name);
}

/** Where letters are keys, each of several is one; a single one has been tried already. */
function lettersOf(input: string): readonly string[] {
  const letters = [...input];
  return letters.length > 1 ? letters : [];
}
