// Moves over what has more rows than there is room: over blocks, laying out only those that are touched, and over rows.

export interface Blocks {
  readonly count: number;
  rows(block: number): readonly string[];
}

/** A row of a block: the top of what is shown. */
export interface Position {
  readonly block: number;
  readonly row: number;
}

export const start: Position = { block: 0, row: 0 };

export function isBefore(a: Position, b: Position): boolean {
  return a.block < b.block || (a.block === b.block && a.row < b.row);
}

/** The top of the last page; the start where everything fits on one. */
export function lastPage(blocks: Blocks, height: number): Position {
  return walk(blocks, { block: blocks.count, row: 0 }, -height);
}

/** So many rows down, or up where `by` is negative, as far as there are rows. */
export function walk(blocks: Blocks, from: Position, by: number): Position {
  let { block } = from;
  let row = from.row + by;
  while (row < 0 && block > 0) {
    block -= 1;
    row += blocks.rows(block).length;
  }
  if (row < 0) return start;
  while (block < blocks.count && row >= blocks.rows(block).length) {
    row -= blocks.rows(block).length;
    block += 1;
  }
  return block < blocks.count ? { block, row } : { block: blocks.count, row: 0 };
}

/** At most `height` rows from a position on. */
export function take(blocks: Blocks, from: Position, height: number): string[] {
  const taken: string[] = [];
  for (let { block, row } = from; block < blocks.count && taken.length < height; block++, row = 0) {
    taken.push(...blocks.rows(block).slice(row, row + height - taken.length));
  }
  return taken;
}

/** Rows from one position to a later one; those beyond `most` are not looked at. */
export function distance(
  blocks: Blocks,
  from: Position,
  to: Position,
  most = Number.POSITIVE_INFINITY,
): number {
  let rows = -from.row;
  for (let block = from.block; block < to.block; block++) {
    rows += blocks.rows(block).length;
    if (rows > most) return rows;
  }
  return rows + to.row;
}

/** A list of rows of which some are scrolled away. */
export interface Paged {
  /** The row on top. */
  readonly top: number;
  /** The last one that still fills the place. */
  readonly last: number;
}

/** So many rows in a place of this height, with this one on top as far as the last page stays full. */
export function paged(rows: number, height: number, wanted: number): Paged {
  const last = Math.max(0, rows - height);
  return { top: Math.min(wanted, last), last };
}

/** The row on top after so many rows down, or up where negative; as far as it goes. */
export function scrolled({ top, last }: Paged, rows: number): number {
  return Math.max(0, Math.min(top + rows, last));
}
