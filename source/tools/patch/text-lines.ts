// A text as lines that remember how they end, so that what a patch does not touch stays as it was, byte for byte.

export interface TextLine {
  readonly text: string;
  /** Empty only on a last line without a line break. */
  readonly end: '\n' | '\r\n' | '';
}

export function splitLines(content: string): TextLine[] {
  const lines: TextLine[] = [];
  for (let at = 0; at < content.length; ) {
    const feed = content.indexOf('\n', at);
    if (feed < 0) {
      lines.push({ text: content.slice(at), end: '' });
      break;
    }
    const isCrlf = feed > at && content[feed - 1] === '\r';
    lines.push({ text: content.slice(at, isCrlf ? feed - 1 : feed), end: isCrlf ? '\r\n' : '\n' });
    at = feed + 1;
  }
  return lines;
}

export function joinLines(lines: readonly TextLine[]): string {
  return lines.map((line) => line.text + line.end).join('');
}

/** Lines that a shortest edit from one text to the other adds and removes. */
export function countChanges(
  before: readonly TextLine[],
  after: readonly TextLine[],
): { added: number; removed: number } {
  let start = 0;
  while (start < before.length && start < after.length && isSame(before[start], after[start])) start += 1;
  let [endBefore, endAfter] = [before.length, after.length];
  while (endBefore > start && endAfter > start && isSame(before[endBefore - 1], after[endAfter - 1])) {
    endBefore -= 1;
    endAfter -= 1;
  }
  const common = countCommon(before.slice(start, endBefore), after.slice(start, endAfter));
  return { added: endAfter - start - common, removed: endBefore - start - common };
}

/** Comparisons; beyond, a change is counted as if every line of it were new. */
const MOST_COMPARISONS = 4_000_000;

/** Length of the longest common subsequence. */
function countCommon(before: readonly TextLine[], after: readonly TextLine[]): number {
  if (before.length * after.length > MOST_COMPARISONS) return 0;
  let row = new Uint32Array(after.length + 1);
  for (const line of before) {
    const next = new Uint32Array(after.length + 1);
    after.forEach((other, at) => {
      next[at + 1] = isSame(line, other) ? (row[at] ?? 0) + 1 : Math.max(row[at + 1] ?? 0, next[at] ?? 0);
    });
    row = next;
  }
  return row[after.length] ?? 0;
}

function isSame(a: TextLine | undefined, b: TextLine | undefined): boolean {
  return a?.text === b?.text && a?.end === b?.end;
}
