// The whole screen as one component: takes every key, and puts panes, composer and status where the layout says.
import { Box, useCursor, useInput, usePaste } from 'ink';
import { useStore } from 'zustand';
import { type Foot, smallest } from './layout.ts';
import { Arrangement } from './panes/arrangement.tsx';
import { OpenedCommitPane } from './panes/opened-commit.tsx';
import { helpPage, soughtColumn } from './parts/help.ts';
import { hintFor } from './parts/hint.ts';
import { composerLine } from './parts/lines.ts';
import { Rows } from './parts/rows.tsx';
import { paste, press } from './press.ts';
import { statusRow } from './rows/status-row.ts';
import type { Screen } from './screen.ts';
import type { Stage } from './stage.ts';
import { width } from './text/width.ts';
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
      return (
        <Rows
          rows={
            helpPage(
              stage.keymap,
              screen.session,
              screen.view,
              { width: screen.columns, height: foot.line.y },
              stage.theme,
            ).rows
          }
          width={screen.columns}
          height={foot.line.y}
        />
      );
    case 'diff':
      return <OpenedCommitPane stage={stage} />;
    default:
      return <Arrangement stage={stage} />;
  }
}

/** The terminal's own cursor stands where one types, and there input methods look for it. */
function cursorOf({ layout, composer, view, columns }: Screen): { x: number; y: number } | undefined {
  if (layout.kind === 'too small') return undefined;
  if (view.help !== undefined)
    return { x: Math.min(columns - 1, soughtColumn + width(view.sought ?? '')), y: 0 };
  if (view.focus !== 'composer') return undefined;
  return { x: composer.cursor.x, y: layout.foot.composer.y + composer.cursor.y };
}

function tooSmall(columns: number, rows: number): string {
  return `hullspeed needs ${smallest.columns}x${smallest.rows}, this terminal is ${columns}x${rows}`;
}

function footRows(stage: Stage, screen: Screen): string[] {
  const { theme, engine } = stage;
  const { layout } = screen;
  const column = layout.kind === 'wide' && overlayOf(screen.view) === undefined ? layout.column : undefined;
  const { session: state, live, mono, view, log, columns } = screen;
  return [
    composerLine(
      { width: columns, column, message: view.message, hint: (room) => hintFor(stage.keymap, screen, room) },
      theme,
    ),
    ...screen.composer.rows,
    statusRow({ state, live, settings: engine.settings, branch: log.branch, mono, width: columns, theme }),
  ];
}
