// What keys do in the model's background commands.
import { uncovered } from '../focus.ts';
import { selectedCommand } from '../panes/background.ts';
import { openReading } from '../reading.ts';
import type { Stage } from '../stage.ts';
import { say } from '../submit.ts';
import { overlayOf } from '../view.ts';

export const backgroundActions = {
  background: (stage: Stage) => {
    const open = overlayOf(stage.view.getState()) === 'background';
    stage.view.setState({ ...uncovered, ...(!open && { background: {} }) });
  },
  'previous background': (stage: Stage) => selectBackground(stage, -1),
  'next background': (stage: Stage) => selectBackground(stage, 1),
  'read background': (stage: Stage) => {
    const command = selectedCommand(stage.screen.getState());
    if (command === undefined) say(stage, 'there is none');
    else void openReading(stage, { kind: 'output', session: command.session });
  },
  'stop background': (stage: Stage) => {
    const command = selectedCommand(stage.screen.getState());
    const refusal = command && stage.engine.background.stop(command.session);
    if (command === undefined) say(stage, 'there is none');
    else if (refusal !== undefined) say(stage, refusal.refused);
  },
};

/** The one so many rows below, or above where negative; as far as there are some. */
export function selectBackground(stage: Stage, by: number): void {
  const screen = stage.screen.getState();
  const { background } = screen;
  const selected = selectedCommand(screen);
  const at = selected === undefined ? -1 : background.indexOf(selected) + by;
  const next = background[Math.max(0, Math.min(at, background.length - 1))];
  if (next !== undefined) stage.view.setState({ background: { session: next.session } });
}
