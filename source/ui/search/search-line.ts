// The line in which a search is typed, with the place among the matches: `/ slug()  3/17`.
import type { Stage } from '../stage.ts';
import { grouped } from '../text/amounts.ts';
import { clean } from '../text/clean.ts';
import { type Search, searchOf, type View } from '../view.ts';
import { MOST_MATCHES } from './find.ts';
import { indexOf, isAt } from './search.ts';
import { searchedIn } from './searched.ts';

export interface SearchLine {
  readonly query: string;
  /** Where among the matches; '' while nothing is typed. */
  readonly place: string;
}

/** Undefined where nothing is searched. */
export function searchLine(stage: Stage, view: View): SearchLine | undefined {
  const search = searchOf(view);
  if (search === undefined) return undefined;
  const query = clean(search.query, { newlines: false });
  return { query, place: query.trim() === '' ? '' : placeOf(stage, view, search) };
}

function placeOf(stage: Stage, view: View, search: Search): string {
  const searched = searchedIn(stage, view);
  if (searched === undefined) return hitPlace(stage, search);
  const matches = stage.find(searched, search.query);
  const at = indexOf(matches, search.at ?? search.from);
  const isAll = searched.more === undefined;
  return spell(isAt(matches[at], search.at) ? at + 1 : undefined, matches.length, isAll);
}

/** Counted from the newest: what comes up the further back the search reads has the higher numbers. */
function hitPlace(stage: Stage, { at }: Search): string {
  const { hits, done } = stage.hits.found();
  const current =
    at !== undefined && 'item' in at
      ? hits.findIndex((hit) => hit.item === at.item && hit.nth === at.nth)
      : -1;
  return spell(current < 0 ? undefined : current + 1, hits.length, done);
}

function spell(at: number | undefined, count: number, done: boolean): string {
  if (count === 0) return done ? 'none' : '…';
  const all = grouped(count) + (count >= MOST_MATCHES ? '+' : done ? '' : ' …');
  return at === undefined ? all : `${grouped(at)}/${all}`;
}
