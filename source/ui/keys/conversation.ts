// The keys of the conversation.
import type { Place } from './place.ts';

export const conversationKeys: Place = {
  where: 'conversation',
  title: 'In the conversation',
  bindings: [
    { keys: ['k'], action: 'previous item', title: 'select what is above', hint: 'select' },
    { keys: ['j'], action: 'next item', title: 'select what is below' },
    { keys: ['[', '{'], action: 'previous prompt', title: 'previous prompt', hint: 'prompt' },
    { keys: [']', '}'], action: 'next prompt', title: 'next prompt' },
    { keys: ['enter'], action: 'open item', title: 'open the call; open, read all of it', hint: 'open' },
    { keys: ['o'], action: 'read item', title: 'read all of it: the whole output, patch or message' },
    { keys: [' '], action: 'turn item', title: 'open or fold' },
    { keys: ['/'], action: 'start search', title: 'search, back to the first prompt', hint: 'search' },
    { keys: ['y'], action: 'copy item', title: 'copy the message, the output, the sha', hint: 'copy' },
    {
      keys: ['c'],
      action: 'copy code',
      title: 'copy the code block on the screen (again: the next one), the command, the patch',
    },
    { keys: ['h'], action: 'hand rest', title: 'hand the model what was cut from the output' },
  ],
};
