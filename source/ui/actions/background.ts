// What keys do in the model's background commands.
import { uncovered } from '../focus.ts';
import { pageOutput, selectedCommand } from '../panes/background.tsx';
import type { Stage } from '../stage.ts';
import { copy, say } from '../submit.ts';
import { overlayOf } from '../view.ts';

export const backgroundActions = {
  background: (stage: Stage) => {
    const open = overlayOf(stage.view.getState()) === 'background';
    stage.view.setState({ ...uncovered, ...(!open && { background: {} }) });
  },
  'previous background': (stage: Stage) => select(stage, -1),
  'next background': (stage: Stage) => select(stage, 1),
  'read background': (stage: Stage) => {
    const command = selectedCommand(stage.screen.getState());
    if (command === undefined) say(stage, 'there is none');
    else stage.view.setState({ output: { session: command.session } });
  },
  'stop background': (stage: Stage) => {
    const command = selectedCommand(stage.screen.getState());
    const refusal = command && stage.engine.background.stop(command.session);
    if (command === undefined) say(stage, 'there is none');
    else if (refusal !== undefined) say(stage, refusal.refused);
  },
  'output up': (stage: Stage) => scrollOutput(stage, -1),
  'output down': (stage: Stage) => scrollOutput(stage, 1),
  'output top': (stage: Stage) => scrollOutput(stage, Number.NEGATIVE_INFINITY),
  'output end': (stage: Stage) => scrollOutput(stage, Number.POSITIVE_INFINITY),
  'copy output': (stage: Stage) => {
    const page = pageOutput(stage.screen.getState(), stage);
    if (page !== undefined) void copy(stage, page.command.output.trim(), 'the output');
  },
};

function select(stage: Stage, by: 1 | -1): void {
  const screen = stage.screen.getState();
  const { background } = screen;
  const selected = selectedCommand(screen);
  const at = selected === undefined ? -1 : background.indexOf(selected) + by;
  const next = background[Math.max(0, Math.min(at, background.length - 1))];
  if (next !== undefined) stage.view.setState({ background: { session: next.session } });
}

/** At its end it follows what is printed. */
export function scrollOutput(stage: Stage, rows: number): void {
  const page = pageOutput(stage.screen.getState(), stage);
  const { output } = stage.view.getState();
  if (page === undefined || output === undefined) return;
  const top = page.top + rows;
  stage.view.setState({
    output: { session: output.session, ...(top < page.last && { top: Math.max(0, top) }) },
  });
}
