// What a person takes for one character, found in the neighbourhood of a column: a line may be megabytes long.

/** Longest grapheme that is looked for, in UTF-16 units: an emoji of a whole family has 11. */
export const GRAPHEME = 64;

/** UTF-16 units of the grapheme before the column; 0 at the start. */
export function graphemeBefore(line: string, column: number): number {
  const near = line.slice(Math.max(0, column - GRAPHEME), column);
  return [...new Intl.Segmenter().segment(near)].at(-1)?.segment.length ?? 0;
}

/** UTF-16 units of the grapheme behind the column; 0 at the end. */
export function graphemeAfter(line: string, column: number): number {
  const near = line.slice(column, column + GRAPHEME);
  for (const { segment } of new Intl.Segmenter().segment(near)) return segment.length;
  return 0;
}

/** The start of the grapheme at this column, or the line's end. */
export function graphemeStart(line: string, column: number): number {
  return graphemeAt(line, column)?.start ?? line.length;
}

/** Where the grapheme ends that this column cuts in two; the column itself where it cuts none. */
export function graphemeEnd(line: string, column: number): number {
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
