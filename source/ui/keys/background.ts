// The keys of the list of the model's background commands.
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
