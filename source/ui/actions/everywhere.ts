// What keys do wherever the focus is.

import { edit, isEmpty, textOf } from '../editor.ts';
import { focus, focusNext, paneOf, uncovered } from '../focus.ts';
import { anyKeyFor } from '../keys/any-key.ts';
import { scrollPane } from '../panes/scrolling.ts';
import { scrollReading } from '../reading.ts';
import { endSearch } from '../search/search.ts';
import type { Stage } from '../stage.ts';
import { say, send } from '../submit.ts';
import { coverOf, overlayOf, paceOpen, searchOf } from '../view.ts';
import { leaveAsItWas } from '../waiting.ts';
import { selectBackground } from './background.ts';
import { scrollHelp, turnHelp } from './help.ts';

export const everywhereActions = {
  back,
  cancel,
  help: turnHelp,
  pace: turnPace,
  conversation: (stage: Stage) => focus(stage, 'conversation'),
  tests: (stage: Stage) => focus(stage, 'tests'),
  run: (stage: Stage) => focus(stage, 'run'),
  commits: (stage: Stage) => focus(stage, 'commits'),
  zoom: (stage: Stage) => stage.view.setState(({ zoomed }) => ({ zoomed: !zoomed })),
  transcript: (stage: Stage) => {
    const { focus: current, zoomed } = stage.view.getState();
    if (current === 'conversation' && zoomed) back(stage);
    else {
      focus(stage, 'conversation');
      stage.view.setState({ zoomed: true });
    }
  },
  mouse: (stage: Stage) => {
    const mouse = !stage.view.getState().mouse;
    stage.view.setState({ mouse });
    say(stage, mouse ? 'the mouse scrolls and clicks here' : 'the mouse selects text');
  },
  'previous pane': (stage: Stage) => focusNext(stage, -1),
  redraw: (stage: Stage) => stage.redraw(),
  suspend: (stage: Stage) => stage.suspend(),
  'page up': (stage: Stage) => scrollPage(stage, -1),
  'page down': (stage: Stage) => scrollPage(stage, 1),
};

function turnPace({ view }: Stage): void {
  const open = overlayOf(view.getState()) === 'pace';
  view.setState({ ...uncovered, ...(!open && paceOpen) });
}

function scrollPage(stage: Stage, pages: 1 | -1): void {
  const cover = coverOf(stage.view.getState());
  const rows = pages * (stage.screen.getState().rows - 4);
  if (cover === 'help') scrollHelp(stage, rows);
  else if (cover === 'reading') scrollReading(stage, rows);
  else if (cover === 'background') selectBackground(stage, rows);
  else scrollPane(stage, paneOf(stage), { pages });
}

/** Closes, ends a search, leaves or interrupts: whichever applies first. */
export function back(stage: Stage): void {
  const view = stage.view.getState();
  const { focus: current, zoomed } = view;
  const cover = coverOf(view);
  if (searchOf(view) !== undefined) endSearch(stage);
  else if (cover !== undefined) stage.view.setState({ [cover]: undefined });
  else if (current === 'composer' && leaveAsItWas(stage)) return;
  else if (current !== 'composer' || zoomed)
    stage.view.setState({ focus: 'composer', zoomed: false, selected: undefined });
  else if (stage.engine.session.getState().turns.running !== undefined) send(stage, { do: 'interrupt' });
}

/** Never touches a draft that nobody sees. One that it clears is an earlier prompt, and comes back with undo too. */
function cancel(stage: Stage): void {
  const view = stage.view.getState();
  const { draft, leaving, recalled } = view;
  if (coverOf(view) !== undefined || searchOf(view) !== undefined) {
    back(stage);
  } else if (leaveAsItWas(stage)) {
    return;
  } else if (!isEmpty(draft)) {
    // What was recalled stands among them already.
    if (recalled === undefined && textOf(draft).trim() !== '') stage.prompts.add(stage.keepDraft(draft));
    stage.view.setState({ draft: edit(draft, { kind: 'clear' }), recalled: undefined, awaited: undefined });
  } else if (leaving) {
    stage.quit();
  } else if (stage.engine.session.getState().turns.running !== undefined) {
    send(stage, { do: 'interrupt' });
  } else {
    say(stage, `${anyKeyFor(stage.keymap, 'cancel')} again to quit`);
    stage.view.setState({ leaving: true });
  }
}
