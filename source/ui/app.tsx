// The whole screen as one component: takes every key, and puts panes, composer and status where the layout says. What it
// is made of takes of each frame only what it is drawn from, so that a frame makes only what has changed.
import { Box, useCursor, useInput, usePaste } from 'ink';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import { popupRows } from './completion/popup.ts';
import { type Foot, smallest } from './layout.ts';
import { Arrangement } from './panes/arrangement.tsx';
import { drawBackground } from './panes/background.ts';
import { programCursor } from './panes/program-cursor.ts';
import { drawReading } from './panes/reading.ts';
import { Drawn, useRows } from './parts/drawn.tsx';
import { cursorOf, drawFoot } from './parts/foot.ts';
import { helpPage } from './parts/help.ts';
import { Rows } from './parts/rows.tsx';
import { paste, press } from './press.ts';
import type { Screen } from './screen.ts';
import type { Stage } from './stage.ts';
import { wrap } from './text/wrap.ts';
import { coverOf } from './view.ts';

export function App({ stage }: { readonly stage: Stage }) {
  // With another number of renewals all is made again, and Ink draws what it has forgotten.
  const { columns, rows, layout } = useStore(
    stage.screen,
    useShallow(({ columns, rows, layout, renewals }: Screen) => ({ columns, rows, layout, renewals })),
  );
  useInput((input, key) => press(stage, input, key));
  usePaste((text) => paste(stage, text));
  return (
    <Box flexDirection="column" width={columns} height={rows}>
      <Cursor stage={stage} />
      {layout.kind === 'too small' ? (
        <Drawn stage={stage} draw={drawTooSmall} width={columns} height={rows} />
      ) : (
        <>
          <Upper stage={stage} foot={layout.foot} />
          <Popup stage={stage} foot={layout.foot} />
          <Drawn stage={stage} draw={drawFoot} width={columns} height={rows - layout.foot.line.y} />
        </>
      )}
    </Box>
  );
}

function Cursor({ stage }: { readonly stage: Stage }) {
  const { setCursorPosition } = useCursor();
  const place = (screen: Screen) => programCursor(stage, screen) ?? cursorOf(screen, stage);
  setCursorPosition(useStore(stage.screen, useShallow(place)));
  return null;
}

/** Of what stands above the composer. */
interface AboveProps {
  readonly stage: Stage;
  readonly foot: Foot;
}

/** The panes, or what lies over them. */
function Upper({ stage, foot: { line } }: AboveProps) {
  const cover = useStore(stage.screen, ({ view }) => coverOf(view));
  const place = { stage, width: line.width, height: line.y };
  switch (cover) {
    case 'help':
      return <Drawn draw={drawHelp} {...place} />;
    case 'reading':
      return <Drawn draw={drawReading} {...place} />;
    case 'background':
      return <Drawn draw={drawBackground} {...place} />;
    default:
      return <Arrangement stage={stage} />;
  }
}

/** Names that are offered, over the last rows of what is above the composer. */
function Popup({ stage, foot: { line } }: AboveProps) {
  const rows = useRows(stage, drawPopup);
  if (rows.length === 0) return null;
  return (
    <Box position="absolute" top={line.y - rows.length} left={0}>
      <Rows rows={rows} width={line.width} height={rows.length} />
    </Box>
  );
}

function drawPopup({ completion, layout }: Screen, { theme }: Stage): string[] {
  if (completion === undefined || layout.kind === 'too small') return [];
  const { line } = layout.foot;
  return popupRows(completion, line.width, line.y, theme);
}

function drawHelp({ layout, session, view, columns }: Screen, { keymap, theme }: Stage): readonly string[] {
  if (layout.kind === 'too small') return [];
  return helpPage(keymap, session, view, { width: columns, height: layout.foot.line.y }, theme).rows;
}

function drawTooSmall({ columns, rows }: Screen): string[] {
  const needed = `${smallest.columns}x${smallest.rows}`;
  return wrap(`hullspeed needs ${needed}, this terminal is ${columns}x${rows}`, columns);
}
