// The keys of whatever is typed to look something up: a search, an earlier prompt, a key in the help.
import type { Place } from './place.ts';

export const queryKeys: Place = {
  where: 'query',
  title: 'Typing what is looked for',
  typing: true,
  bindings: [
    { keys: ['backspace'], action: 'query shorter', title: 'delete left' },
    { keys: ['ctrl+w', 'alt+backspace'], action: 'query word', title: 'delete the word before' },
    { keys: ['ctrl+u'], action: 'query empty', title: 'delete all of it' },
  ],
};
