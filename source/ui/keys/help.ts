// The keys of the help.
import type { Place } from './place.ts';

export const helpKeys: Place = {
  where: 'help',
  title: 'In the help',
  bindings: [
    { keys: ['up', 'k'], action: 'help up', title: 'a row up' },
    { keys: ['down', 'j'], action: 'help down', title: 'a row down' },
  ],
};
