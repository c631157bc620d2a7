// What is being completed: the word behind an @ or a slash that ends at the cursor.
import { type Buffer, textOf } from '../editor.ts';

export interface Token {
  readonly kind: 'file' | 'word';
  /** Without its sign. */
  readonly query: string;
  /** Where its sign stands in the cursor's line, in UTF-16 units. */
  readonly column: number;
}

/** A name behind which nothing is a path any more. */
const LONGEST = 256;
const file = /(?:^|[\s([{<"'`,:])@([^\s@"'`]*)$/;
const word = /^\/[a-z]*$/i;

/** Undefined where nothing is completed: the cursor was moved there, or stands in no such word. */
export function tokenAt(draft: Buffer): Token | undefined {
  const done = draft.last?.kind;
  if (done !== 'typing' && done !== 'erasing' && done !== 'changing') return undefined;
  const line = draft.lines[draft.row] ?? '';
  const before = line.slice(Math.max(0, draft.column - LONGEST), draft.column);
  if (draft.lines.length === 1 && word.test(line) && draft.column === line.length)
    return { kind: 'word', query: textOf(draft).slice(1), column: 0 };
  const query = file.exec(before)?.[1];
  return query === undefined ? undefined : { kind: 'file', query, column: draft.column - query.length - 1 };
}
