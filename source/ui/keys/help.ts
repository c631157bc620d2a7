// The keys of the help. Letters look for a key, by its name or by what it does.
import type { Place } from './place.ts';

export const helpKeys: Place = {
  where: 'help',
  title: 'In the help',
  typing: true,
  bindings: [
    { keys: ['up', 'ctrl+p'], action: 'help up', title: 'a row up', hint: 'scrolls' },
    { keys: ['down', 'ctrl+n'], action: 'help down', title: 'a row down' },
    { keys: ['home'], action: 'help top', title: 'to the top' },
    { keys: ['end'], action: 'help end', title: 'to the end' },
  ],
};
