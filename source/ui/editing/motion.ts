// Where a motion leads, as in readline: words are letters and digits, blank words what stands between spaces.
import { graphemeAfter, graphemeBefore, graphemeStart } from './graphemes.ts';
import { lineOf, type Place, type Text } from './text.ts';

export type Motion =
  | 'left'
  | 'right'
  | 'up'
  | 'down'
  | 'word left'
  | 'word right'
  | 'blank word left'
  | 'line start'
  | 'line end'
  | 'start'
  | 'end';

export function placeOf(text: Text, motion: Motion): Place {
  const { row, column } = text;
  const line = lineOf(text, row);
  const last = text.lines.length - 1;
  switch (motion) {
    case 'left':
      if (column > 0) return { row, column: column - graphemeBefore(line, column) };
      return row > 0 ? { row: row - 1, column: lineOf(text, row - 1).length } : { row, column };
    case 'right':
      if (column < line.length) return { row, column: column + graphemeAfter(line, column) };
      return row < last ? { row: row + 1, column: 0 } : { row, column };
    case 'up':
      return row > 0
        ? { row: row - 1, column: graphemeStart(lineOf(text, row - 1), column) }
        : { row, column: 0 };
    case 'down':
      return row < last
        ? { row: row + 1, column: graphemeStart(lineOf(text, row + 1), column) }
        : { row, column: line.length };
    case 'word left':
      return column === 0 ? placeOf(text, 'left') : { row, column: before(line, column, kindAt) };
    case 'word right':
      return column === line.length ? placeOf(text, 'right') : { row, column: behind(line, column, kindAt) };
    case 'blank word left':
      return column === 0 ? placeOf(text, 'left') : { row, column: before(line, column, blankKindAt) };
    case 'line start':
      return { row, column: 0 };
    case 'line end':
      return { row, column: line.length };
    case 'start':
      return { row: 0, column: 0 };
    case 'end':
      return { row: last, column: lineOf(text, last).length };
    default:
      return motion satisfies never;
  }
}

type Kind = 'word' | 'chip' | 'between';

/** Of a UTF-16 unit. Both halves of a letter beyond the first plane are a word's; those of a chip tell of each other. */
function kindAt(line: string, at: number): Kind {
  const unit = line[at] ?? '';
  if (
    /[\udb40-\udb43]/.test(unit) ||
    (/[\udc00-\udfff]/.test(unit) && /[\udb40-\udb43]/.test(line[at - 1] ?? ''))
  )
    return 'chip';
  return /[\p{L}\p{M}\p{N}_\ud800-\udfff]/u.test(unit) ? 'word' : 'between';
}

function blankKindAt(line: string, at: number): Kind {
  const unit = line[at];
  if (unit === undefined || unit === ' ' || unit === '\t') return 'between';
  return kindAt(line, at) === 'chip' ? 'chip' : 'word';
}

/** A chip is a word by itself. */
const CHIP = 2;

function before(line: string, column: number, kind: typeof kindAt): number {
  let at = column;
  while (at > 0 && kind(line, at - 1) === 'between') at--;
  if (at > 0 && kind(line, at - 1) === 'chip') return at - CHIP;
  while (at > 0 && kind(line, at - 1) === 'word') at--;
  return at;
}

function behind(line: string, column: number, kind: typeof kindAt): number {
  let at = column;
  while (at < line.length && kind(line, at) === 'between') at++;
  if (at < line.length && kind(line, at) === 'chip') return at + CHIP;
  while (at < line.length && kind(line, at) === 'word') at++;
  return at;
}
