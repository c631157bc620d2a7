// Gives a run's output as the lines that a person would see at its end, without colours and without overdrawn progress.

/** Enough for the summaries of any run; of more, the beginning is left out. */
const CHARACTERS = 8_000_000;
/** What stands to the right of this is left out: no summary is so wide. */
const COLUMNS = 4_000;

/** A run of text, a control sequence (its parameters and its last letter), another escape sequence, or a control character. */
const TOKEN =
  /([^\x00-\x1f\x7f-\x9f]+)|(?:\x1b\[|\x9b)([0-?]*)[ -/]*([@-~])|\x1b[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)?|\x1b[ -/]*[0-~]?|([\x00-\x1f\x7f-\x9f])/g;

/** A whole line without anything that moves: text and colours. Most are so, and token by token they take ten times as long. */
const STILL_LINE = /(?:[^\x00-\x1f\x7f-\x9f]|\x1b\[[\d;:]*m)*\r*\n/y;
/** Lines until those who wait get their turn: 1 to 4 ms. */
const PIECE = 500;

/** Interprets line feeds, carriage returns, backspaces, tabs, cursor movement and erasing; skips every other sequence. */
export function plainLines(output: string): string[] {
  const pieces = plainLinesInPieces(output);
  for (;;) {
    const { done, value } = pieces.next();
    if (done) return value;
  }
}

/** The same, with a pause each so many lines. */
export function* plainLinesInPieces(output: string): Generator<undefined, string[]> {
  const page = createPage();
  const text = output.slice(-CHARACTERS);
  let count = 0;
  for (let at = 0; at < text.length; count += 1) {
    if (count % PIECE === PIECE - 1) yield;
    const end = page.isAtNewLine() ? endOfStillLine(text, at) : at;
    if (end > at) {
      page.print(seenOfStillLine(text, at, end));
      page.newline();
    }
    at = end > at ? end : moveThroughLine(page, text, at);
  }
  return page.lines;
}

/** `from` where the line is not so. */
function endOfStillLine(text: string, from: number): number {
  STILL_LINE.lastIndex = from;
  return STILL_LINE.test(text) ? STILL_LINE.lastIndex : from;
}

/**
 * Without its colours and its end, put together by hand: what a regular expression replaces nothing by, V8 leaves as a tree
 * of pieces, and whoever reads 20,000 such lines first takes 60 ms more, each of the others three times as long.
 */
function seenOfStillLine(text: string, from: number, to: number): string {
  let end = to - 1;
  while (end > from && text[end - 1] === '\r') end -= 1;
  // Not sought in the text: where no colours follow, each line would go through all that does.
  const line = text.slice(from, end);
  const seen: string[] = [];
  let at = 0;
  for (let colour = line.indexOf('\x1b'); colour >= 0; colour = line.indexOf('\x1b', at)) {
    seen.push(line.slice(at, colour));
    at = line.indexOf('m', colour) + 1;
  }
  return at === 0 ? line : seen.join('') + line.slice(at);
}

/** Where what follows its line feed begins. */
function moveThroughLine(page: Page, text: string, from: number): number {
  TOKEN.lastIndex = from;
  for (let token = TOKEN.exec(text); token !== null; token = TOKEN.exec(text)) {
    const [, words, parameters, final, control] = token;
    if (words !== undefined) page.print(words);
    else if (final !== undefined) page.command(final, (parameters ?? '').split(';').map(Number));
    else if (control === '\r') page.moveTo(0);
    else if (control === '\b') page.moveBy(-1);
    else if (control === '\t') page.print('  ');
    else if (control === '\n') {
      page.newline();
      return TOKEN.lastIndex;
    }
  }
  return text.length;
}

interface Page {
  readonly lines: string[];
  /** At the beginning of the last line, which is empty. */
  isAtNewLine(): boolean;
  print(text: string): void;
  newline(): void;
  moveTo(column: number): void;
  moveBy(columns: number): void;
  command(final: string, parameters: readonly number[]): void;
}

function createPage(): Page {
  const lines = [''];
  let row = 0;
  let column = 0;
  /** Where the screen began when it was cleared last: lines above stay readable. */
  let top = 0;

  const toRow = (to: number): void => {
    row = Math.min(Math.max(to, 0), lines.length - 1);
  };
  const moveTo = (to: number): void => {
    column = Math.min(Math.max(to, 0), COLUMNS);
  };
  const edit = (change: (line: string) => string): void => {
    lines[row] = change(lines[row] ?? '');
  };
  const erase = (how: number | undefined): void => {
    if (how === 1) edit((line) => ' '.repeat(column) + line.slice(column));
    else edit((line) => (how === 2 ? '' : line.slice(0, column)));
  };
  const clear = (how: number | undefined): void => {
    if (how === 2 || how === 3) {
      if (lines.at(-1) !== '') lines.push('');
      top = lines.length - 1;
      toRow(top);
      return;
    }
    erase(how);
    if (!how) lines.length = row + 1;
  };
  return {
    lines,
    isAtNewLine: () => column === 0 && row === lines.length - 1 && lines[row] === '',
    print: (text) => {
      const fitting = text.slice(0, COLUMNS - column);
      edit((line) => line.slice(0, column).padEnd(column) + fitting + line.slice(column + fitting.length));
      column += fitting.length;
    },
    newline: () => {
      row += 1;
      column = 0;
      if (row === lines.length) lines.push('');
    },
    moveTo,
    moveBy: (columns) => moveTo(column + columns),
    command: (final, [first, second]) => {
      const count = first || 1;
      if (final === 'A') toRow(row - count);
      else if (final === 'B') toRow(row + count);
      else if (final === 'C') moveTo(column + count);
      else if (final === 'D') moveTo(column - count);
      else if (final === 'E' || final === 'F') {
        toRow(final === 'E' ? row + count : row - count);
        column = 0;
      } else if (final === 'G') moveTo(count - 1);
      else if (final === 'H' || final === 'f') {
        toRow(top + count - 1);
        moveTo((second || 1) - 1);
      } else if (final === 'J') clear(first);
      else if (final === 'K') erase(first);
    },
  };
}
