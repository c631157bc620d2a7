// The text of the composer and what keys do to it. Pure; a cursor never stands inside a grapheme.

export interface Text {
  readonly lines: readonly string[];
  /** Index of the cursor's line. */
  readonly row: number;
  /** UTF-16 index into that line. */
  readonly column: number;
}

export interface Buffer extends Text {
  readonly undone: readonly Text[];
  readonly done: readonly Text[];
  /** What was killed last, for yank. */
  readonly killed: string;
  /** Typed characters in a row make one step of undo. */
  readonly typing: boolean;
}

export type Operation =
  | { readonly kind: 'insert'; readonly text: string }
  | { readonly kind: 'move'; readonly to: Motion }
  | { readonly kind: 'delete'; readonly to: Motion }
  /** Deletes and keeps what was deleted for yank. */
  | { readonly kind: 'kill'; readonly to: Motion }
  | { readonly kind: 'yank' }
  | { readonly kind: 'undo' }
  | { readonly kind: 'redo' };

export type Motion =
  | 'left'
  | 'right'
  | 'up'
  | 'down'
  | 'word left'
  | 'word right'
  | 'line start'
  | 'line end'
  | 'start'
  | 'end';

interface Place {
  readonly row: number;
  readonly column: number;
}

const STEPS = 100;
/** Longest grapheme that is looked for, in UTF-16 units: an emoji of a whole family has 11. */
const GRAPHEME = 64;

export const emptyBuffer: Buffer = {
  lines: [''],
  row: 0,
  column: 0,
  undone: [],
  done: [],
  killed: '',
  typing: false,
};

/** A buffer with this text and the cursor at its end. */
export function bufferOf(text: string): Buffer {
  const lines = linesOf(text);
  return { ...emptyBuffer, lines, row: lines.length - 1, column: lines.at(-1)?.length ?? 0 };
}

export function textOf(buffer: Text): string {
  return buffer.lines.join('\n');
}

export function isEmpty(buffer: Text): boolean {
  return buffer.lines.length === 1 && buffer.lines[0] === '';
}

export function edit(buffer: Buffer, operation: Operation): Buffer {
  const edited = perform(buffer, operation);
  const column = graphemeEnd(lineOf(edited, edited.row), edited.column);
  return column === edited.column ? edited : { ...edited, column };
}

function perform(buffer: Buffer, operation: Operation): Buffer {
  switch (operation.kind) {
    case 'insert':
      return insert(buffer, operation.text);
    case 'move':
      return { ...buffer, ...place(buffer, operation.to), typing: false };
    case 'delete':
      return remove(buffer, operation.to);
    case 'kill':
      return {
        ...remove(buffer, operation.to),
        killed: between(buffer, place(buffer, operation.to)) || buffer.killed,
      };
    case 'yank':
      return buffer.killed === '' ? buffer : { ...insert(buffer, buffer.killed), typing: false };
    case 'undo':
      return undo(buffer);
    case 'redo':
      return redo(buffer);
    default:
      return operation satisfies never;
  }
}

/** Terminals paste line ends as CR. Other control characters would move the cursor of the screen, so they go. */
function linesOf(text: string): string[] {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/\t/g, '  ')
    .replace(/[\x00-\x09\x0b-\x1f\x7f-\x9f]/g, '')
    .split('\n');
}

function insert(buffer: Buffer, text: string): Buffer {
  const added = linesOf(text);
  if (added.length === 1 && added[0] === '') return buffer;
  const line = lineOf(buffer, buffer.row);
  const tail = line.slice(buffer.column);
  const column = (added.length === 1 ? buffer.column : 0) + (added.at(-1)?.length ?? 0);
  added[0] = line.slice(0, buffer.column) + added[0];
  added[added.length - 1] += tail;
  const lines = splice(buffer.lines, buffer.row, 1, added);
  const typed = added.length === 1 && text.length <= GRAPHEME && text.trim() !== '';
  const next = { lines, row: buffer.row + added.length - 1, column };
  return typed && buffer.typing
    ? { ...buffer, ...next, undone: [] }
    : { ...step(buffer, next), typing: typed };
}

function remove(buffer: Buffer, motion: Motion): Buffer {
  const to = place(buffer, motion);
  const [from, until] = ordered(buffer, to);
  if (from.row === until.row && from.column === until.column) return buffer;
  const joined =
    lineOf(buffer, from.row).slice(0, from.column) + lineOf(buffer, until.row).slice(until.column);
  return step(buffer, { lines: splice(buffer.lines, from.row, until.row - from.row + 1, [joined]), ...from });
}

function between(buffer: Buffer, to: Place): string {
  const [from, until] = ordered(buffer, to);
  if (from.row === until.row) return lineOf(buffer, from.row).slice(from.column, until.column);
  const first = lineOf(buffer, from.row).slice(from.column);
  const last = lineOf(buffer, until.row).slice(0, until.column);
  return [first, ...buffer.lines.slice(from.row + 1, until.row), last].join('\n');
}

function step(buffer: Buffer, next: Text): Buffer {
  return {
    ...buffer,
    ...next,
    done: [...buffer.done, bare(buffer)].slice(-STEPS),
    undone: [],
    typing: false,
  };
}

function undo(buffer: Buffer): Buffer {
  const last = buffer.done.at(-1);
  if (last === undefined) return buffer;
  return {
    ...buffer,
    ...last,
    done: buffer.done.slice(0, -1),
    undone: [...buffer.undone, bare(buffer)],
    typing: false,
  };
}

function redo(buffer: Buffer): Buffer {
  const last = buffer.undone.at(-1);
  if (last === undefined) return buffer;
  return {
    ...buffer,
    ...last,
    undone: buffer.undone.slice(0, -1),
    done: [...buffer.done, bare(buffer)],
    typing: false,
  };
}

function bare({ lines, row, column }: Text): Text {
  return { lines, row, column };
}

function place(text: Text, motion: Motion): Place {
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
      return column === 0 ? place(text, 'left') : { row, column: wordBefore(line, column) };
    case 'word right':
      return column === line.length ? place(text, 'right') : { row, column: wordAfter(line, column) };
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

function ordered(a: Place, b: Place): [Place, Place] {
  const here = { row: a.row, column: a.column };
  const there = { row: b.row, column: b.column };
  return a.row < b.row || (a.row === b.row && a.column <= b.column) ? [here, there] : [there, here];
}

function lineOf(text: Text, row: number): string {
  return text.lines[row] ?? '';
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

/** Looks at the cursor's neighbourhood only: a line may be megabytes long. */
function graphemeBefore(line: string, column: number): number {
  const near = line.slice(Math.max(0, column - GRAPHEME), column);
  return [...new Intl.Segmenter().segment(near)].at(-1)?.segment.length ?? 0;
}

function graphemeAfter(line: string, column: number): number {
  const near = line.slice(column, column + GRAPHEME);
  for (const { segment } of new Intl.Segmenter().segment(near)) return segment.length;
  return 0;
}

/** The start of the grapheme at this column, or the line's end. */
function graphemeStart(line: string, column: number): number {
  return graphemeAt(line, column)?.start ?? line.length;
}

/** Where the grapheme ends that this column cuts in two; the column itself where it cuts none. */
function graphemeEnd(line: string, column: number): number {
  const grapheme = graphemeAt(line, column);
  return grapheme === undefined || grapheme.start === column ? column : grapheme.end;
}

function graphemeAt(line: string, column: number): { start: number; end: number } | undefined {
  if (column >= line.length) return undefined;
  const from = Math.max(0, column - GRAPHEME);
  const near = line.slice(from, column + GRAPHEME);
  const found = new Intl.Segmenter().segment(near).containing(column - from);
  if (found === undefined) return undefined;
  return { start: from + found.index, end: from + found.index + found.segment.length };
}

function isWord(character: string | undefined): boolean {
  return character !== undefined && /[\p{L}\p{M}\p{N}_\ud800-\udfff]/u.test(character);
}

function wordBefore(line: string, column: number): number {
  let at = column;
  while (at > 0 && !isWord(line[at - 1])) at--;
  while (at > 0 && isWord(line[at - 1])) at--;
  return at;
}

function wordAfter(line: string, column: number): number {
  let at = column;
  while (at < line.length && !isWord(line[at])) at++;
  while (at < line.length && isWord(line[at])) at++;
  return at;
}
