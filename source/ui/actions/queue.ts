// What keys do with the prompts that wait.
import type { Stage } from '../stage.ts';
import {
  editWaiting,
  focusQueue,
  moveWaiting,
  removeWaiting,
  selectWaiting,
  swapWaiting,
  turnPause,
  turnWhenGreen,
} from '../waiting.ts';

export const queueActions = {
  waiting: focusQueue,
  'waiting up': (stage: Stage) => selectWaiting(stage, -1),
  'waiting down': (stage: Stage) => selectWaiting(stage, 1),
  'waiting earlier': (stage: Stage) => moveWaiting(stage, -1),
  'waiting later': (stage: Stage) => moveWaiting(stage, 1),
  'edit waiting': editWaiting,
  'remove waiting': removeWaiting,
  'swap waiting': swapWaiting,
  'when green': turnWhenGreen,
  'turn pause': turnPause,
};
