// The keys of a completion over the composer.
import type { Place } from './place.ts';

export const completionKeys: Place = {
  where: 'completion',
  title: 'While names are offered',
  typing: true,
  passing: true,
  bindings: [
    { keys: ['tab'], action: 'take name', title: 'take the chosen one', hint: 'takes' },
    { keys: ['enter'], action: 'use name', title: 'take it; a command is done at once' },
    { keys: ['up', 'ctrl+p'], action: 'name up', title: 'the one above', hint: 'and Down choose' },
    { keys: ['down', 'ctrl+n'], action: 'name down', title: 'the one below' },
    { keys: ['escape'], action: 'close names', title: 'offer none for this word', hint: 'closes' },
  ],
};
