// The keys of a commit, or a changed file, that is read over the panes.
import type { Place } from './place.ts';

export const diffKeys: Place = {
  where: 'diff',
  title: 'Reading a commit or a changed file',
  bindings: [
    { keys: ['up', 'k'], action: 'opened up', title: 'a row up' },
    { keys: ['down', 'j'], action: 'opened down', title: 'a row down' },
    { keys: ['home', 'g'], action: 'opened top', title: 'to the top' },
    { keys: ['end', 'G'], action: 'opened end', title: 'to the end' },
    { keys: ['/'], action: 'start search', title: 'search', hint: 'search' },
    { keys: ['n'], action: 'next file', title: 'next file', hint: 'next file' },
    { keys: ['p'], action: 'previous file', title: 'previous file', hint: 'previous' },
    { keys: ['y'], action: 'copy sha', title: 'copy its sha, or its path', hint: 'copy' },
    { keys: ['x'], action: 'leave out', title: 'leave the file out of what is shipped, or put it back' },
  ],
};
