// What keys do: every action by its name, as a function of the stage.
import type { Item } from '../session/conversation.ts';
import { aboutCommit, copySha, openCommit, promptAbout, scrollOpened, turnToFile } from './commit-keys.ts';
import { edit, emptyBuffer, isEmpty, type Motion, type Operation } from './editor.ts';
import { aboutFailure, copyFailure, openFailure, promptFor } from './failures.ts';
import { type Pane, panes } from './layout.ts';
import { scrollPane, selectCall, selectFailure } from './panes/scrolling.ts';
import { recallEarlier, recallLater } from './recall.ts';
import type { Stage } from './stage.ts';
import { say, send, steer, submit, writeDraft } from './submit.ts';
import { type Focus, overlayOf } from './view.ts';

export const actions = {
  submit,
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

  back,
  cancel,
  help: (stage: Stage) => stage.view.setState(({ help }) => ({ help: help === undefined ? 0 : undefined })),
  'help up': (stage: Stage) => scrollHelp(stage, -1),
  'help down': (stage: Stage) => scrollHelp(stage, 1),
  conversation: (stage: Stage) => focus(stage, 'conversation'),
  tests: (stage: Stage) => focus(stage, 'tests'),
  commits: (stage: Stage) => focus(stage, 'commits'),
  zoom: (stage: Stage) => stage.view.setState(({ zoomed }) => ({ zoomed: !zoomed })),
  'next pane': (stage: Stage) => focusNext(stage, 1),
  'previous pane': (stage: Stage) => focusNext(stage, -1),
  redraw: (stage: Stage) => stage.redraw(),
  suspend: (stage: Stage) => stage.suspend(),

  'page up': (stage: Stage) => scrollPage(stage, -1),
  'page down': (stage: Stage) => scrollPage(stage, 1),
  'row up': (stage: Stage) => scrollPane(stage, paneOf(stage), { rows: -1 }),
  'row down': (stage: Stage) => scrollPane(stage, paneOf(stage), { rows: 1 }),
  top: (stage: Stage) => scrollPane(stage, paneOf(stage), 'top'),
  bottom: (stage: Stage) => scrollPane(stage, paneOf(stage), 'end'),
  'previous call': (stage: Stage) => selectCall(stage, -1),
  'next call': (stage: Stage) => selectCall(stage, 1),
  'turn call': turnCall,
  'next failure': (stage: Stage) => aboutFailure(stage, (failure) => selectFailure(stage, failure, 1)),
  'previous failure': (stage: Stage) => aboutFailure(stage, (failure) => selectFailure(stage, failure, -1)),
  'open failure': (stage: Stage) => aboutFailure(stage, (failure) => void openFailure(stage, failure)),
  'prompt failure': (stage: Stage) =>
    aboutFailure(stage, (failure) => startPrompt(stage, promptFor(failure))),
  'copy failure': (stage: Stage) => aboutFailure(stage, (failure) => void copyFailure(stage, failure)),
  'open commit': (stage: Stage) => aboutCommit(stage, (commit) => void openCommit(stage, commit)),
  'copy sha': (stage: Stage) => aboutCommit(stage, (commit) => void copySha(stage, commit)),
  'prompt commit': (stage: Stage) => aboutCommit(stage, (commit) => startPrompt(stage, promptAbout(commit))),
  'opened up': (stage: Stage) => scrollOpened(stage, -1),
  'opened down': (stage: Stage) => scrollOpened(stage, 1),
  'opened top': (stage: Stage) => scrollOpened(stage, Number.NEGATIVE_INFINITY),
  'opened end': (stage: Stage) => scrollOpened(stage, Number.POSITIVE_INFINITY),
  'next file': (stage: Stage) => turnToFile(stage, 1),
  'previous file': (stage: Stage) => turnToFile(stage, -1),
  'run tests': (stage: Stage) => void send(stage, { do: 'test' }),
  'stop tests': (stage: Stage) => void send(stage, { do: 'stop tests' }),
  ship: (stage: Stage) => void send(stage, { do: 'ship' }),
};

export type ActionName = keyof typeof actions;

/** Does what a key is bound to. What the key before it was answered with is taken away first. */
export function perform(stage: Stage, action: ActionName): void {
  const { message, leaving } = stage.view.getState();
  if (message !== undefined || leaving)
    stage.view.setState({ message: undefined, leaving: leaving && action === 'cancel' });
  actions[action](stage);
}

/** Puts text that was typed or pasted into the composer. */
export function type(stage: Stage, text: string): void {
  const draft = edit(stage.view.getState().draft, { kind: 'insert', text });
  stage.view.setState({ draft, recalled: undefined, message: undefined, leaving: false });
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

function focus(stage: Stage, next: Focus): void {
  stage.view.setState(({ pane }) => ({
    focus: next,
    pane: next === 'composer' ? pane : next,
    help: undefined,
    opened: undefined,
  }));
}

/** What is typed in the composer already stays; the text comes on a line of its own. */
function startPrompt(stage: Stage, text: string): void {
  const line = isEmpty(stage.view.getState().draft) ? '' : '\n';
  focus(stage, 'composer');
  type(stage, line + text);
}

function focusNext(stage: Stage, by: 1 | -1): void {
  const order: readonly Focus[] = ['composer', ...panes];
  const at = order.indexOf(stage.view.getState().focus);
  focus(stage, order.at((at + by + order.length) % order.length) ?? 'composer');
}

/** The pane that scrolling keys are about: the one in focus, else the one that is read most. */
function paneOf(stage: Stage): Pane {
  const { focus: current, pane } = stage.view.getState();
  if (current !== 'composer') return current;
  return stage.screen.getState().layout.kind === 'single' ? pane : 'conversation';
}

function scrollPage(stage: Stage, pages: 1 | -1): void {
  const overlay = overlayOf(stage.view.getState());
  const rows = pages * (stage.screen.getState().rows - 4);
  if (overlay === 'help') scrollHelp(stage, rows);
  else if (overlay === 'diff') scrollOpened(stage, rows);
  else scrollPane(stage, paneOf(stage), { pages });
}

function scrollHelp(stage: Stage, rows: number): void {
  stage.view.setState(({ help = 0 }) => ({ help: Math.max(0, help + rows) }));
}

/** Closes, leaves or interrupts: whichever applies first. */
function back(stage: Stage): void {
  const { help, opened, focus: current, zoomed } = stage.view.getState();
  if (help !== undefined) stage.view.setState({ help: undefined });
  else if (opened !== undefined) stage.view.setState({ opened: undefined });
  else if (current !== 'composer' || zoomed)
    stage.view.setState({ focus: 'composer', zoomed: false, selected: undefined });
  else if (stage.engine.session.getState().turns.running !== undefined) send(stage, { do: 'interrupt' });
}

function cancel(stage: Stage): void {
  const { draft, leaving } = stage.view.getState();
  if (!isEmpty(draft)) {
    stage.view.setState({ draft: emptyBuffer, recalled: undefined });
  } else if (leaving) {
    stage.quit();
  } else if (stage.engine.session.getState().turns.running !== undefined) {
    send(stage, { do: 'interrupt' });
  } else {
    say(stage, 'Ctrl+C again to quit');
    stage.view.setState({ leaving: true });
  }
}

function turnCall(stage: Stage): void {
  const { selected, turned } = stage.view.getState();
  const { items } = stage.screen.getState();
  const call =
    selected ?? items.findLast((item): item is Item & { kind: 'call' } => item.kind === 'call')?.call;
  if (call === undefined) return;
  const next = new Set(turned);
  if (!next.delete(call)) next.add(call);
  stage.view.setState({ turned: next, selected: call });
}
