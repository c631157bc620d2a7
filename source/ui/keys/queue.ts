// The keys of the prompts that wait.
import type { Place } from './place.ts';

export const queueKeys: Place = {
  where: 'queue',
  title: 'In the queue',
  bindings: [
    { keys: ['up', 'k'], action: 'waiting up', title: 'the one before' },
    { keys: ['down', 'j'], action: 'waiting down', title: 'the one after; below the last, the composer' },
    { keys: ['enter', 'e'], action: 'edit waiting', title: 'edit it in the composer', hint: 'edit' },
    { keys: ['K', 'alt+up'], action: 'waiting earlier', title: 'move it up', hint: 'up' },
    { keys: ['J', 'alt+down'], action: 'waiting later', title: 'move it down', hint: 'down' },
    { keys: ['d', 'delete'], action: 'remove waiting', title: 'delete it', hint: 'delete' },
    {
      keys: ['tab'],
      action: 'swap waiting',
      title: 'hand it to the model now, or back to the queue',
      hint: 'steer or queue',
    },
    {
      keys: ['o'],
      action: 'when green',
      title: 'only when green: it runs if the last run of the tests was green, else the queue waits there',
      hint: 'only when green',
    },
    { keys: [' '], action: 'turn pause', title: 'pause the queue, or let it go on', hint: 'pause or go on' },
  ],
};
