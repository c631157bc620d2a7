// The few keys that matter at this moment, for the line above the composer: the most useful first.
import { newestEnded } from '../../session/tests.ts';
import type { ActionName } from '../actions.ts';
import { chipAt, isEmpty } from '../editor.ts';
import { bindingsOf, type Keymap, keyFor, placesOf, reasonAgainst } from '../keymap.ts';
import { spell } from '../keys/key-name.ts';
import type { Where } from '../keys/place.ts';
import type { Screen } from '../screen.ts';
import { fit } from '../text/fit.ts';
import { aidOf, overlayOf, searchOf } from '../view.ts';

/** What a first character makes of a line: worth a word while there is none. */
const beginnings = ['/ commands', '@ files', '! runs a command'];

/** As many as fit; '' where none does. */
export function hintFor(keymap: Keymap, screen: Screen, width: number): string {
  const hints = hintsFor(keymap, screen);
  const whole = hints.map((text, at) => ({ text, rank: -at }));
  const row = fit(whole, ' · ', width);
  return hints.some((hint) => row.startsWith(hint)) ? row : '';
}

function hintsFor(keymap: Keymap, { view, session, completion }: Screen): string[] {
  const overlay = overlayOf(view);
  const search = searchOf(view);
  const aid = aidOf(view, completion !== undefined);
  const places = placesOf(view.focus, overlay, search, aid);
  /** The action's key here and what it means now; nothing where no key does it. */
  const key = (action: ActionName, means: string): string[] => {
    const name = keyFor(keymap, action, places);
    return name === undefined ? [] : [`${name} ${means}`];
  };
  const help = key('help', 'keys');
  if (overlay === 'help')
    return [...key('back', 'closes'), ...key('help up', 'and Down scroll'), 'letters find'];
  if (search !== undefined)
    return [...placeHints(keymap, search.typing ? 'search' : 'found', session), ...key('back', 'ends')];
  if (overlay === 'background') return [...key('back', 'closes'), ...placeHints(keymap, overlay, session)];
  const back = key('back', 'back');
  if (overlay !== undefined)
    return [
      ...back,
      ...behindFirst(placeHints(keymap, overlay, session), placeHints(keymap, 'reading', session)),
    ];
  if (view.given !== undefined) return placeHints(keymap, 'program', session);
  if (aid !== undefined) return placeHints(keymap, aid, session);
  if (view.focus !== 'composer')
    return [...behindFirst(placeHints(keymap, view.focus, session), back), ...key('zoom', 'zoom'), ...help];
  if (view.editing !== undefined)
    return [
      ...key('submit', 'puts it back'),
      ...key('send now', 'puts it back'),
      ...key('back', 'leaves it as it was'),
    ];
  const { running } = session.turns;
  if (!isEmpty(view.draft)) {
    const now = running === undefined ? 'sends' : 'steers';
    return [
      ...key('submit', running === undefined ? 'sends' : 'queues'),
      ...key('send now', now),
      ...(running === undefined ? [] : [...key('steer', 'steers'), ...key('queue', 'queues')]),
      ...(chipAt(view.draft)?.chip?.kind === 'paste' ? key('open chip', 'opens the paste') : []),
      ...key('newline', 'new line'),
      ...help,
    ];
  }
  const stop = keyFor(keymap, 'back or edit', places) === undefined ? 'back' : 'back or edit';
  if (running !== undefined) return [...key(stop, 'interrupts'), ...help, ...key('tests', 'tests')];
  const paused =
    session.queue.paused === undefined ? [] : [...key('submit', 'goes on'), ...key('send now', 'goes on')];
  const red = newestEnded(session.tests)?.verdict === 'red' ? key('tests', 'tests') : [];
  return [...paused, ...help, ...red, ...beginnings];
}

/** Where it is narrow the first key of a place is there, and what holds in several; then come its others. */
function behindFirst([first, ...others]: readonly string[], shared: readonly string[]): string[] {
  return [...(first === undefined ? [] : [first]), ...shared, ...others];
}

function placeHints(keymap: Keymap, where: Where, session: Screen['session']): string[] {
  return bindingsOf(keymap, where)
    .filter(({ hint, keys }) => hint !== undefined && keys.length > 0)
    .filter((binding) => reasonAgainst(binding, session) === undefined)
    .map(({ keys, hint }) => `${spell(keys[0] ?? '')} ${hint}`);
}
