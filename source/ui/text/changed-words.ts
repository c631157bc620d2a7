// Which words of a line changed, where a removed line is followed by the added one that takes its place.
import { diffWordsWithSpace } from 'diff';
import type { Theme } from '../theme.ts';
import type { PatchLine } from './patch-lines.ts';

/** Comparing longer lines costs more than the marks are worth. */
const maxCharacters = 400;
/** With less than this share in common, every word would be marked: none is. */
const minCommonShare = 0.3;

/** The text of each line in its colour, changed words marked. */
export function styledLines(lines: readonly PatchLine[], theme: Theme): string[] {
  const styled = lines.map((line) => plain(line, theme));
  for (let at = 0; at < lines.length; ) {
    const removed = run(lines, at, 'removed');
    const added = run(lines, at + removed, 'added');
    for (let pair = 0; pair < Math.min(removed, added); pair += 1) {
      const before = at + pair;
      const after = at + removed + pair;
      const marked = markWords(lines[before]?.text ?? '', lines[after]?.text ?? '', theme);
      if (marked !== undefined) [styled[before], styled[after]] = marked;
    }
    at += Math.max(1, removed + added);
  }
  return styled;
}

function run(lines: readonly PatchLine[], from: number, kind: PatchLine['kind']): number {
  let end = from;
  while (lines[end]?.kind === kind) end += 1;
  return end - from;
}

function plain(line: PatchLine, theme: Theme): string {
  if (line.kind === 'added' || line.kind === 'removed') return theme.sgr(line.kind, line.text);
  return line.kind === 'context' ? line.text : theme.sgr('dim', line.text);
}

function markWords(before: string, after: string, theme: Theme): [string, string] | undefined {
  if (before.length > maxCharacters || after.length > maxCharacters) return undefined;
  const words = diffWordsWithSpace(before, after);
  const common = words.reduce(
    (sum, word) => sum + (word.added || word.removed ? 0 : word.value.trim().length),
    0,
  );
  if (common < minCommonShare * Math.max(before.trim().length, after.trim().length)) return undefined;
  const side = (kind: 'added' | 'removed'): string =>
    words
      .filter((word) => (kind === 'added' ? !word.removed : !word.added))
      .map((word) => theme.sgr(word[kind] ? `${kind}Word` : kind, word.value))
      .join('');
  return [side('removed'), side('added')];
}
