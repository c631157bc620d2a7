// What stands below the panes: the line, the composer, the row of state, and the terminal's cursor among them.
import { statusRow } from '../rows/status-row.ts';
import type { Screen } from '../screen.ts';
import { searchLine } from '../search/search-line.ts';
import { seekingLine } from '../seeking.ts';
import type { Stage } from '../stage.ts';
import { width } from '../text/width.ts';
import { aidOf, overlayOf, searchOf } from '../view.ts';
import { soughtColumn } from './help.ts';
import { hintFor } from './hint.ts';
import { composerLine, LEFT_INSET } from './lines.ts';
import { type SearchText, searchText } from './search-text.ts';

export function drawFoot(screen: Screen, stage: Stage): string[] {
  const { theme, engine } = stage;
  const { layout, session: state, live, mono, view, log, columns } = screen;
  const column = layout.kind === 'wide' && overlayOf(view) === undefined ? layout.column : undefined;
  return [
    composerLine(
      {
        width: columns,
        column,
        message: view.message,
        search: searchOn(screen, stage)?.text,
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

/** The terminal's own cursor stands where text is typed, where input methods look for it. */
export function cursorOf(screen: Screen, stage: Stage): { x: number; y: number } | undefined {
  const { layout, composer, view, columns } = screen;
  if (layout.kind === 'too small') return undefined;
  const { foot } = layout;
  const search = searchOn(screen, stage);
  if (search && (searchOf(view)?.typing || aidOf(view, false) === 'recall'))
    return { x: LEFT_INSET + search.cursor, y: foot.line.y };
  if (view.help !== undefined)
    return { x: Math.min(columns - 1, soughtColumn + width(view.sought ?? '')), y: 0 };
  if (view.focus !== 'composer' || overlayOf(view) !== undefined) return undefined;
  return { x: composer.cursor.x, y: foot.composer.y + composer.cursor.y };
}

function searchOn({ columns, view }: Screen, stage: Stage): SearchText | undefined {
  const { seeking } = view;
  const room = columns - 2 * LEFT_INSET;
  if (seeking !== undefined && aidOf(view, false) === 'recall')
    return searchText(seekingLine(stage.prompts, seeking), room, stage.theme, 'search: ');
  const line = searchLine(stage, view);
  return line && searchText(line, room, stage.theme);
}

function runningIn(background: Screen['background']): number {
  return background.filter(({ ended }) => ended === undefined).length;
}
