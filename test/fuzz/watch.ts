// Watches what goes to a terminal: nothing but the allowed sequences, no row wider than the screen, and no scrolling.
import type headless from '@xterm/headless';
import { cellWidth } from '../../source/services/cell-width.ts';
import { width } from '../../source/ui/text/width.ts';
import { findUnsound } from '../support/sound-bytes.ts';

export interface Watch {
  /** What was wrong with the bytes written since the last look; the terminal had one size meanwhile. */
  look(): string[];
  /** The terminal has another size than before. */
  resized(): void;
  /** Whether a frame of the size before may still have been on its way: the next look sees it again, and what follows. */
  mayBeStale(): boolean;
  /** What must be off when the program has left. */
  leftOver(): string[];
}

/** Terminals differ in how many columns a cluster takes: some add up its characters, some draw it as one. */
const measures = {
  'by character': (text: string) => {
    let columns = 0;
    for (const character of text) columns += cellWidth(character.codePointAt(0)!);
    return columns;
  },
  'by cluster': width,
} as const;

export function watchTerminal(terminal: headless.Terminal, writes: readonly string[]): Watch {
  let seen = 0;
  let stale = false;
  let cursors = Object.entries(measures).map(([name, measure]) => ({ name, measure, cursor: home }));
  return {
    look: () => {
      const text = writes.slice(seen).join('');
      const unsound = findUnsound(Buffer.from(text)).map((found) => `not allowed: ${found}`);
      const erased = text.lastIndexOf('\x1b[H\x1b[J');
      // What was drawn for another size says nothing.
      const current = stale ? text.slice(erased < 0 ? text.length : erased) : text;
      const size = { columns: terminal.cols, rows: terminal.rows };
      const walks = cursors.map((each) => ({
        ...each,
        walk: follow(current, each.cursor, each.measure, size),
      }));
      const left = walks.flatMap(({ name, walk }) =>
        walk.wrong === undefined ? [] : [`left the screen, measured ${name}: ${walk.wrong}`],
      );
      if (left.length === 0 && !(stale && erased < 0)) {
        seen = writes.length;
        stale = false;
        cursors = walks.map(({ walk, ...each }) => ({ ...each, cursor: walk.cursor }));
      }
      return [...unsound, ...left];
    },
    resized: () => {
      stale = true;
    },
    mayBeStale: () => stale,
    leftOver: () => {
      const { modes, buffer } = terminal;
      const on = {
        'the alternate screen': buffer.active.type === 'alternate',
        'bracketed paste': modes.bracketedPasteMode,
        'focus reports': modes.sendFocusMode,
        'mouse reports': modes.mouseTrackingMode !== 'none',
        'application cursor keys': modes.applicationCursorKeysMode,
        'a frame that never ends': modes.synchronizedOutputMode,
        'no line wrapping': !modes.wraparoundMode,
      };
      return Object.entries(on).flatMap(([what, is]) => (is ? [`left behind: ${what}`] : []));
    },
  };
}

const sequence = /(\x1b\[[\d;?<=>]*[a-zA-Z]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1bP.*?\x1b\\|\r|\n|\x07)/s;

interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** From 0; `column` may be just beyond the last one. */
interface Cursor {
  readonly row: number;
  readonly column: number;
  readonly alternate: boolean;
}

const home: Cursor = { row: 0, column: 0, alternate: false };

/** Follows the cursor; says how it left the alternate screen, to the right or (by scrolling) below. */
function follow(
  text: string,
  from: Cursor,
  measure: (text: string) => number,
  { columns, rows }: Size,
): { readonly cursor: Cursor; readonly wrong?: string } {
  let cursor = from;
  let wrong: string | undefined;
  const parts = text.split(sequence);
  parts.forEach((part, nth) => {
    const next = nth % 2 === 1 ? moved(part, cursor) : { ...cursor, column: cursor.column + measure(part) };
    const out = part !== '' && (next.column > columns || next.row >= rows);
    if (out && next.alternate)
      wrong ??= `row ${next.row} of ${rows}, column ${next.column} of ${columns} at the end of ${JSON.stringify(
        parts
          .slice(0, nth + 1)
          .join('')
          .slice(-2000),
      )}`;
    cursor = { ...next, row: Math.min(next.row, rows - 1), column: Math.min(next.column, columns) };
  });
  return { cursor, ...(wrong !== undefined && { wrong }) };
}

function moved(sequence: string, cursor: Cursor): Cursor {
  const { row, column } = cursor;
  if (sequence === '\x1b[?1049h' || sequence === '\x1b[?1049l')
    return { ...cursor, alternate: sequence.endsWith('h') };
  if (sequence === '\n') return { ...cursor, row: row + 1, column: 0 };
  if (sequence === '\r') return { ...cursor, column: 0 };
  const [, numbers = '', letter = ''] = /^\x1b\[([\d;]*)([A-Z])$/.exec(sequence) ?? [];
  const [first = 1, second = 1] = numbers.split(';').map((number) => Number(number || 1));
  switch (letter) {
    case 'A':
      return { ...cursor, row: Math.max(0, row - first) };
    case 'B':
      return { ...cursor, row: row + first };
    case 'C':
      return { ...cursor, column: column + first };
    case 'D':
      return { ...cursor, column: Math.max(0, column - first) };
    case 'E':
      return { ...cursor, row: row + first, column: 0 };
    case 'G':
      return { ...cursor, column: first - 1 };
    case 'H':
      return { ...cursor, row: first - 1, column: second - 1 };
    default:
      return cursor;
  }
}
