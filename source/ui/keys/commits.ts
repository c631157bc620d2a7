// The keys of the commits.
import type { Place } from './place.ts';

export const commitsKeys: Place = {
  where: 'commits',
  title: 'In the commits',
  bindings: [
    { keys: ['k'], action: 'row up', title: 'a row up' },
    { keys: ['j'], action: 'row down', title: 'a row down' },
    { keys: ['enter'], action: 'open commit', title: 'read the commit', hint: 'diff' },
    { keys: ['y'], action: 'copy sha', title: 'copy its sha' },
    { keys: ['p'], action: 'prompt commit', title: 'start a prompt about it', hint: 'prompt about it' },
    {
      keys: ['s'],
      action: 'ship',
      title: 'ship what is not committed',
      hint: 'ship',
      command: { do: 'ship' },
    },
  ],
};
