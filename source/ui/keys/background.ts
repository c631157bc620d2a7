// The keys of the model's background commands: in the list, and in what one of them prints.
import type { Place } from './place.ts';

export const backgroundKeys: Place = {
  where: 'background',
  title: 'In the background commands',
  bindings: [
    { keys: ['up', 'k'], action: 'previous background', title: 'the one above' },
    { keys: ['down', 'j'], action: 'next background', title: 'the one below' },
    { keys: ['enter'], action: 'read background', title: 'read what it prints', hint: 'read' },
    {
      keys: ['x'],
      action: 'stop background',
      title: 'stop it; again: at once. The model hears of it',
      hint: 'stop',
    },
  ],
};

export const outputKeys: Place = {
  where: 'output',
  title: 'Reading a background command',
  bindings: [
    { keys: ['up', 'k'], action: 'output up', title: 'a row up' },
    { keys: ['down', 'j'], action: 'output down', title: 'a row down' },
    { keys: ['home', 'g'], action: 'output top', title: 'to the top' },
    { keys: ['end', 'G'], action: 'output end', title: 'to the end, and follow it' },
    {
      keys: ['x'],
      action: 'stop background',
      title: 'stop it; again: at once. The model hears of it',
      hint: 'stop',
    },
    { keys: ['y'], action: 'copy output', title: 'copy it', hint: 'copy' },
  ],
};
