// Puts the hunks of one file into its lines, all of them or none.
import { findAnchor, findLines, findNearest } from './find-lines.ts';
import { PatchError } from './patch-error.ts';
import type { Hunk, HunkLine } from './read-patch.ts';
import type { TextLine } from './text-lines.ts';

/** Lines that a message quotes at most. */
const QUOTED = 20;

interface Place {
  /** 0-based. */
  readonly start: number;
  /** What the hunk does from there on; blank lines at its end that the file does not have are left out. */
  readonly lines: readonly HunkLine[];
}

/**
 * The file's lines after the hunks, each searched for after the one before. Lines of context stay as the file has them;
 * new ones end as their neighbours do, and the last keeps its line break, or its lack. Throws `PatchError` where a hunk does not fit.
 */
export function applyHunks(path: string, file: readonly TextLine[], hunks: readonly Hunk[]): TextLine[] {
  const texts = file.map((line) => line.text);
  const result: TextLine[] = [];
  let at = 0;
  hunks.forEach((hunk, index) => {
    const title = `${path}, hunk ${index + 1} of ${hunks.length}`;
    const place = findPlace(texts, hunk, at, title);
    for (; at < place.start; at += 1) result.push(file[at] as TextLine);
    for (const { sign, text } of place.lines) {
      if (sign === '+') result.push({ text, end: (file[at - 1] ?? file[at])?.end ?? '' });
      else {
        if (sign === ' ') result.push(file[at] as TextLine);
        at += 1;
      }
    }
  });
  for (; at < file.length; at += 1) result.push(file[at] as TextLine);
  return endLines(result, file);
}

/** Only a last line may lack its break, and it does where the file's last line did. */
function endLines(lines: readonly TextLine[], file: readonly TextLine[]): TextLine[] {
  const usual = file[0]?.end || '\n';
  const last = file.at(-1)?.end ?? usual;
  return lines.map((line, index) => {
    const end = index === lines.length - 1 ? last : line.end || usual;
    return end === line.end ? line : { text: line.text, end };
  });
}

function findPlace(texts: readonly string[], hunk: Hunk, from: number, title: string): Place {
  let anchored = from;
  let afterAnchor = from;
  for (const anchor of hunk.anchors) {
    anchored = findAnchor(texts, anchor, afterAnchor);
    if (anchored < 0)
      throw new PatchError(`${title}: ${missing(texts, [anchor], afterAnchor, 'The anchor after @@ was')}`);
    afterAnchor = anchored + 1;
  }
  const wanted = oldTexts(hunk.lines);
  if (wanted.length === 0)
    return { start: hunk.anchors.length > 0 && !hunk.atEnd ? afterAnchor : texts.length, lines: hunk.lines };
  // Models repeat the anchor as the first line of context.
  const start = findLines(texts, wanted, anchored, hunk.atEnd);
  if (start >= 0) return { start, lines: hunk.lines };
  const trimmed = withoutLastBlank(hunk.lines);
  const second =
    trimmed.length < hunk.lines.length ? findLines(texts, oldTexts(trimmed), anchored, hunk.atEnd) : -1;
  if (second >= 0) return { start: second, lines: trimmed };
  throw new PatchError(
    `${title}: ${missing(texts, wanted, anchored, `These lines were${hunk.atEnd ? ', as the end of the file,' : ''}`)}`,
  );
}

function oldTexts(lines: readonly HunkLine[]): string[] {
  return lines.filter((line) => line.sign !== '+').map((line) => line.text);
}

/** A blank line between two hunks reads like context. */
function withoutLastBlank(lines: readonly HunkLine[]): readonly HunkLine[] {
  const end = lines.findLastIndex((line) => line.sign !== ' ' || line.text.trim() !== '');
  return end < 0 ? lines : lines.slice(0, end + 1);
}

function missing(texts: readonly string[], wanted: readonly string[], from: number, what: string): string {
  const quoted = wanted.slice(0, QUOTED).map((line) => `  ${line}`);
  if (wanted.length > QUOTED) quoted.push(`  … ${wanted.length - QUOTED} more`);
  return [`${what} not found from line ${from + 1} on:`, ...quoted, nearest(texts, wanted, from)].join('\n');
}

function nearest(texts: readonly string[], wanted: readonly string[], from: number): string {
  const earlier = findLines(texts.slice(0, from), wanted, 0, false);
  if (earlier >= 0)
    return `They stand at line ${earlier + 1}, before the previous hunk's end: hunks go in the order of the file.`;
  const at = findNearest(texts, wanted);
  if (at < 0) return `Nothing in the file is like it; it has ${texts.length} lines. Read it again.`;
  const rows = texts
    .slice(at, at + Math.min(wanted.length, QUOTED))
    .map((line, offset) => `${at + offset + 1}: ${line}`);
  return ['The nearest place in the file:', ...rows].join('\n');
}
