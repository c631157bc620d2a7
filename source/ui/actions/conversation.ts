// What keys do in the conversation.
import { handRest } from '../handing.ts';
import { copyCode, copyItem, openItem, readItem, turnItem } from '../items.ts';
import { isPrompt, selectItem } from '../panes/items.ts';
import type { Stage } from '../stage.ts';

export const conversationActions = {
  'previous item': (stage: Stage) => void selectItem(stage, -1),
  'next item': (stage: Stage) => void selectItem(stage, 1),
  'previous prompt': (stage: Stage) => void selectItem(stage, -1, isPrompt),
  'next prompt': (stage: Stage) => void selectItem(stage, 1, isPrompt),
  'open item': openItem,
  'read item': (stage: Stage) => void readItem(stage),
  'turn item': turnItem,
  'copy item': (stage: Stage) => void copyItem(stage),
  'copy code': (stage: Stage) => void copyCode(stage),
  'hand rest': (stage: Stage) => void handRest(stage),
};
