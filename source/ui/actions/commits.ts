// What keys do in the commits, and in one that is read.
import { aboutCommit, copySha, openCommit, promptAbout, scrollOpened, turnToFile } from '../commit-keys.ts';
import { startPrompt } from '../focus.ts';
import type { Stage } from '../stage.ts';
import { send } from '../submit.ts';

export const commitsActions = {
  'open commit': (stage: Stage) => aboutCommit(stage, (commit) => void openCommit(stage, commit)),
  'copy sha': (stage: Stage) => aboutCommit(stage, (commit) => void copySha(stage, commit)),
  'prompt commit': (stage: Stage) => aboutCommit(stage, (commit) => startPrompt(stage, promptAbout(commit))),
  'opened up': (stage: Stage) => scrollOpened(stage, -1),
  'opened down': (stage: Stage) => scrollOpened(stage, 1),
  'opened top': (stage: Stage) => scrollOpened(stage, Number.NEGATIVE_INFINITY),
  'opened end': (stage: Stage) => scrollOpened(stage, Number.POSITIVE_INFINITY),
  'next file': (stage: Stage) => turnToFile(stage, 1),
  'previous file': (stage: Stage) => turnToFile(stage, -1),
  ship: (stage: Stage) => void send(stage, { do: 'ship' }),
};
