// Finds the lines that a hunk means, though the model may have written them a little differently from how they stand in the file.

/** From exact to forgiving, each tried over the whole file before the next, as Codex does. */
const READINGS: readonly ((line: string) => string)[] = [
  (line) => line,
  (line) => line.trimEnd(),
  (line) => line.trim(),
  plain,
];

/** Without outer space, and with typographic dashes, quotes and spaces as their ASCII look-alikes. */
export function plain(line: string): string {
  return line
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/[\u2018-\u201b]/g, "'")
    .replace(/[\u201c-\u201f]/g, '"')
    .replace(/[\u00a0\u2000-\u200a\u202f\u205f\u3000]/g, ' ')
    .trim();
}

/** 0-based index of the first place at or after `from` where all of `wanted` stand in a row; -1: none. `atEnd`: they must be the last lines. */
export function findLines(
  lines: readonly string[],
  wanted: readonly string[],
  from: number,
  atEnd: boolean,
): number {
  const last = lines.length - wanted.length;
  for (const reading of READINGS) {
    const sought = wanted.map(reading);
    for (let at = atEnd ? Math.max(from, last) : from; at <= last; at += 1) {
      if (sought.every((line, offset) => reading(lines[at + offset] ?? '') === line)) return at;
    }
  }
  return -1;
}

/** Like `findLines` for the one line of an anchor, of which the model may have written only a part. */
export function findAnchor(lines: readonly string[], anchor: string, from: number): number {
  const whole = findLines(lines, [anchor], from, false);
  if (whole >= 0) return whole;
  const part = plain(anchor);
  return lines.findIndex((line, at) => at >= from && plain(line).includes(part));
}

/** Line pairs that are compared at most in search of a similar place. */
const MOST_COMPARISONS = 300_000;

/** Where a file comes nearest to `wanted`: 0-based index, or -1 where nothing is like it. For messages. */
export function findNearest(lines: readonly string[], wanted: readonly string[]): number {
  const sought = wanted.slice(0, 40).map(plain);
  if (lines.length * sought.length > MOST_COMPARISONS) return -1;
  const file = lines.map(plain);
  let [best, nearest] = [0.4 * sought.length, -1];
  for (let at = 0; at < file.length; at += 1) {
    const score = sought.reduce((sum, line, offset) => sum + likeness(line, file[at + offset] ?? ''), 0);
    if (score > best) [best, nearest] = [score, at];
  }
  return nearest;
}

/** 0 to 1: the share of two lines that is common to their beginnings and ends. */
function likeness(a: string, b: string): number {
  if (a === b) return a === '' ? 0.5 : 1;
  const shorter = Math.min(a.length, b.length);
  let start = 0;
  while (start < shorter && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < shorter - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1;
  return (start + end) / Math.max(a.length, b.length);
}
