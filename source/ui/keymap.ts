// Every key as data: what it does, where, and what the help says about it. A table a place, in `keys/`.
// A keymap is a value: the tables as they stand there, or as a person's config changes them (`rebind.ts`).
import { type Command, decide } from '../session/commands.ts';
import type { SessionState } from '../session/state.ts';
import type { ActionName } from './actions.ts';
import { backgroundKeys } from './keys/background.ts';
import { commitsKeys } from './keys/commits.ts';
import { completionKeys } from './keys/completion.ts';
import { composerKeys } from './keys/composer.ts';
import { conversationKeys } from './keys/conversation.ts';
import { everywhereKeys } from './keys/everywhere.ts';
import { helpKeys } from './keys/help.ts';
import { spell } from './keys/key-name.ts';
import { paneKeys } from './keys/pane.ts';
import type { Binding, Place, Where } from './keys/place.ts';
import { programKeys } from './keys/program.ts';
import { queryKeys } from './keys/query.ts';
import { queueKeys } from './keys/queue.ts';
import { diffKeys, outputKeys, pagerKeys, readingKeys } from './keys/reading.ts';
import { recallKeys } from './keys/recall.ts';
import { runKeys } from './keys/run.ts';
import { foundKeys, searchKeys } from './keys/search.ts';
import { testsKeys } from './keys/tests.ts';
import { panes } from './layout.ts';
import { type Aid, type Focus, type Overlay, overlays, type Search } from './view.ts';

export type Keymap = readonly Place[];

/** In the order of the help and of docs/keymap.md. */
export const standardKeys: Keymap = [
  composerKeys,
  completionKeys,
  recallKeys,
  everywhereKeys,
  queueKeys,
  paneKeys,
  conversationKeys,
  testsKeys,
  runKeys,
  programKeys,
  commitsKeys,
  readingKeys,
  pagerKeys,
  diffKeys,
  backgroundKeys,
  outputKeys,
  queryKeys,
  searchKeys,
  foundKeys,
  helpKeys,
];

/** Where a key is looked for while a program has the keyboard. */
export const programPlaces: readonly Where[] = ['program'];

/** Where a key is looked for, nearest first. Under an overlay nothing but it and what holds everywhere answers. */
export function placesOf(
  focus: Focus,
  overlay: Overlay | undefined,
  search?: Search,
  aid?: Aid,
): readonly Where[] {
  if (search?.typing) return ['search', 'query', 'everywhere'];
  const found: readonly Where[] = search === undefined ? [] : ['found'];
  if (overlay === 'help') return [overlay, 'query', 'everywhere'];
  if (overlay === 'background') return [overlay, 'everywhere'];
  // It has no keys of its own.
  if (overlay === 'pace') return [...found, 'reading', 'everywhere'];
  if (overlay !== undefined) return [...found, overlay, 'reading', 'everywhere'];
  if (aid === 'recall') return [aid, 'query', 'everywhere'];
  if (aid === 'completion') return [aid, 'composer', 'everywhere'];
  if (focus === 'composer' || focus === 'queue') return [focus, 'everywhere'];
  return [...found, focus, 'pane', 'everywhere'];
}

/** Each list of places in which a key can be looked for. */
export function allLookups(): readonly (readonly Where[])[] {
  return [
    placesOf('composer', undefined),
    placesOf('queue', undefined),
    ...[...panes, 'run' as const].map((pane) => placesOf(pane, undefined)),
    programPlaces,
    ...overlays.map((overlay) => placesOf('composer', overlay)),
    placesOf('composer', undefined, undefined, 'recall'),
    placesOf('composer', undefined, undefined, 'completion'),
    ['search', 'query', 'everywhere'],
    // While matches are marked its keys go before a pane's, whatever those are.
    ['found', 'everywhere'],
  ];
}

/** The keys of one place. */
export function bindingsOf(keymap: Keymap, where: Where): readonly Binding[] {
  return keymap.find((place) => place.where === where)?.bindings ?? [];
}

/** Shift with a key that means nothing by itself is the key alone, as most terminals send it. */
export function findAction(keymap: Keymap, key: string, places: readonly Where[]): ActionName | undefined {
  for (const where of places) {
    const binding = bindingsOf(keymap, where).find(({ keys }) => keys.includes(key));
    if (binding !== undefined) return binding.action;
  }
  return key.includes('shift+') ? findAction(keymap, key.replace('shift+', ''), places) : undefined;
}

/** The first key that does it there, as it is spelled; undefined where none does. */
export function keyFor(keymap: Keymap, action: ActionName, places: readonly Where[]): string | undefined {
  for (const where of places) {
    const binding = bindingsOf(keymap, where).find((each) => each.action === action);
    const key = binding?.keys.find((each) => findAction(keymap, each, places) === action);
    if (key !== undefined) return spell(key);
  }
  return undefined;
}

/** Why a key would do nothing now; undefined where it would. */
export function reasonAgainst(binding: Binding, session: SessionState): string | undefined {
  if (binding.command === undefined) return binding.against?.(session);
  return refusalOf(session, binding.command);
}

/** Why the session would refuse a command now. */
export function refusalOf(session: SessionState, command: Command): string | undefined {
  const decision = decide(session, command);
  return 'refused' in decision ? decision.refused : undefined;
}
