// The whole screen as one component: takes every key, and puts panes, composer and status where the layout says.
import { Box, useCursor, useInput, usePaste } from 'ink';
import { useStore } from 'zustand';
import { popupRows } from './completion/popup.ts';
import { type Foot, smallest } from './layout.ts';
import { Arrangement } from './panes/arrangement.tsx';
import { BackgroundPane } from './panes/background.tsx';
import { programCursor } from './panes/program-cursor.ts';
import { ReadingPane } from './panes/reading.tsx';
import { helpPage, soughtColumn } from './parts/help.ts';
import { hintFor } from './parts/hint.ts';
import { composerLine, LEFT_INSET } from './parts/lines.ts';
import { Rows } from './parts/rows.tsx';
import { type SearchText, searchText } from './parts/search-text.ts';
import { paste, press } from './press.ts';
import { statusRow } from './rows/status-row.ts';
import type { Screen } from './screen.ts';
import { searchLine } from './search/search-line.ts';
import { seekingLine } from './seeking.ts';
import type { Stage } from './stage.ts';
import { width } from './text/width.ts';
import { wrap } from './text/wrap.ts';
import { aidOf, coverOf, overlayOf, searchOf } from './view.ts';

export function App({ stage }: { readonly stage: Stage }) {
  const screen = useStore(stage.screen);
  const { setCursorPosition } = useCursor();
  const { columns, rows, layout } = screen;

  useInput((input, key) => press(stage, input, key));
  usePaste((text) => paste(stage, text));

  const search = searchOn(stage, screen);
  setCursorPosition(programCursor(stage, screen) ?? cursorOf(screen, search));
  return (
    <Box flexDirection="column" width={columns} height={rows}>
      {layout.kind === 'too small' ? (
        <Rows rows={wrap(tooSmall(columns, rows), columns)} width={columns} height={rows} />
      ) : (
        <>
          <Upper stage={stage} screen={screen} foot={layout.foot} />
          <Popup stage={stage} screen={screen} foot={layout.foot} />
          <Rows rows={footRows(stage, screen, search)} width={columns} height={rows - layout.foot.line.y} />
        </>
      )}
    </Box>
  );
}

/** Of what stands above the composer. */
interface AboveProps {
  readonly stage: Stage;
  readonly screen: Screen;
  readonly foot: Foot;
}

/** The panes, or what lies over them. */
function Upper({ stage, screen, foot }: AboveProps) {
  switch (coverOf(screen.view)) {
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
    case 'reading':
      return <ReadingPane stage={stage} />;
    case 'background':
      return <BackgroundPane stage={stage} />;
    default:
      return <Arrangement stage={stage} />;
  }
}

/** Names that are offered, over the last rows of what is above the composer. */
function Popup({ stage, screen, foot }: AboveProps) {
  if (screen.completion === undefined) return null;
  const rows = popupRows(screen.completion, screen.columns, foot.line.y, stage.theme);
  return (
    <Box position="absolute" top={foot.line.y - rows.length} left={0}>
      <Rows rows={rows} width={screen.columns} height={rows.length} />
    </Box>
  );
}

function searchOn(stage: Stage, { columns, view }: Screen): SearchText | undefined {
  const { seeking } = view;
  const room = columns - 2 * LEFT_INSET;
  if (seeking !== undefined && aidOf(view, false) === 'recall')
    return searchText(seekingLine(stage.prompts, seeking), room, stage.theme, 'search: ');
  const line = searchLine(stage, view);
  return line && searchText(line, room, stage.theme);
}

/** The terminal's own cursor stands where text is typed, where input methods look for it. */
function cursorOf(
  { layout, composer, view, columns }: Screen,
  search: SearchText | undefined,
): { x: number; y: number } | undefined {
  if (layout.kind === 'too small') return undefined;
  const { foot } = layout;
  if (search && (searchOf(view)?.typing || aidOf(view, false) === 'recall'))
    return { x: LEFT_INSET + search.cursor, y: foot.line.y };
  if (view.help !== undefined)
    return { x: Math.min(columns - 1, soughtColumn + width(view.sought ?? '')), y: 0 };
  if (view.focus !== 'composer' || overlayOf(view) !== undefined) return undefined;
  return { x: composer.cursor.x, y: foot.composer.y + composer.cursor.y };
}

function tooSmall(columns: number, rows: number): string {
  return `hullspeed needs ${smallest.columns}x${smallest.rows}, this terminal is ${columns}x${rows}`;
}

function footRows(stage: Stage, screen: Screen, search: SearchText | undefined): string[] {
  const { theme, engine } = stage;
  const { layout } = screen;
  const column = layout.kind === 'wide' && overlayOf(screen.view) === undefined ? layout.column : undefined;
  const { session: state, live, mono, view, log, columns } = screen;
  return [
    composerLine(
      {
        width: columns,
        column,
        message: view.message,
        search: search?.text,
        hint: (room) => hintFor(stage.keymap, screen, room),
      },
      theme,
    ),
    ...screen.composer.rows,
    statusRow({
      background: runningIn(screen.background),
      state,
      live,
      settings: engine.settings,
      branch: log.branch,
      mono,
      width: columns,
      theme,
    }),
  ];
}

function runningIn(background: Screen['background']): number {
  return background.filter(({ ended }) => ended === undefined).length;
}
