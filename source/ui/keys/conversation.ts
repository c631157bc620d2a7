// The keys of the conversation.
import type { Place } from './place.ts';

export const conversationKeys: Place = {
  where: 'conversation',
  title: 'In the conversation',
  bindings: [
    { keys: ['k'], action: 'previous call', title: 'previous call', hint: 'calls' },
    { keys: ['j'], action: 'next call', title: 'next call' },
    { keys: ['enter'], action: 'turn call', title: 'open or fold the call', hint: 'open or fold' },
  ],
};
