// What keys do while earlier prompts are searched.
import { graphemeBefore } from '../editing/graphemes.ts';
import { changeQuery, seekOlder, startSeeking, stopSeeking, takeFound } from '../seeking.ts';
import type { Stage } from '../stage.ts';

export const recallActions = {
  'search prompts': startSeeking,
  'take found': takeFound,
  'seek older': (stage: Stage) => seekOlder(stage, 1),
  'seek newer': (stage: Stage) => seekOlder(stage, -1),
  'seek shorter': (stage: Stage) =>
    changeQuery(stage, (query) => query.slice(0, query.length - graphemeBefore(query, query.length))),
  'seek all': (stage: Stage) => changeQuery(stage, () => ''),
  'stop seeking': stopSeeking,
};
