// What keys do in the help.
import { helpPage } from '../parts/help.ts';
import type { Stage } from '../stage.ts';

export const helpActions = {
  'help up': (stage: Stage) => scrollHelp(stage, -1),
  'help down': (stage: Stage) => scrollHelp(stage, 1),
  'help top': (stage: Stage) => stage.view.setState({ help: 0 }),
  'help end': (stage: Stage) => scrollHelp(stage, Number.POSITIVE_INFINITY),
};

export function turnHelp(stage: Stage): void {
  stage.view.setState(({ help }) => ({ help: help === undefined ? 0 : undefined, sought: undefined }));
}

export function scrollHelp(stage: Stage, rows: number): void {
  const { session, layout, columns, view } = stage.screen.getState();
  if (layout.kind === 'too small') return;
  const size = { width: columns, height: layout.foot.line.y };
  const { last } = helpPage(stage.keymap, session, view, size, stage.theme);
  stage.view.setState(({ help = 0 }) => ({ help: Math.max(0, Math.min(Math.min(help, last) + rows, last)) }));
}
