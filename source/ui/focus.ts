// Where the keys go: the composer, or one of the panes.
import { edit, isEmpty } from './editor.ts';
import { type Pane, panes } from './layout.ts';
import type { Stage } from './stage.ts';
import type { Cover, Focus } from './view.ts';

/** The panes with nothing over them. */
export const uncovered = {
  help: undefined,
  reading: undefined,
  background: undefined,
} as const satisfies Record<Cover, undefined>;

export function focus(stage: Stage, next: Focus): void {
  stage.view.setState(({ pane, shown }) => ({
    focus: next,
    pane: next === 'composer' ? pane : paneBehind(next),
    shown: next === 'tests' || next === 'run' ? next : shown,
    given: undefined,
    push: undefined,
    ...uncovered,
    search: undefined,
  }));
}

export function focusNext(stage: Stage, by: 1 | -1): void {
  const { focus: current, shown } = stage.view.getState();
  const order: readonly Focus[] = ['composer', ...panes.map((pane) => (pane === 'tests' ? shown : pane))];
  const at = order.indexOf(current);
  focus(stage, order.at((at + by + order.length) % order.length) ?? 'composer');
}

/** The pane that scrolling keys are about: the one in focus, else the one that is read most. */
export function paneOf(stage: Stage): Pane {
  const { focus: current, pane } = stage.view.getState();
  if (current !== 'composer') return paneBehind(current);
  return stage.screen.getState().layout.kind === 'single' ? pane : 'conversation';
}

/** The pane in which something in focus stands. */
function paneBehind(focus: Exclude<Focus, 'composer'>): Pane {
  if (focus === 'queue') return 'conversation';
  return focus === 'run' ? 'tests' : focus;
}

/** What is typed in the composer already stays; the text comes on a line of its own. */
export function startPrompt(stage: Stage, text: string): void {
  const line = isEmpty(stage.view.getState().draft) ? '' : '\n';
  focus(stage, 'composer');
  type(stage, line + text);
}

/** Puts text that was typed or pasted into the composer. */
export function type(stage: Stage, text: string): void {
  const draft = edit(stage.view.getState().draft, { kind: 'insert', text });
  stage.view.setState({
    draft,
    recalled: undefined,
    message: undefined,
    leaving: false,
    rewinding: false,
    replacing: false,
  });
}
