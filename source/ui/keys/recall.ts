// The keys of a search through earlier prompts.
import type { Place } from './place.ts';

export const recallKeys: Place = {
  where: 'recall',
  title: 'Searching earlier prompts',
  typing: true,
  passing: true,
  bindings: [
    {
      keys: ['enter', 'tab', 'right'],
      action: 'take found',
      title: 'write on in what was found',
      hint: 'takes',
    },
    { keys: ['ctrl+r', 'up', 'ctrl+p'], action: 'seek older', title: 'the match before', hint: 'older' },
    { keys: ['ctrl+s', 'down', 'ctrl+n'], action: 'seek newer', title: 'the match behind' },
    {
      keys: ['escape', 'ctrl+c', 'ctrl+g'],
      action: 'stop seeking',
      title: 'the draft as it was',
      hint: 'back to the draft',
      keeps: 'a search through earlier prompts could not be left',
    },
  ],
};
