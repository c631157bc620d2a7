// Reads the `*** Begin Patch` format, as forgiving as Codex's own reader: models are trained on that one.
import { PatchError } from './patch-error.ts';

export type PatchOperation =
  | { readonly kind: 'add'; readonly path: string; readonly lines: readonly string[] }
  | { readonly kind: 'delete'; readonly path: string }
  | {
      readonly kind: 'update';
      readonly path: string;
      readonly moveTo?: string;
      readonly hunks: readonly Hunk[];
    };

export interface Hunk {
  /** Lines named after `@@`, outermost first: the hunk lies after them. */
  readonly anchors: readonly string[];
  readonly lines: readonly HunkLine[];
  /** The hunk ends where the file ends. */
  readonly atEnd: boolean;
}

export interface HunkLine {
  readonly sign: ' ' | '-' | '+';
  readonly text: string;
}

const HEADER = /^\*\*\* (Add|Delete|Update) File:\s*(.*)$/;
const MOVE = /^\*\*\* Move to:\s*(.*)$/;
const END_OF_FILE = '*** End of File';

/** Lines of the patch that are still to be read, with their 1-based numbers for messages. */
interface Cursor {
  readonly lines: readonly string[];
  readonly first: number;
  at: number;
}

/**
 * The operations of a patch, in order. What stands before `*** Begin Patch` and after `*** End Patch` is ignored: a
 * heredoc, a code fence. Pure. Throws `PatchError` where the grammar does not hold.
 */
export function readPatch(text: string): PatchOperation[] {
  const all = text.split(/\r?\n/);
  const begin = all.findIndex((line) => line.trim() === '*** Begin Patch');
  if (begin < 0) throw new PatchError('The patch has no line `*** Begin Patch`.');
  const end = all.findLastIndex((line) => line.trim() === '*** End Patch');
  if (end < begin)
    throw new PatchError(
      'The patch has no line `*** End Patch` after its beginning: it may have been cut off.',
    );
  const cursor: Cursor = { lines: all.slice(begin + 1, end), first: begin + 2, at: 0 };
  const operations: PatchOperation[] = [];
  for (skipBlank(cursor); cursor.at < cursor.lines.length; skipBlank(cursor))
    operations.push(readOperation(cursor));
  if (operations.length === 0) throw new PatchError('The patch changes no file.');
  return operations;
}

function readOperation(cursor: Cursor): PatchOperation {
  const line = peek(cursor) ?? '';
  const [, kind, path = ''] = HEADER.exec(line.trim()) ?? [];
  if (kind === undefined) {
    throw new PatchError(
      `${where(cursor)}: \`${line}\` is not one of \`*** Add File: path\`, \`*** Delete File: path\`, \`*** Update File: path\`.`,
    );
  }
  if (path === '') throw new PatchError(`${where(cursor)}: the path is missing.`);
  cursor.at += 1;
  if (kind === 'Delete') return { kind: 'delete', path };
  return kind === 'Add' ? { kind: 'add', path, lines: readAdded(cursor, path) } : readUpdate(cursor, path);
}

function readAdded(cursor: Cursor, path: string): string[] {
  const lines: string[] = [];
  for (let line = peek(cursor); line !== undefined && !HEADER.test(line.trim()); line = peek(cursor)) {
    const isBlank = line.trim() === '';
    if (!isBlank && !line.startsWith('+'))
      throw new PatchError(
        `${where(cursor)}, in ${path}: each line of an added file begins with \`+\`, and \`${line}\` does not.`,
      );
    // A blank line may have lost its plus.
    lines.push(isBlank ? '' : line.slice(1));
    cursor.at += 1;
  }
  // Blank lines in front of the next file belong to nobody.
  while (lines.length > 0 && cursor.lines[cursor.at - 1]?.trim() === '') {
    lines.pop();
    cursor.at -= 1;
  }
  skipBlank(cursor);
  return lines;
}

function readUpdate(cursor: Cursor, path: string): PatchOperation {
  const moveTo = MOVE.exec(peek(cursor)?.trim() ?? '')?.[1];
  if (moveTo === '') throw new PatchError(`${where(cursor)}: the path to move to is missing.`);
  if (moveTo !== undefined) cursor.at += 1;
  const hunks: Hunk[] = [];
  for (skipBlank(cursor); hasMore(cursor); skipBlank(cursor))
    hunks.push(readHunk(cursor, path, hunks.length === 0));
  if (hunks.length === 0 && moveTo === undefined)
    throw new PatchError(`${where(cursor)}: the update of ${path} has no lines.`);
  return { kind: 'update', path, hunks, ...(moveTo !== undefined && { moveTo }) };
}

/** Only the first hunk of a file may come without its `@@`. */
function readHunk(cursor: Cursor, path: string, isFirst: boolean): Hunk {
  const begin = cursor.at;
  const anchors: string[] = [];
  for (let line = peek(cursor); line?.startsWith('@@'); line = peek(cursor)) {
    const anchor = anchorText(line);
    if (anchor !== '') anchors.push(anchor);
    cursor.at += 1;
  }
  if (cursor.at === begin && !isFirst)
    throw new PatchError(
      `${where(cursor)}, in ${path}: a hunk begins with \`@@\`, not with \`${peek(cursor)}\`.`,
    );
  const lines: HunkLine[] = [];
  for (let line = peek(cursor); line !== undefined; line = peek(cursor)) {
    const read = readHunkLine(line);
    if (read === undefined) break;
    lines.push(read);
    cursor.at += 1;
  }
  const atEnd = peek(cursor)?.trim() === END_OF_FILE;
  if (atEnd) cursor.at += 1;
  if (lines.length === 0 || (hasMore(cursor) && !atEnd && !peek(cursor)?.startsWith('@@'))) {
    throw new PatchError(
      `${where(cursor)}, in ${path}: each line of a hunk begins with a space, \`-\` or \`+\`${hasMore(cursor) ? `, and \`${peek(cursor)}\` does not` : '; this one has none'}.`,
    );
  }
  return { anchors, lines, atEnd };
}

function readHunkLine(line: string): HunkLine | undefined {
  if (line === '') return { sign: ' ', text: '' };
  const sign = line[0];
  return sign === ' ' || sign === '-' || sign === '+' ? { sign, text: line.slice(1) } : undefined;
}

/** `@@ class A`, also in the form of a unified diff: `@@ -1,2 +1,3 @@ class A`. */
function anchorText(line: string): string {
  return line
    .slice(2)
    .replace(/^ -\d+(,\d+)? \+\d+(,\d+)? @@/, '')
    .replace(/^ /, '')
    .replace(/\s*@@\s*$/, '')
    .trimEnd();
}

function peek(cursor: Cursor): string | undefined {
  return cursor.lines[cursor.at];
}

/** Whether the file that is being read has further lines. */
function hasMore(cursor: Cursor): boolean {
  const line = peek(cursor);
  return line !== undefined && !isHeader(line);
}

/** Not trimmed at its start: a line of context may well say the same after its space. */
function isHeader(line: string): boolean {
  return HEADER.test(line.trimEnd());
}

function skipBlank(cursor: Cursor): void {
  while (peek(cursor)?.trim() === '') cursor.at += 1;
}

function where(cursor: Cursor): string {
  return `Line ${cursor.first + Math.min(cursor.at, cursor.lines.length - 1)} of the patch`;
}
