// The whole screen as one component: takes every key, and puts panes, composer and status where the layout says.
import { Box, useCursor, useInput, usePaste } from 'ink';
import { useStore } from 'zustand';
import { type Foot, smallest } from './layout.ts';
import { Arrangement } from './panes/arrangement.tsx';
import { OpenedCommitPane } from './panes/opened-commit.tsx';
import { helpRows } from './parts/help.ts';
import { hintFor } from './parts/hint.ts';
import { composerLine } from './parts/lines.ts';
import { Rows } from './parts/rows.tsx';
import { paste, press } from './press.ts';
import { statusRow } from './rows/status-row.ts';
import type { Screen } from './screen.ts';
import type { Stage } from './stage.ts';
import { wrap } from './text/wrap.ts';
import { overlayOf } from './view.ts';

export function App({ stage }: { readonly stage: Stage }) {
  const screen = useStore(stage.screen);
  const { setCursorPosition } = useCursor();
  const { columns, rows, layout } = screen;

  useInput((input, key) => press(stage, input, key));
  usePaste((text) => paste(stage, text));

  setCursorPosition(cursorOf(screen));
  return (
    <Box flexDirection="column" width={columns} height={rows}>
      {layout.kind === 'too small' ? (
        <Rows rows={wrap(tooSmall(columns, rows), columns)} width={columns} height={rows} />
      ) : (
        <>
          <Upper stage={stage} screen={screen} foot={layout.foot} />
          <Rows rows={footRows(stage, screen)} width={columns} height={rows - layout.foot.line.y} />
        </>
      )}
    </Box>
  );
}

/** The panes, or what lies over them. */
function Upper({
  stage,
  screen,
  foot,
}: {
  readonly stage: Stage;
  readonly screen: Screen;
  readonly foot: Foot;
}) {
  switch (overlayOf(screen.view)) {
    case 'help':
      return <Rows rows={helpPage(stage, screen, foot)} width={screen.columns} height={foot.line.y} />;
    case 'diff':
      return <OpenedCommitPane stage={stage} />;
    default:
      return <Arrangement stage={stage} />;
  }
}

/** The terminal's own cursor stands in the composer, where input methods look for it. */
function cursorOf({ layout, composer, view }: Screen): { x: number; y: number } | undefined {
  if (layout.kind === 'too small' || view.focus !== 'composer' || view.help !== undefined) return undefined;
  return { x: composer.cursor.x, y: layout.foot.composer.y + composer.cursor.y };
}

function tooSmall(columns: number, rows: number): string {
  return `hullspeed needs ${smallest.columns}x${smallest.rows}, this terminal is ${columns}x${rows}`;
}

/** The keys, from as far down as they are scrolled; the last page stays full. */
function helpPage({ keymap, theme }: Stage, { session, view, columns }: Screen, foot: Foot): string[] {
  const rows = helpRows(keymap, session, columns, theme);
  const height = foot.line.y - 1;
  const top = Math.max(0, Math.min(view.help ?? 0, rows.length - height));
  return [theme.sgr('focus', 'KEYS'), ...rows.slice(top, top + height)];
}

function footRows(stage: Stage, screen: Screen): string[] {
  const { theme, engine } = stage;
  const { layout } = screen;
  const column = layout.kind === 'wide' && overlayOf(screen.view) === undefined ? layout.column : undefined;
  const { session: state, live, mono, view, log, columns: width } = screen;
  return [
    composerLine({ width, column, message: view.message, hint: hintFor(stage.keymap, screen) }, theme),
    ...screen.composer.rows,
    statusRow({ state, live, settings: engine.settings, branch: log.branch, mono, width, theme }),
  ];
}
