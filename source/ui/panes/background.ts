// The list of the model's background commands, over the panes.
import { backgroundRow } from '../rows/background-rows.ts';
import type { Screen } from '../screen.ts';
import type { Stage } from '../stage.ts';

export function drawBackground(screen: Screen, { theme }: Stage): string[] {
  const { layout, columns, at, background, view } = screen;
  if (layout.kind === 'too small') return [];
  const height = layout.foot.line.y;
  const selected = selectedCommand(screen);
  const index = selected === undefined ? 0 : background.indexOf(selected);
  const from = Math.max(0, index - height + 2);
  const rows = background
    .slice(from, from + height - 1)
    .map((command) => ({ command, row: backgroundRow(command, at, columns, theme) }))
    .map(({ command, row }) => (command === selected && view.background ? theme.sgr('selection', row) : row));
  const none = theme.sgr('dim', 'no command of the model runs on');
  return [theme.sgr('focus', 'BACKGROUND COMMANDS'), ...(rows.length === 0 ? [none] : rows)];
}

/** The one that keys are about; absent where there is none. */
export function selectedCommand({ view, background }: Pick<Screen, 'view' | 'background'>) {
  const { subject } = view.reading ?? {};
  if (subject?.kind === 'output') return commandOf({ background }, subject.session);
  const selected = view.background?.session;
  return (selected === undefined ? undefined : commandOf({ background }, selected)) ?? background.at(-1);
}

export function commandOf({ background }: Pick<Screen, 'background'>, session: number) {
  return background.find((command) => command.session === session);
}
