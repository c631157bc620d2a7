// The lines between the panes and above the composer. They carry what would need a row of its own.
import { clean } from '../text/clean.ts';
import { cut, width as widthOf } from '../text/width.ts';
import type { Theme } from '../theme.ts';

/** A line that begins with a title. */
export function titledLine(title: string, width: number, theme: Theme): string {
  const rest = width - widthOf(title) - 1;
  return rest < 1 ? cut(title, width) : `${title} ${theme.sgr('border', '─'.repeat(rest))}`;
}

export interface ComposerLine {
  readonly width: number;
  /** Where the line between the panes comes down on it. */
  readonly column?: number;
  /** The answer to the last key; it may quote a file, a program or git. */
  readonly message?: string;
  /** What is searched, styled; the message is beside it. */
  readonly search?: string;
  /** Keys that matter now, as many as fit into so many columns. */
  readonly hint: (room: number) => string;
}

export function composerLine({ width, column, message, search, hint }: ComposerLine, theme: Theme): string {
  const line = [...'─'.repeat(width)];
  if (column !== undefined) line[column] = '┴';
  const left = leftOf(search, message, width - 4, theme);
  const room = width - widthOf(left) - (left === '' ? 3 : 7);
  const right = hint(Math.max(0, room));
  const from = left === '' ? 0 : widthOf(left) + 3;
  const to = right === '' ? width : width - widthOf(right) - 3;
  const dashes = theme.sgr('border', line.slice(from, to).join(''));
  const start = left === '' ? '' : `${theme.sgr('border', '─')} ${left} `;
  const end = right === '' ? '' : ` ${theme.sgr('dim', right)} ${theme.sgr('border', '─')}`;
  return start + dashes + end;
}

/** Columns before what stands on the left of that line. */
export const LEFT_INSET = 2;

function leftOf(search = '', message = '', width: number, theme: Theme): string {
  const said = clean(message, { newlines: false });
  const parts = [search, said === '' ? '' : theme.sgr('warn', said)];
  return cut(parts.filter((part) => part !== '').join('  '), width);
}

/** The line between the left pane and the right ones, from top to bottom; `branch` is the row where another begins. */
export function columnRows(height: number, branch: number, theme: Theme): string[] {
  return Array.from({ length: height }, (_, row) => theme.sgr('border', row === branch ? '├' : '│'));
}
