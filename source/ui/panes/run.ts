// The person's own terminal: its screen, or the scrollback above it.
import { bodyOf } from '../layout.ts';
import type { Screen } from '../screen.ts';
import { markShown } from '../search/mark-shown.ts';
import type { Searched } from '../search/searched.ts';
import type { Stage } from '../stage.ts';
import { wrap } from '../text/wrap.ts';

export function drawOwn(screen: Screen, stage: Stage): readonly string[] {
  const page = pageOwn(screen, stage);
  if (page === undefined) return [];
  return screen.live.own === null ? invitation(stage, page.width) : page.rows;
}

export interface OwnPage {
  readonly rows: readonly string[];
  readonly top: number;
  /** The `top` at which the pane shows the terminal's own screen. */
  readonly last: number;
  readonly width: number;
  readonly height: number;
}

/** Undefined where the layout does not show it. */
export function pageOwn(screen: Screen, { own, theme }: Pick<Stage, 'own' | 'theme'>): OwnPage | undefined {
  const body = bodyOf(screen.layout, 'tests');
  if (body === undefined || screen.view.shown !== 'run') return undefined;
  const last = own.terminal.base;
  const top = Math.min(screen.view.own ?? last, last);
  const search = screen.view.focus === 'run' ? screen.view.search : undefined;
  const rows = markShown(own.terminal.rows(top, body.height), { top, width: body.width }, search, theme);
  return { rows, top, last, width: body.width, height: body.height };
}

/** All that is left of what was printed, as one list of rows. */
export function searchedOwn(screen: Screen, stage: Stage): Searched | undefined {
  const page = pageOwn(screen, stage);
  if (page === undefined) return undefined;
  const { own, terminalRows, view } = stage;
  const { width, top, height, last } = page;
  const printing = screen.live.own !== null && screen.live.own.end === undefined;
  return {
    rows: terminalRows(own.terminal, [], { version: screen.own, second: screen.at, printing }),
    width,
    top,
    height,
    show: (match) => view.setState({ own: match.top >= last ? undefined : match.top }),
  };
}

/** What stands there before anything has run: nothing starts by itself. */
function invitation({ startCommand, theme }: Stage, width: number): string[] {
  const found = startCommand();
  const start =
    found === undefined
      ? 'Nothing says how this project is started: run.command in hullspeed.toml can.'
      : `r runs ${found.command}.`;
  return wrap(theme.sgr('dim', `${start} ! and a command in the composer runs that.`), width);
}
