// Says the same in fewer bytes: of a frame in which one line grew, Ink's moves from row to row and blank cells are most.
// Over a slow line, and for tmux, which reads every byte, that is what a frame costs.
import { changePen, plainPen } from '../text/pen.ts';

const NEXT_ROWS = /(?:\x1b\[E){2,}/g;
const NEXT_ROW_BYTES = 3;
const sgr = /\x1b\[([\d;:]*)m/;
/** Fewer blanks are written in no more bytes than the move over them. */
const BLANKS = / {5,}/g;
/** Blank already: Ink erases a line from here on before it writes it. */
const ERASED = '\x1b[K';
const lineEnd = /[\r\n]/;

/** `text`: of Ink's incremental frames. What it draws on any screen stays the same. */
export function withFewerBytes(text: string): string {
  return text
    .replace(NEXT_ROWS, (moves) => `\x1b[${moves.length / NEXT_ROW_BYTES}E`)
    .split(ERASED)
    .map((part, at) => (at === 0 ? part : skipBlanks(part)))
    .join(ERASED);
}

/** Moves over blank cells of the line that was erased, where nothing would show on them. */
function skipBlanks(part: string): string {
  const end = part.search(lineEnd);
  const line = end < 0 ? part : part.slice(0, end);
  let pen = plainPen;
  const pieces = line.split(sgr).map((piece, at) => {
    if (at % 2 === 1) {
      pen = changePen(pen, piece);
      return `\x1b[${piece}m`;
    }
    return pen.size === 0 ? piece.replace(BLANKS, (blanks) => `\x1b[${blanks.length}C`) : piece;
  });
  return pieces.join('') + part.slice(line.length);
}
