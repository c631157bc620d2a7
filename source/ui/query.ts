// What is typed to look something up, wherever that is: in a search, among earlier prompts, in the help.
import { MOST_QUERY } from './search/find.ts';
import { changeSearch } from './search/search.ts';
import { changeSeeking } from './seeking.ts';
import type { Stage } from './stage.ts';
import { clean } from './text/clean.ts';
import { aidOf, coverOf, searchOf } from './view.ts';

/** Changes whichever is open. False: none is. */
export function editQuery(stage: Stage, change: (query: string) => string): boolean {
  const view = stage.view.getState();
  const bounded = (query: string): string => change(query).slice(0, MOST_QUERY).toWellFormed();
  if (coverOf(view) === 'help')
    // Other keys are shown from the first one down.
    stage.view.setState(({ sought = '' }) => ({ sought: bounded(sought), help: 0 }));
  else if (searchOf(view)?.typing) changeSearch(stage, bounded);
  else if (aidOf(view, false) === 'recall') changeSeeking(stage, bounded);
  else return false;
  return true;
}

/** Typed or pasted. */
export function typeQuery(stage: Stage, text: string): boolean {
  return editQuery(stage, (query) => query + clean(text, { newlines: false }));
}
