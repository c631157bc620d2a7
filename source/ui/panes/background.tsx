// The model's background commands over the panes: the list, or what one of them prints, as it comes.
import { useStore } from 'zustand';
import type { WatchedCommand } from '../../engine/ports.ts';
import { Rows } from '../parts/rows.tsx';
import { backgroundRow, outputRows, outputTitle } from '../rows/background-rows.ts';
import type { Screen } from '../screen.ts';
import type { Stage } from '../stage.ts';
import { type Paged, paged } from './scroll.ts';

export function BackgroundPane({ stage }: { readonly stage: Stage }) {
  const screen = useStore(stage.screen);
  const { layout, columns, at, background, view } = screen;
  if (layout.kind === 'too small') return null;
  const { theme } = stage;
  const height = layout.foot.line.y;
  const selected = selectedCommand(screen);
  const index = selected === undefined ? 0 : background.indexOf(selected);
  const from = Math.max(0, index - height + 2);
  const rows = background
    .slice(from, from + height - 1)
    .map((command) => ({ command, row: backgroundRow(command, at, columns, theme) }))
    .map(({ command, row }) => (command === selected && view.background ? theme.sgr('selection', row) : row));
  const none = theme.sgr('dim', 'no command of the model went on after its call');
  const shown = [theme.sgr('focus', 'BACKGROUND COMMANDS'), ...(rows.length === 0 ? [none] : rows)];
  return <Rows rows={shown} width={columns} height={height} />;
}

export function OutputPane({ stage }: { readonly stage: Stage }) {
  const screen = useStore(stage.screen);
  const page = pageOutput(screen, stage);
  if (page === undefined) return null;
  const { title, rows, top, height } = page;
  return <Rows rows={[title, ...rows.slice(top, top + height)]} width={screen.columns} height={height + 1} />;
}

/** The one that keys are about; absent where there is none. */
export function selectedCommand({ view, background }: Pick<Screen, 'view' | 'background'>) {
  const session = view.output?.session ?? view.background?.session;
  return background.find((command) => command.session === session) ?? background.at(-1);
}

export interface OutputPage extends Paged {
  readonly command: WatchedCommand;
  readonly title: string;
  readonly rows: readonly string[];
  readonly height: number;
}

/** Undefined where none is read. */
export function pageOutput(screen: Screen, { theme }: Pick<Stage, 'theme'>): OutputPage | undefined {
  const { view, layout, columns, at } = screen;
  const command = selectedCommand(screen);
  if (view.output === undefined || command === undefined || layout.kind === 'too small') return undefined;
  const rows = outputRows(command, columns, theme);
  const height = layout.foot.line.y - 1;
  const { top, last } = paged(rows.length, height, view.output.top ?? Number.POSITIVE_INFINITY);
  return { command, title: outputTitle(command, at, columns, theme), rows, top, last, height };
}
