// The keys that every focused pane has.
import type { Place } from './place.ts';

export const paneKeys: Place = {
  where: 'pane',
  title: 'In any pane',
  bindings: [
    { keys: ['tab'], action: 'next pane', title: 'next pane' },
    { keys: ['up'], action: 'row up', title: 'a row up' },
    { keys: ['down'], action: 'row down', title: 'a row down' },
    { keys: ['home', 'g'], action: 'top', title: 'to the top' },
    { keys: ['end', 'G'], action: 'bottom', title: 'to the end, and follow it' },
  ],
};
