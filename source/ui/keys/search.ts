// The keys of a search: while its text is typed, and then among what it found.
import type { Place } from './place.ts';

export const searchKeys: Place = {
  where: 'search',
  title: 'Typing a search',
  typing: true,
  passing: true,
  bindings: [
    { keys: ['enter'], action: 'search', title: 'done: n and N go through the matches', hint: 'done' },
    { keys: ['up', 'ctrl+p'], action: 'match up', title: 'the match above', hint: 'above' },
    { keys: ['down', 'ctrl+n'], action: 'match down', title: 'the match below', hint: 'below' },
    { keys: ['ctrl+c'], action: 'end search', title: 'end the search' },
  ],
};

export const foundKeys: Place = {
  where: 'found',
  title: 'While matches are marked',
  passing: true,
  bindings: [
    {
      keys: ['n', 'enter'],
      action: 'next match',
      title: 'next match: down, in the conversation up to earlier ones',
      hint: 'next',
    },
    { keys: ['N'], action: 'previous match', title: 'the other way', hint: 'back' },
  ],
};
