// A patch as a coloured diff, also while the model is still writing it.
import type { Theme } from '../theme.ts';
import { plural } from './amounts.ts';
import { behind } from './behind.ts';
import { styledLines } from './changed-words.ts';
import { clean } from './clean.ts';
import { codeLines } from './diff-code.ts';
import { firstRows } from './first-rows.ts';
import { stringField } from './partial-json.ts';
import { type PatchFile, type PatchLine, patchFiles } from './patch-lines.ts';
import { cut } from './width.ts';

const markers: Readonly<Record<PatchLine['kind'], string>> = {
  added: '+ ',
  removed: '- ',
  context: '  ',
  anchor: '⋯ ',
  other: '? ',
};

export interface PatchRowsOptions {
  /** A finished patch shows its head and says how much more there is; a streaming one its newest lines. */
  readonly maxRows?: number;
  readonly streaming?: boolean;
  /** A row above names the file already: a patch of one file gets no heading. */
  readonly headed?: boolean;
  /** The code in its language's colours: too slow for a patch that streams. */
  readonly coloured?: boolean;
}

/** The patch in a call's argument: the argument itself, or the `input` of a function call's JSON, whole or not. */
export function patchText(argument: string): string {
  return argument.trimStart().startsWith('{') ? (stringField(argument, 'input') ?? '') : argument;
}

/** The files of a patch in a call's argument, cleaned, as far as they have come. */
export function readPatch(argument: string): PatchFile[] {
  return patchFiles(clean(patchText(argument)));
}

/** Rows of a patch: a heading per file with its counts, then its lines behind `+` and `-`. */
export function patchRows(
  files: readonly PatchFile[],
  width: number,
  theme: Theme,
  options: PatchRowsOptions = {},
): string[] {
  const { maxRows = Number.POSITIVE_INFINITY, streaming = false, headed = false, coloured = false } = options;
  if (width < 1 || maxRows < 1) return [];
  const heading = (file: PatchFile): string[] =>
    headed && files.length === 1 ? [] : [headingRow(file, width, theme)];
  const body = (lines: readonly PatchLine[]): string[] => lineRows(lines, width, theme);
  if (streaming)
    return newestRows(files, maxRows, heading, body, (text) => cut(theme.sgr('dim', text), width));
  const rows = files.flatMap((file) => [
    ...heading(file),
    ...lineRows(file.lines, width, theme, coloured ? codeLines(file, theme) : []),
  ]);
  return firstRows(rows, width, theme, maxRows);
}

/** `+9 −2`, over all of the files. */
export function changeCounts(
  files: readonly { readonly added: number; readonly removed: number }[],
  theme: Theme,
): string {
  const sum = (kind: 'added' | 'removed'): number => files.reduce((total, file) => total + file[kind], 0);
  return `${theme.sgr('added', `+${sum('added')}`)} ${theme.sgr('removed', `−${sum('removed')}`)}`;
}

/**
 * Only as many lines are laid out as can be seen: the cost of a frame does not grow with the patch. A row says how many
 * lines are not, under the heading of the file that goes on above.
 */
function newestRows(
  files: readonly PatchFile[],
  maxRows: number,
  heading: (file: PatchFile) => string[],
  body: (lines: readonly PatchLine[]) => string[],
  quiet: (text: string) => string,
): string[] {
  const lines = files.reduce((sum, file) => sum + file.lines.length, 0);
  const whole = lines > maxRows ? [] : files.flatMap((file) => [...heading(file), ...body(file.lines)]);
  if (lines <= maxRows && whole.length <= maxRows) return whole;
  let rows: string[] = [];
  let hidden = lines;
  let top: string[] = [];
  for (const file of files.toReversed()) {
    const above = heading(file);
    const room = maxRows - 1 - rows.length - above.length;
    if (room < 1) break;
    const count = fitting(file.lines, room, body);
    const newest = body(file.lines.slice(-Math.max(1, count))).slice(-room);
    hidden -= count;
    if (count < file.lines.length) {
      top = above;
      rows = [...newest, ...rows];
      break;
    }
    rows = [...above, ...(count === 0 ? [] : newest), ...rows];
  }
  return [...top, quiet(`… ${plural(hidden, 'line')} above`), ...rows];
}

/** How many of the last lines have all of their rows in the room. */
function fitting(
  lines: readonly PatchLine[],
  room: number,
  body: (lines: readonly PatchLine[]) => string[],
): number {
  let used = 0;
  let count = 0;
  while (count < lines.length) {
    used += body(lines.slice(lines.length - count - 1, lines.length - count)).length;
    if (used > room) break;
    count += 1;
  }
  return count;
}

function headingRow(file: PatchFile, width: number, theme: Theme): string {
  const what = file.change === 'added' ? ' new' : file.change === 'deleted' ? ' deleted' : '';
  const path = file.to === undefined ? file.path : `${file.path} → ${file.to}`;
  return cut(`${theme.sgr('heading', path)}${theme.sgr('dim', what)}  ${changeCounts([file], theme)}`, width);
}

/** `code` holds the texts of lines that are styled already. */
function lineRows(
  lines: readonly PatchLine[],
  width: number,
  theme: Theme,
  code: readonly (string | undefined)[] = [],
): string[] {
  const texts = styledLines(lines, theme);
  return lines.flatMap(({ kind }, at) => {
    const token = kind === 'added' || kind === 'removed' ? kind : 'dim';
    return behind(theme.sgr(token, markers[kind]), code[at] ?? texts[at] ?? '', width, { hanging: 2 });
  });
}
