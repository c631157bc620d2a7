// What keys do while names are offered.
import { chooseCandidate, closeCompletion, takeCandidate } from '../completion/complete.ts';
import type { Stage } from '../stage.ts';
import { submit } from '../submit.ts';

export const completionActions = {
  'take name': (stage: Stage) => void takeCandidate(stage),
  'use name': (stage: Stage) => {
    if (takeCandidate(stage) === 'word') submit(stage);
  },
  'name up': (stage: Stage) => chooseCandidate(stage, -1),
  'name down': (stage: Stage) => chooseCandidate(stage, 1),
  'close names': closeCompletion,
};
