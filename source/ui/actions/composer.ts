// What keys do in the composer.
import { edit, isEmpty, type Motion, type Operation } from '../editor.ts';
import { focusNext } from '../focus.ts';
import { recallEarlier, recallLater } from '../recall.ts';
import type { Stage } from '../stage.ts';
import { say, sendNow, steer, submit, writeDraft } from '../submit.ts';
import { back } from './everywhere.ts';

export const composerActions = {
  submit: (stage: Stage) => submit(stage),
  'send now': sendNow,
  queue: (stage: Stage) => {
    const { turns } = stage.engine.session.getState();
    if (turns.running === undefined || isEmpty(stage.view.getState().draft)) focusNext(stage, 1);
    else submit(stage);
  },
  'back or edit': backOrEdit,
  steer: (stage: Stage) => {
    if (!steer(stage)) focusNext(stage, 1);
  },
  'write draft': (stage: Stage) => void stage.lend(() => writeDraft(stage)),
  newline: (stage: Stage) => apply(stage, { kind: 'insert', text: '\n' }),
  up: (stage: Stage) => {
    if (stage.view.getState().draft.row > 0) apply(stage, { kind: 'move', to: 'up' });
    else recallEarlier(stage);
  },
  down: (stage: Stage) => {
    const { draft } = stage.view.getState();
    if (draft.row < draft.lines.length - 1) apply(stage, { kind: 'move', to: 'down' });
    else recallLater(stage);
  },
  left: move('left'),
  right: move('right'),
  'word left': move('word left'),
  'word right': move('word right'),
  'line start': move('line start'),
  'line end': move('line end'),
  'delete left': (stage: Stage) => apply(stage, { kind: 'delete', to: 'left' }),
  'delete right': (stage: Stage) => apply(stage, { kind: 'delete', to: 'right' }),
  'kill word': kill('word left'),
  'kill next word': kill('word right'),
  'kill to start': kill('line start'),
  'kill to end': kill('line end'),
  yank: (stage: Stage) => apply(stage, { kind: 'yank' }),
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
  stage.view.setState(({ draft, recalled }) => ({
    draft: edit(draft, operation),
    // A recalled prompt that is changed is a draft of its own.
    recalled: operation.kind === 'move' ? recalled : undefined,
  }));
}

function move(to: Motion): (stage: Stage) => void {
  return (stage) => apply(stage, { kind: 'move', to });
}

function kill(to: Motion): (stage: Stage) => void {
  return (stage) => apply(stage, { kind: 'kill', to });
}
