// Lines with a cursor, and what can be said of them without changing them.

export interface Text {
  readonly lines: readonly string[];
  /** Index of the cursor's line. */
  readonly row: number;
  /** UTF-16 index into that line. */
  readonly column: number;
}

export interface Place {
  readonly row: number;
  readonly column: number;
}

// Tag characters and bidi overrides would let a paste say to the model what nobody sees. Chips stand in their room.
const separators = /[\u2028\u2029]/g;
const unseen =
  /[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\u{e0000}-\u{e0fff}]/gu;

/**
 * Terminals paste line ends as CR. Other control characters would move the cursor of the screen, so they go; half a
 * character is one to a terminal, and none to who counts columns.
 */
export function soundText(text: string): string {
  let plain = text.toWellFormed();
  if (plain.includes('\r\n')) plain = plain.replaceAll('\r\n', '\n');
  if (plain.includes('\r')) plain = withLineFeeds(plain);
  // Most texts have nothing else of the kind, and finding that out is cheaper than writing megabytes anew.
  if (plain.search(separators) >= 0) plain = plain.replace(separators, '\n');
  return plain.search(unseen) < 0 ? plain : plain.replace(unseen, '');
}

/** As bytes: of a million lines, replacing in a string takes a second. */
function withLineFeeds(text: string): string {
  const bytes = new TextEncoder().encode(text);
  for (let at = bytes.indexOf(13); at >= 0; at = bytes.indexOf(13, at + 1)) bytes[at] = 10;
  return new TextDecoder().decode(bytes);
}

export function linesOf(text: string): string[] {
  return soundText(text).split('\n');
}

export function lineOf(text: Text, row: number): string {
  return text.lines[row] ?? '';
}

export function ordered(a: Place, b: Place): [Place, Place] {
  const here = { row: a.row, column: a.column };
  const there = { row: b.row, column: b.column };
  return a.row < b.row || (a.row === b.row && a.column <= b.column) ? [here, there] : [there, here];
}

/** What stands between the cursor and a place. */
export function between(text: Text, to: Place): string {
  const [from, until] = ordered(text, to);
  if (from.row === until.row) return lineOf(text, from.row).slice(from.column, until.column);
  const first = lineOf(text, from.row).slice(from.column);
  const last = lineOf(text, until.row).slice(0, until.column);
  return [first, ...text.lines.slice(from.row + 1, until.row), last].join('\n');
}

/** The text without what stands between the cursor and a place. */
export function without(text: Text, to: Place): Text {
  const [from, until] = ordered(text, to);
  const joined = lineOf(text, from.row).slice(0, from.column) + lineOf(text, until.row).slice(until.column);
  return { lines: splice(text.lines, from.row, until.row - from.row + 1, [joined]), ...from };
}

/** The text with these lines at the cursor, which stands behind them. */
export function withLines(text: Text, added: readonly string[]): Text {
  const line = lineOf(text, text.row);
  const lines = [...added];
  const last = lines.length - 1;
  const column = (last === 0 ? text.column : 0) + (lines[last] ?? '').length;
  lines[0] = line.slice(0, text.column) + lines[0];
  lines[last] += line.slice(text.column);
  return { lines: splice(text.lines, text.row, 1, lines), row: text.row + last, column };
}

/** Unlike a spread into `splice`, it takes a paste of a million lines. */
function splice(
  lines: readonly string[],
  at: number,
  count: number,
  added: readonly string[],
): readonly string[] {
  if (count === 1 && added.length === 1) return lines.with(at, added[0] ?? '');
  return lines.slice(0, at).concat(added, lines.slice(at + count));
}
