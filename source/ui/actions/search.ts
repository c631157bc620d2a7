// What keys do while something is searched.
import { editQuery, endSearch, endTyping, moveMatch, nextMatch, startSearch } from '../search/search.ts';
import type { Stage } from '../stage.ts';

const lastGrapheme = /(?:\P{M}\p{M}*|\p{M}+)$/u;
const lastWord = /\S*\s*$/;

export const searchActions = {
  'start search': startSearch,
  search: endTyping,
  'end search': endSearch,
  'query shorter': (stage: Stage) => editQuery(stage, (query) => query.replace(lastGrapheme, '')),
  'query word': (stage: Stage) => editQuery(stage, (query) => query.replace(lastWord, '')),
  'query empty': (stage: Stage) => editQuery(stage, () => ''),
  'match up': (stage: Stage) => moveMatch(stage, -1),
  'match down': (stage: Stage) => moveMatch(stage, 1),
  'next match': (stage: Stage) => nextMatch(stage, 1),
  'previous match': (stage: Stage) => nextMatch(stage, -1),
};
