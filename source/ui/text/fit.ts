// One row out of parts of which the least important go when there is no room.
import { cut, pad, width } from './width.ts';

export interface Part {
  /** Styled, cleaned; '' is no part. */
  readonly text: string;
  /** The lowest is dropped first. */
  readonly rank: number;
}

/** The parts in their order with the separator between, as many as fit; the last one left is cut. */
export function fit(parts: readonly Part[], separator: string, columns: number): string {
  const kept = fitting(parts, separator, columns);
  if (kept !== '') return kept;
  const first = parts.filter((part) => part.text !== '').toSorted((a, b) => b.rank - a.rank)[0];
  return cut(first?.text ?? '', columns);
}

/**
 * A subject, and parts at the right edge, so that those of several rows stand under each other. The subject is cut
 * too, but keeps `share` of the columns if it needs them.
 */
export function beside(subject: string, parts: readonly Part[], columns: number, share = 0.5): string {
  const gap = '  ';
  const reserved = Math.min(width(subject), Math.ceil(columns * share));
  const tail = fitting(parts, gap, columns - reserved - gap.length);
  return tail === '' ? cut(subject, columns) : pad(subject, columns - width(tail) - gap.length) + gap + tail;
}

/** As many whole parts as fit, maybe none. */
function fitting(parts: readonly Part[], separator: string, columns: number): string {
  let kept = parts.filter((part) => part.text !== '');
  let row = kept.map((part) => part.text).join(separator);
  while (kept.length > 0 && width(row) > columns) {
    const lowest = Math.min(...kept.map((part) => part.rank));
    kept = kept.toSpliced(
      kept.findLastIndex((part) => part.rank === lowest),
      1,
    );
    row = kept.map((part) => part.text).join(separator);
  }
  return row;
}
