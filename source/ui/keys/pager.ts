// The keys of an item that is read over the panes.
import type { Place } from './place.ts';

export const pagerKeys: Place = {
  where: 'pager',
  title: 'Reading a call or a message',
  bindings: [
    { keys: ['up', 'k'], action: 'pager up', title: 'a row up' },
    { keys: ['down', 'j'], action: 'pager down', title: 'a row down' },
    { keys: [' '], action: 'page down', title: 'page down' },
    { keys: ['b'], action: 'page up', title: 'page up' },
    { keys: ['home', 'g'], action: 'pager top', title: 'to the top' },
    { keys: ['end', 'G'], action: 'pager end', title: 'to the end' },
    { keys: ['/'], action: 'start search', title: 'search', hint: 'search' },
    { keys: ['y'], action: 'copy item', title: 'copy all of it', hint: 'copy' },
    { keys: ['c'], action: 'copy code', title: 'copy its code: the command, the patch, a code block' },
  ],
};
