// What keys do in the tests.
import { aboutFailure, copyFailure, openFailure, openLog, promptFor } from '../failures.ts';
import { startPrompt } from '../focus.ts';
import { selectFailure } from '../panes/scrolling.ts';
import type { Stage } from '../stage.ts';
import { send } from '../submit.ts';

export const testsActions = {
  'run tests': (stage: Stage) => void send(stage, { do: 'test' }),
  'stop tests': (stage: Stage) => void send(stage, { do: 'stop tests' }),
  'next failure': (stage: Stage) => aboutFailure(stage, (failure) => selectFailure(stage, failure, 1)),
  'previous failure': (stage: Stage) => aboutFailure(stage, (failure) => selectFailure(stage, failure, -1)),
  'open failure': (stage: Stage) => aboutFailure(stage, (failure) => void openFailure(stage, failure)),
  'prompt failure': (stage: Stage) =>
    aboutFailure(stage, (failure) => startPrompt(stage, promptFor(failure))),
  'open log': (stage: Stage) => void openLog(stage),
  'copy failure': (stage: Stage) => aboutFailure(stage, (failure) => void copyFailure(stage, failure)),
};
