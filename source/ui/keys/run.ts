// The keys of the person's own terminal.
import type { Place } from './place.ts';

export const runKeys: Place = {
  where: 'run',
  title: 'In the run terminal',
  bindings: [
    { keys: ['k'], action: 'row up', title: 'a row up' },
    { keys: ['j'], action: 'row down', title: 'a row down' },
    {
      keys: ['enter', 'i'],
      action: 'give keyboard',
      title: 'give the program the keyboard; where nothing runs, start it first',
      hint: 'keyboard',
    },
    {
      keys: ['r'],
      action: 'start run',
      title: 'start what ran last again, or the project',
      hint: 'run again',
    },
    { keys: ['s'], action: 'start project', title: 'start the project, whatever ran last' },
    { keys: ['x'], action: 'stop run', title: 'stop it; again: at once', hint: 'stop' },
    { keys: ['p'], action: 'prompt run', title: 'start a prompt with its screen in it', hint: 'prompt' },
    { keys: ['y'], action: 'copy run', title: 'copy its screen' },
    { keys: ['/'], action: 'start search', title: 'search', hint: 'search' },
    { keys: ['b'], action: 'background', title: 'background commands of the model' },
    { keys: ['[', ']'], action: 'tests', title: 'the tests instead' },
  ],
};
