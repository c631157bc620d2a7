// What keys do in the commits, and in one that is read.
import { aboutChosen, copyName, open, promptAbout, turnLeftOut } from '../commit-keys.ts';
import { startPrompt } from '../focus.ts';
import { pushOrShow } from '../pushing.ts';
import { turnToFile } from '../reading.ts';
import type { Stage } from '../stage.ts';
import { send } from '../submit.ts';

export const commitsActions = {
  'open commit': (stage: Stage) => {
    if (stage.view.getState().push !== undefined) void pushOrShow(stage);
    else aboutChosen(stage, (chosen) => void open(stage, chosen));
  },
  'copy sha': (stage: Stage) => aboutChosen(stage, (chosen) => void copyName(stage, chosen)),
  'prompt commit': (stage: Stage) => aboutChosen(stage, (chosen) => startPrompt(stage, promptAbout(chosen))),
  'only decided': (stage: Stage) => void stage.log.turnDecided(),
  'leave out': (stage: Stage) => aboutChosen(stage, (chosen) => turnLeftOut(stage, chosen)),
  push: (stage: Stage) => void pushOrShow(stage),
  'next file': (stage: Stage) => turnToFile(stage, 1),
  'previous file': (stage: Stage) => turnToFile(stage, -1),
  ship: (stage: Stage) => void send(stage, { do: 'ship' }),
};
