// The one key that a program does not get while it has the keyboard.
import type { Place } from './place.ts';

export const programKeys: Place = {
  where: 'program',
  title: 'While a program has the keyboard',
  typing: true,
  fixed: true,
  bindings: [
    {
      keys: ['ctrl+]'],
      action: 'take keyboard',
      title: 'take the keyboard back',
      hint: 'takes the keyboard back',
    },
  ],
};
