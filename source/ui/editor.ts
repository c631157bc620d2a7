// The draft in the composer and what keys do to it. Pure; a cursor never stands inside a grapheme.
import { type Chip, type Chips, chipMarks, chipsIn, freeMark, noChips } from './editing/chips.ts';
import { GRAPHEME, graphemeAfter, graphemeBefore, graphemeEnd } from './editing/graphemes.ts';
import { type Motion, placeOf } from './editing/motion.ts';
import {
  between,
  lineOf,
  linesOf,
  ordered,
  type Place,
  type Text,
  withLines,
  without,
} from './editing/text.ts';

export interface Buffer extends Text {
  readonly undone: readonly Text[];
  readonly done: readonly Text[];
  /** What was killed, newest last, for yank. */
  readonly kills: readonly string[];
  /** What the chips in the text, in its earlier states and in the kills stand for. */
  readonly chips: Chips;
  /** What was done last: some things go on where they stopped. */
  readonly last?: Last;
}

type Last =
  /** A word and the spaces behind it make one step of undo. */
  | { readonly kind: 'typing'; readonly space: boolean }
  | { readonly kind: 'erasing' }
  /** Kills in a row join. */
  | { readonly kind: 'killing' }
  /** `before`: the text without what was yanked; `age`: 0 for the newest kill. */
  | { readonly kind: 'yanking'; readonly before: Text; readonly age: number }
  /** `aim`: the cell of the row that up and down try to keep. */
  | { readonly kind: 'moving'; readonly aim?: number }
  | { readonly kind: 'changing' };

export type Operation =
  | { readonly kind: 'insert'; readonly text: string }
  | { readonly kind: 'attach'; readonly chip: Chip }
  /** The chip beside the cursor gives way to the text that it stands for. */
  | { readonly kind: 'open' }
  | { readonly kind: 'move'; readonly to: Motion }
  | { readonly kind: 'go'; readonly to: Place; readonly aim?: number }
  | { readonly kind: 'delete'; readonly to: Motion }
  /** Deletes and keeps what was deleted for yank. */
  | { readonly kind: 'kill'; readonly to: Motion }
  | { readonly kind: 'yank' }
  /** Behind a yank: the kill before it instead. */
  | { readonly kind: 'yank older' }
  /** Puts a text where that from a place to the cursor is. */
  | { readonly kind: 'replace'; readonly from: Place; readonly text: string }
  | { readonly kind: 'clear' }
  | { readonly kind: 'undo' }
  | { readonly kind: 'redo' };

/** UTF-16 units of a chip's character. */
const MARK = 2;
const KILLS = 10;
/** Steps of undo, and lines that all of them hold together: each has a list of its own. */
const STEPS = { count: 100, lines: 2_000_000 };

export const emptyBuffer: Buffer = {
  lines: [''],
  row: 0,
  column: 0,
  undone: [],
  done: [],
  kills: [],
  chips: noChips,
};

/** A buffer with this text and the cursor at its end. */
export function bufferOf(text: string): Buffer {
  return { ...edit(emptyBuffer, { kind: 'insert', text }), done: [], last: undefined };
}

export function textOf(text: Text): string {
  return text.lines.join('\n');
}

export function isEmpty(text: Text): boolean {
  return text.lines.length === 1 && text.lines[0] === '';
}

/** Nothing typed, and nothing to undo; what was killed is still there. */
export function cleared({ kills, chips }: Buffer): Buffer {
  return { ...emptyBuffer, kills, chips: chipsIn(kills, chips) };
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
    case 'attach': {
      const mark = freeMark(buffer.chips);
      const chips = new Map(buffer.chips).set(mark, operation.chip);
      return step({ ...buffer, chips }, withLines(buffer, [mark]), { kind: 'changing' });
    }
    case 'open':
      return open(buffer);
    case 'move':
      return { ...buffer, ...placeOf(buffer, operation.to), last: { kind: 'moving' } };
    case 'go':
      return { ...buffer, ...operation.to, last: { kind: 'moving', aim: operation.aim } };
    case 'delete':
      return remove(buffer, placeOf(buffer, operation.to));
    case 'kill':
      return kill(buffer, placeOf(buffer, operation.to));
    case 'yank':
      return yank(buffer, bare(buffer), 0);
    case 'yank older':
      return buffer.last?.kind === 'yanking'
        ? yank(buffer, buffer.last.before, (buffer.last.age + 1) % buffer.kills.length)
        : buffer;
    case 'replace': {
      const rest = without(buffer, operation.from);
      return step(buffer, withLines(rest, linesOf(operation.text)), { kind: 'changing' });
    }
    case 'clear':
      return isEmpty(buffer)
        ? buffer
        : step(buffer, { lines: [''], row: 0, column: 0 }, { kind: 'changing' });
    case 'undo':
      return undo(buffer);
    case 'redo':
      return redo(buffer);
    default:
      return operation satisfies never;
  }
}

function insert(buffer: Buffer, text: string): Buffer {
  const added = linesOf(text);
  if (added.length === 1 && added[0] === '') return buffer;
  const next = withLines(buffer, added);
  if (added.length > 1 || text.length > GRAPHEME) return step(buffer, next, { kind: 'changing' });
  const last: Last = { kind: 'typing', space: text.endsWith(' ') };
  const word = !text.startsWith(' ');
  const joins = buffer.last?.kind === 'typing' && !(buffer.last.space && word);
  return joins ? { ...buffer, ...next, undone: [], last } : step(buffer, next, last);
}

function remove(buffer: Buffer, to: Place): Buffer {
  if (isHere(buffer, to)) return buffer;
  const next = without(buffer, to);
  const last: Last = { kind: 'erasing' };
  return buffer.last?.kind === 'erasing'
    ? { ...buffer, ...next, undone: [], last }
    : step(buffer, next, last);
}

function kill(buffer: Buffer, to: Place): Buffer {
  const last: Last = { kind: 'killing' };
  if (isHere(buffer, to)) return { ...buffer, last: buffer.last?.kind === 'killing' ? last : buffer.last };
  const killed = between(buffer, to);
  const joins = buffer.last?.kind === 'killing';
  const before = joins ? (buffer.kills.at(-1) ?? '') : '';
  const forward = isHere(buffer, ordered(buffer, to)[0]);
  const whole = forward ? before + killed : killed + before;
  const kills = [...(joins ? buffer.kills.slice(0, -1) : buffer.kills), whole].slice(-KILLS);
  return { ...step(buffer, without(buffer, to), last), kills };
}

/** Puts the kill of this age into the text as it was before a yank. */
function yank(buffer: Buffer, before: Text, age: number): Buffer {
  const killed = buffer.kills.at(-1 - age);
  if (killed === undefined) return buffer;
  const next = withLines(before, killed.split('\n'));
  const last: Last = { kind: 'yanking', before, age };
  return buffer.last?.kind === 'yanking' && before === buffer.last.before
    ? { ...buffer, ...next, last }
    : step(buffer, next, last);
}

/** The chip before the cursor, else the one behind it. */
export function chipAt(buffer: Buffer): { chip: Chip | undefined; mark: string; column: number } | undefined {
  const line = lineOf(buffer, buffer.row);
  // Each frame asks: to look for a chip's character takes a tenth of what looking for graphemes does.
  if (line.slice(Math.max(0, buffer.column - MARK), buffer.column + MARK).search(chipMarks) < 0)
    return undefined;
  const left = buffer.column - graphemeBefore(line, buffer.column);
  for (const column of [left, buffer.column]) {
    const mark = line.slice(column, column + graphemeAfter(line, column));
    if (mark !== '' && mark.replace(chipMarks, '') === '')
      return { chip: buffer.chips.get(mark), mark, column };
  }
  return undefined;
}

function open(buffer: Buffer): Buffer {
  const found = chipAt(buffer);
  if (found?.chip?.kind !== 'paste') return buffer;
  const rest = without(
    { ...bare(buffer), column: found.column },
    { row: buffer.row, column: found.column + found.mark.length },
  );
  return step(buffer, withLines(rest, found.chip.text.split('\n')), { kind: 'changing' });
}

/** A chip that was being read is known now. */
export function resolve(buffer: Buffer, mark: string, chip: Chip): Buffer {
  return { ...buffer, chips: new Map(buffer.chips).set(mark, chip) };
}

/** Text takes the place of a chip that came to nothing, in all that undo brings back as well. */
export function dissolve(buffer: Buffer, mark: string, text: string): Buffer {
  const swap = (state: Text): Text => {
    const row = state.lines.findIndex((line) => line.includes(mark));
    if (row < 0) return state;
    const line = lineOf(state, row);
    const behind = row === state.row && state.column > line.indexOf(mark);
    const column = state.column + (behind ? text.length - mark.length : 0);
    return {
      lines: state.lines.with(
        row,
        line.replace(mark, () => text),
      ),
      row: state.row,
      column,
    };
  };
  const chips = new Map(buffer.chips);
  chips.delete(mark);
  return { ...buffer, ...swap(buffer), chips, done: buffer.done.map(swap), undone: buffer.undone.map(swap) };
}

function step(buffer: Buffer, next: Text, last: Last): Buffer {
  const most = Math.max(1, Math.min(STEPS.count, Math.floor(STEPS.lines / buffer.lines.length)));
  const done = [...buffer.done, bare(buffer)].slice(-most);
  return { ...buffer, ...bare(next), done, undone: [], last };
}

function undo(buffer: Buffer): Buffer {
  const before = buffer.done.at(-1);
  if (before === undefined) return buffer;
  const undone = [...buffer.undone, bare(buffer)];
  return { ...buffer, ...before, done: buffer.done.slice(0, -1), undone, last: undefined };
}

function redo(buffer: Buffer): Buffer {
  const after = buffer.undone.at(-1);
  if (after === undefined) return buffer;
  const done = [...buffer.done, bare(buffer)];
  return { ...buffer, ...after, undone: buffer.undone.slice(0, -1), done, last: undefined };
}

function bare({ lines, row, column }: Text): Text {
  return { lines, row, column };
}

function isHere(text: Text, { row, column }: Place): boolean {
  return text.row === row && text.column === column;
}
