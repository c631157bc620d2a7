// A markdown table, fitted to the width: wide columns give way first; too narrow for columns, it becomes a list.
import type { Tokens } from 'marked';
import type { Theme } from '../theme.ts';
import { inline } from './markdown-inline.ts';
import { pad, width } from './width.ts';
import { wrap } from './wrap.ts';

const separator = ' │ ';
/** Columns narrower than this cannot be read. */
const minColumns = 6;

export function tableRows(table: Tokens.Table, columns: number, theme: Theme): string[] {
  const header = table.header.map((cell) => theme.sgr('strong', inline(cell.tokens, theme)));
  const body = table.rows.map((row) => row.map((cell) => inline(cell.tokens, theme)));
  const room = columns - width(separator) * (header.length - 1);
  const natural = header.map((_, at) =>
    Math.max(1, ...[header, ...body].map((row) => lineWidth(row[at] ?? ''))),
  );
  if (room < header.length * minColumns && total(natural) > room) return listRows(header, body, columns);
  const widths = fitted(natural, room);
  const rule = theme.sgr('border', widths.map((each) => '─'.repeat(each)).join('─┼─'));
  const between = theme.sgr('border', separator);
  const record = (row: readonly string[]): string[] => recordRows(row, widths, table.align, between);
  return [...record(header), rule, ...body.flatMap(record)];
}

function recordRows(
  row: readonly string[],
  widths: readonly number[],
  align: Tokens.Table['align'],
  between: string,
): string[] {
  const cells = widths.map((each, at) => wrap(row[at] ?? '', each));
  const height = Math.max(...cells.map((lines) => lines.length));
  return Array.from({ length: height }, (_, line) =>
    widths.map((each, at) => aligned(cells[at]?.[line] ?? '', each, align[at] ?? 'left')).join(between),
  );
}

function aligned(text: string, columns: number, side: 'left' | 'center' | 'right'): string {
  const spare = columns - width(text);
  const before = side === 'right' ? spare : side === 'center' ? Math.floor(spare / 2) : 0;
  return pad(' '.repeat(before) + text, columns);
}

function listRows(
  header: readonly string[],
  body: readonly (readonly string[])[],
  columns: number,
): string[] {
  return body.flatMap((row, at) => {
    const rows = row.flatMap((cell, column) =>
      wrap(`${header[column] ?? ''}: ${cell}`, columns, { hanging: 2 }),
    );
    return at === 0 ? rows : ['', ...rows];
  });
}

/** The widest columns give up a column at a time until they all fit. */
function fitted(natural: readonly number[], room: number): number[] {
  let widest = Math.max(...natural);
  const limited = (): number[] => natural.map((each) => Math.min(each, widest));
  while (widest > 1 && total(limited()) > room) widest -= 1;
  return limited();
}

function lineWidth(text: string): number {
  return Math.max(...text.split('\n').map(width));
}

function total(widths: readonly number[]): number {
  return widths.reduce((sum, each) => sum + each, 0);
}
