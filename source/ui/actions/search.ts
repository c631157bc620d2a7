// What keys do while something is searched.
import { endSearch, endTyping, moveMatch, nextMatch, startSearch } from '../search/search.ts';
import type { Stage } from '../stage.ts';

export const searchActions = {
  'start search': startSearch,
  search: endTyping,
  'end search': endSearch,
  'match up': (stage: Stage) => moveMatch(stage, -1),
  'match down': (stage: Stage) => moveMatch(stage, 1),
  'next match': (stage: Stage) => nextMatch(stage, 1),
  'previous match': (stage: Stage) => nextMatch(stage, -1),
};
