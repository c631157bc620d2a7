// What keys do in the composer.
import { editDraft, holdBack, pasteImage } from '../attach.ts';
import { type Motion, placeOf } from '../editing/motion.ts';
import { rowPlace } from '../editing/rows.ts';
import { chipAt, edit, isEmpty, type Operation } from '../editor.ts';
import { focusNext } from '../focus.ts';
import { draftWidth } from '../parts/composer-rows.ts';
import { recallEarlier, recallLater } from '../recall.ts';
import type { Stage } from '../stage.ts';
import { continues, isSteerable, say, sendNow, steer, submit } from '../submit.ts';
import { putBack } from '../waiting.ts';
import { back } from './everywhere.ts';

export const composerActions = {
  submit: orPutBack((stage) => {
    if (!holdBack(stage, 'prompt')) submit(stage);
  }),
  'send now': orPutBack((stage) => {
    if (!holdBack(stage, 'steer')) sendNow(stage);
  }),
  queue: orPutBack((stage) => {
    const { turns } = stage.engine.session.getState();
    if (turns.running === undefined || isEmpty(stage.view.getState().draft)) focusNext(stage, 1);
    else if (!holdBack(stage, 'prompt')) submit(stage);
  }),
  'back or edit': backOrEdit,
  steer: orPutBack((stage) => {
    if (!isSteerable(stage)) focusNext(stage, 1);
    else if (!holdBack(stage, 'steer')) steer(stage);
  }),
  'write draft': editDraft,
  newline: (stage: Stage) => apply(stage, { kind: 'insert', text: '\n' }),
  up: (stage: Stage) => {
    if (!goRow(stage, -1)) recallEarlier(stage);
  },
  down: (stage: Stage) => {
    if (!goRow(stage, 1)) recallLater(stage);
  },
  left: move('left'),
  right: move('right'),
  'word left': move('word left'),
  'word right': move('word right'),
  'line start': move('line start'),
  'line end': move('line end'),
  'draft start': move('start'),
  'draft end': move('end'),
  'delete left': (stage: Stage) => apply(stage, { kind: 'delete', to: 'left' }),
  'delete right': (stage: Stage) => apply(stage, { kind: 'delete', to: 'right' }),
  'kill word': kill('word left'),
  'kill blank word': kill('blank word left'),
  'kill next word': kill('word right'),
  'kill to start': (stage: Stage) => killLine(stage, 'line start', 'left'),
  'kill to end': (stage: Stage) => killLine(stage, 'line end', 'right'),
  yank: (stage: Stage) => apply(stage, { kind: 'yank' }),
  'yank older': (stage: Stage) => apply(stage, { kind: 'yank older' }),
  'paste image': pasteImage,
  'open chip': (stage: Stage) => {
    if (chipAt(stage.view.getState().draft)?.chip?.kind === 'paste') apply(stage, { kind: 'open' });
    else say(stage, 'there is no pasted text at the cursor');
  },
  undo: (stage: Stage) => apply(stage, { kind: 'undo' }),
  redo: (stage: Stage) => apply(stage, { kind: 'redo' }),
  quit: (stage: Stage) => {
    if (isEmpty(stage.view.getState().draft)) stage.quit();
    else apply(stage, { kind: 'delete', to: 'right' });
  },
};

/** What goes back everywhere; where nothing is left to go back from, the prompt before. */
function backOrEdit(stage: Stage): void {
  const { zoomed, draft, rewinding } = stage.view.getState();
  const busy = stage.engine.session.getState().turns.running !== undefined;
  if (zoomed || busy || !isEmpty(draft)) {
    back(stage);
  } else if (rewinding) {
    recallEarlier(stage);
  } else {
    say(stage, 'again for the last prompt');
    stage.view.setState({ rewinding: true });
  }
}

function apply(stage: Stage, operation: Operation): void {
  stage.view.setState(({ draft, recalled }) => {
    const edited = edit(draft, operation);
    // A recalled prompt that is changed is a draft of its own.
    return { draft: edited, recalled: edited.lines === draft.lines ? recalled : undefined };
  });
}

/** False at the draft's first or last row. */
function goRow(stage: Stage, by: 1 | -1): boolean {
  const { draft } = stage.view.getState();
  const aim = draft.last?.kind === 'moving' ? draft.last.aim : undefined;
  const place = rowPlace(draft, by, draftWidth(stage.screen.getState().columns), aim);
  if (place === undefined) return false;
  apply(stage, { kind: 'go', ...place });
  return true;
}

/** Where the line has come to its end already, it is joined with the next. */
function killLine(stage: Stage, to: Motion, beyond: Motion): void {
  const { row, column } = stage.view.getState().draft;
  const end = placeOf(stage.view.getState().draft, to);
  apply(stage, { kind: 'kill', to: end.row === row && end.column === column ? beyond : to });
}

/** Whatever key would send it: what was taken out of the queue for editing goes back there. */
function orPutBack(work: (stage: Stage) => void): (stage: Stage) => void {
  return (stage) => {
    if (stage.view.getState().editing === undefined) work(stage);
    else if (!continues(stage) && !holdBack(stage, 'prompt')) putBack(stage);
  };
}

function move(to: Motion): (stage: Stage) => void {
  return (stage) => apply(stage, { kind: 'move', to });
}

function kill(to: Motion): (stage: Stage) => void {
  return (stage) => apply(stage, { kind: 'kill', to });
}
