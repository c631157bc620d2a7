// The code of a diff in the colours of its language, where the colours of the change leave room for them.
import type { Theme } from '../theme.ts';
import { highlight } from './highlight.ts';
import type { PatchFile, PatchLine } from './patch-lines.ts';

/**
 * The styled text of each line of a file's diff; undefined for those that show a change. In a file that is new or
 * gone every line is a change, so all of them are code.
 */
export function codeLines(file: PatchFile, theme: Theme): (string | undefined)[] {
  const language = /\.(\w+)$/.exec(file.to ?? file.path)?.[1];
  const found = new Array<string | undefined>(file.lines.length).fill(undefined);
  if (language === undefined) return found;
  const isCode = (kind: PatchLine['kind']): boolean =>
    kind === 'context' || (file.change !== 'updated' && (kind === 'added' || kind === 'removed'));
  for (const hunk of hunks(file.lines)) {
    // The file as it was is not read: its lines would break what the new ones begin.
    const places = hunk.filter((at) => file.change === 'deleted' || file.lines[at]?.kind !== 'removed');
    const styled = highlight(places.map((at) => file.lines[at]?.text ?? '').join('\n'), language, theme);
    places.forEach((at, nth) => {
      if (isCode(file.lines[at]?.kind ?? 'other')) found[at] = styled[nth];
    });
  }
  return found;
}

/** Places of the lines between anchors: what a string or a comment can span. */
function hunks(lines: readonly PatchLine[]): number[][] {
  const found: number[][] = [[]];
  lines.forEach(({ kind }, at) => {
    if (kind === 'anchor' || kind === 'other') found.push([]);
    else found.at(-1)?.push(at);
  });
  return found.filter((places) => places.length > 0);
}
