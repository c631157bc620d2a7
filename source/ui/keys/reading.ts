// The keys of what is read over the panes: those that it always has, and those that only some of it has.
import type { Place } from './place.ts';

export const readingKeys: Place = {
  where: 'reading',
  title: 'Reading anything',
  bindings: [
    { keys: ['up', 'k'], action: 'read up', title: 'a row up' },
    { keys: ['down', 'j'], action: 'read down', title: 'a row down' },
    { keys: [' '], action: 'page down', title: 'page down' },
    { keys: ['b'], action: 'page up', title: 'page up' },
    { keys: ['home', 'g'], action: 'read top', title: 'to the top' },
    { keys: ['end', 'G'], action: 'read end', title: 'to the end; what still grows is followed there' },
    { keys: ['/'], action: 'start search', title: 'search', hint: 'search' },
    {
      keys: ['y'],
      action: 'copy read',
      title: 'copy all of it; of a commit its sha, of a file its path',
      hint: 'copy',
    },
  ],
};

export const pagerKeys: Place = {
  where: 'pager',
  title: 'Reading a call or a message',
  bindings: [
    { keys: ['c'], action: 'copy code', title: 'copy its code: the command, the patch, a code block' },
    { keys: ['h'], action: 'hand rest', title: 'hand the model what was cut from the output' },
  ],
};

export const diffKeys: Place = {
  where: 'diff',
  title: 'Reading a commit or a changed file',
  bindings: [
    { keys: ['n'], action: 'next file', title: 'next file', hint: 'next file' },
    { keys: ['p'], action: 'previous file', title: 'previous file', hint: 'previous' },
    { keys: ['x'], action: 'leave out', title: 'leave the file out of what is shipped, or put it back' },
  ],
};

export const outputKeys: Place = {
  where: 'output',
  title: 'Reading a background command',
  bindings: [
    {
      keys: ['x'],
      action: 'stop background',
      title: 'stop it; again: at once. The model hears of it',
      hint: 'stop',
    },
  ],
};
