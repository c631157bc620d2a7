// What keys do in whatever is read over the panes.
import { copyName } from '../commit-keys.ts';
import { copyItem } from '../items.ts';
import { commandOf } from '../panes/background.ts';
import { scrollReading } from '../reading.ts';
import { paceText } from '../rows/pace-rows.ts';
import type { Stage } from '../stage.ts';
import { copy } from '../submit.ts';

export const readingActions = {
  'read up': (stage: Stage) => scrollReading(stage, -1),
  'read down': (stage: Stage) => scrollReading(stage, 1),
  'read top': (stage: Stage) => scrollReading(stage, Number.NEGATIVE_INFINITY),
  'read end': (stage: Stage) => scrollReading(stage, Number.POSITIVE_INFINITY),
  'copy read': (stage: Stage) => {
    const { subject } = stage.view.getState().reading ?? {};
    if (subject?.kind === 'diff') return void copyName(stage, subject.chosen);
    if (subject?.kind === 'pace') return void copy(stage, paceText(stage), 'where the time went');
    if (subject?.kind !== 'output') return void copyItem(stage);
    const command = commandOf(stage.screen.getState(), subject.session);
    void copy(stage, command?.output.trim() ?? '', 'the output');
  },
};
