// What the keys of a search do: type it, go from match to match, end it. In rows and in the conversation alike.

import { pageConversation } from '../panes/conversation.ts';
import { hitNear, showHit } from '../panes/hits.ts';
import type { Stage } from '../stage.ts';
import { say } from '../submit.ts';
import { type Search, type Spot, searchOf } from '../view.ts';
import type { Match } from './find.ts';
import { type MoreRows, type Searched, searchedIn } from './searched.ts';

/** Rows above a match that was gone to. */
const ABOVE = 3;

/** What had been typed before is gone: a new search begins empty. */
export function startSearch(stage: Stage): void {
  const searched = searchedIn(stage);
  const from = searched === undefined ? conversationSpot(stage) : { row: searched.top, column: 0 };
  if (from === undefined) return;
  stage.hits.stop();
  setSearch(stage, { query: '', typing: true, from });
}

/** Each change looks anew from where the search began. */
export function changeSearch(stage: Stage, change: (query: string) => string): void {
  const search = searchOf(stage.view.getState());
  if (search === undefined) return;
  const query = change(search.query);
  if (query === search.query) return;
  const next = { ...search, query, at: undefined };
  setSearch(stage, next);
  const searched = searchedIn(stage);
  if (searched !== undefined) {
    showNearest(stage, searched, next);
    return;
  }
  const page = pageConversation(stage.screen.getState(), stage);
  const from = 'seq' in search.from ? search.from.seq : Number.POSITIVE_INFINITY;
  if (page !== undefined) stage.hits.start(query, page.width, stage.engine.session.getState().seq, from);
}

/** Enter: the keys go to what was found. Where nothing is typed, or nothing found, the search is over. */
export function endTyping(stage: Stage): void {
  const search = searchOf(stage.view.getState());
  if (search === undefined) return;
  if (search.query.trim() === '') endSearch(stage);
  else setSearch(stage, { ...search, typing: false });
}

export function endSearch(stage: Stage): void {
  stage.hits.stop();
  setSearch(stage, undefined);
}

/** The next match below (or, with -1, above), round the end. */
export function moveMatch(stage: Stage, by: 1 | -1): void {
  const search = searchOf(stage.view.getState());
  const searched = searchedIn(stage);
  if (search === undefined) return;
  if (searched === undefined) moveHit(stage, search, by);
  else moveInRows(stage, search, searched, by);
}

function moveInRows(stage: Stage, search: Search, searched: Searched, by: 1 | -1): void {
  const matches = stage.find(searched, search.query);
  const next = nextIn(matches, search, by);
  const match = matches[next];
  if (match !== undefined) showMatch(stage, searched, match);
  else if (searched.more !== undefined) void readOn(stage, search, searched.more, by);
  else if (matches.length === 0) say(stage, 'it is not here');
  else showMatch(stage, searched, matches.at(by > 0 ? 0 : -1));
}

/** Index of the match below (or, with -1, above); -1, or as many as there are, where it is none of these. */
function nextIn(matches: readonly Match[], search: Search, by: 1 | -1): number {
  const at = indexOf(matches, search.at ?? search.from);
  return by < 0 ? at - 1 : isAt(matches[at], search.at) ? at + 1 : at;
}

/** Goes on where no match has been read, until there is one; other keys have their turn meanwhile, and may end it. */
async function readOn(stage: Stage, search: Search, more: MoreRows, by: 1 | -1): Promise<void> {
  const { query, from, at } = search;
  /** True when it has shown one, or when nobody waits for it any more. */
  const goOn = async (pick: (matches: readonly Match[]) => Match | undefined): Promise<boolean> => {
    do {
      const now = searchOf(stage.view.getState());
      const searched = searchedIn(stage);
      if (searched === undefined || now?.from !== from || now.query !== query || now.at !== at) return true;
      const match = pick(stage.find(searched, query));
      if (match === undefined) continue;
      showMatch(stage, searched, match);
      return true;
    } while (await more.read(by));
    return false;
  };
  if (await goOn((matches) => matches[nextIn(matches, search, by)])) return;
  if (by > 0) await more.first();
  const isDone = await goOn((matches) => matches.at(by > 0 ? 0 : -1));
  if (!isDone && searchOf(stage.view.getState())?.typing === false) say(stage, 'it is not here');
}

/** `n` goes on in the direction in which the place is searched: the conversation from its end to its beginning. */
export function nextMatch(stage: Stage, by: 1 | -1): void {
  const isConversation = searchedIn(stage) === undefined;
  moveMatch(stage, isConversation ? (by > 0 ? -1 : 1) : by);
}

/** More was found in the conversation: the first match is gone to when it comes. */
export function takeHits(stage: Stage): void {
  const search = stage.view.getState().search;
  if (search === undefined || search.at !== undefined || searchedIn(stage) !== undefined) return;
  const { hits, done } = stage.hits.found();
  const hit = hitNear(hits, done, search.from);
  if (hit !== undefined) void goTo(stage, hit);
}

function moveHit(stage: Stage, search: Search, by: 1 | -1): void {
  const { hits, done } = stage.hits.found();
  const { at } = search;
  const current = hits.findIndex(
    (hit) => at !== undefined && 'item' in at && hit.item === at.item && hit.nth === at.nth,
  );
  // The newest is the first: down is back in the list.
  const next = current - by;
  if (next >= 0 && next < hits.length) void goTo(stage, hits[next]);
  else if (!done) say(stage, 'still searching earlier ones');
  else if (hits.length === 0) say(stage, 'it is not here');
  else void goTo(stage, next < 0 ? hits.at(-1) : hits[0]);
}

async function goTo(stage: Stage, hit: Spot | undefined): Promise<void> {
  const search = searchOf(stage.view.getState());
  if (search === undefined || hit === undefined || !('item' in hit)) return;
  setSearch(stage, { ...search, at: hit });
  await showHit(stage, hit, search.query);
}

function showNearest(stage: Stage, searched: Searched, search: Search): void {
  const matches = stage.find(searched, search.query);
  const match = matches[indexOf(matches, search.from)];
  if (match === undefined && searched.more !== undefined && search.query.trim() !== '')
    void readOn(stage, search, searched.more, 1);
  else showMatch(stage, searched, match ?? matches[0]);
}

function showMatch(stage: Stage, { top, height, show }: Searched, match: Match | undefined): void {
  const search = searchOf(stage.view.getState());
  if (search === undefined || match === undefined) return;
  const [{ row, from }] = match;
  setSearch(stage, { ...search, at: { row, column: from } });
  const isShown = row >= top && row < top + height;
  // What grows is not followed away from it either.
  show({ row, top: isShown ? top : Math.max(0, row - ABOVE) });
}

/** Index of the first match at the place or behind it; as many as there are where there is none. */
export function indexOf(matches: readonly Match[], spot: Spot): number {
  if (!('row' in spot)) return 0;
  const { row, column } = spot;
  const at = matches.findIndex(([first]) => first.row > row || (first.row === row && first.from >= column));
  return at < 0 ? matches.length : at;
}

export function isAt(match: Match | undefined, spot: Spot | undefined): boolean {
  return spot !== undefined && 'row' in spot && match?.[0].row === spot.row && match[0].from === spot.column;
}

/** The item at the foot of the pane; in what follows its end, the newest. */
function conversationSpot(stage: Stage): Spot | undefined {
  const { focus, conversation } = stage.view.getState();
  if (focus !== 'conversation') return undefined;
  const screen = stage.screen.getState();
  const page = pageConversation(screen, stage);
  if (page === undefined) return undefined;
  if (conversation === undefined) return { item: '', seq: Number.POSITIVE_INFINITY, nth: 0 };
  const foot = page.foot;
  return { item: '', seq: page.items[foot.block]?.seq ?? Number.POSITIVE_INFINITY, nth: 0 };
}

function setSearch(stage: Stage, search: Search | undefined): void {
  stage.view.setState(({ reading }) => (reading ? { reading: { ...reading, search } } : { search }));
}
