// What keys do in any pane.
import { focusNext, paneOf } from '../focus.ts';
import { scrollPane } from '../panes/scrolling.ts';
import type { Stage } from '../stage.ts';

export const paneActions = {
  'next pane': (stage: Stage) => focusNext(stage, 1),
  'row up': (stage: Stage) => scrollPane(stage, paneOf(stage), { rows: -1 }),
  'row down': (stage: Stage) => scrollPane(stage, paneOf(stage), { rows: 1 }),
  top: (stage: Stage) => scrollPane(stage, paneOf(stage), 'top'),
  bottom: (stage: Stage) => scrollPane(stage, paneOf(stage), 'end'),
};
