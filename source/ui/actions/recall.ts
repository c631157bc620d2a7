// What keys do while earlier prompts are searched.
import { seekOlder, startSeeking, stopSeeking, takeFound } from '../seeking.ts';
import type { Stage } from '../stage.ts';

export const recallActions = {
  'search prompts': startSeeking,
  'take found': takeFound,
  'seek older': (stage: Stage) => seekOlder(stage, 1),
  'seek newer': (stage: Stage) => seekOlder(stage, -1),
  'stop seeking': stopSeeking,
};
