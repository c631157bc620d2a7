// The keys of the commits.
import type { SessionState } from '../../session/state.ts';
import type { Place } from './place.ts';

export const commitsKeys: Place = {
  where: 'commits',
  title: 'In the commits',
  bindings: [
    { keys: ['k'], action: 'row up', title: 'a row up' },
    { keys: ['j'], action: 'row down', title: 'a row down' },
    { keys: ['enter'], action: 'open commit', title: 'read the commit, or the changed file', hint: 'diff' },
    { keys: ['y'], action: 'copy sha', title: 'copy its sha, or its path' },
    { keys: ['p'], action: 'prompt commit', title: 'start a prompt about it', hint: 'prompt' },
    { keys: ['d'], action: 'only decided', title: 'only commits with decisions, or all again' },
    {
      keys: ['s'],
      action: 'ship',
      title: 'ship what is not committed',
      hint: 'ship',
      command: { do: 'ship' },
    },
    {
      keys: ['x'],
      action: 'leave out',
      title: 'leave the file out of what is shipped, or put it back',
      hint: 'leave out',
      against: nothingClaimed,
    },
    {
      keys: ['P'],
      action: 'push',
      title: 'show what a push would send and where; again, or Enter, pushes',
      hint: 'push',
    },
    { keys: ['/'], action: 'start search', title: 'search, back to the first commit', hint: 'search' },
  ],
};

function nothingClaimed({ claims }: SessionState): string | undefined {
  return Object.keys(claims).length > 0 ? undefined : 'no file is the session’s to ship';
}
