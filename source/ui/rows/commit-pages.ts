// A whole commit for reading: who and why, then its diff, file by file.
import type { CommitText } from '../../engine/git-ports.ts';
import { plural } from '../text/amounts.ts';
import { clean } from '../text/clean.ts';
import { changeCounts, patchRows } from '../text/diff.ts';
import type { PatchFile } from '../text/patch-lines.ts';
import { diffFiles } from '../text/unified-diff.ts';
import { cut } from '../text/width.ts';
import { wrap } from '../text/wrap.ts';
import type { Theme } from '../theme.ts';

export interface CommitPages {
  readonly rows: readonly string[];
  /** The row at which each file begins. */
  readonly files: readonly number[];
}

/** Lines of diff that are laid out, in 300 ms at worst: beyond them a pager serves better. */
const MOST_LINES = 10_000;
/** A message can be a whole log file. */
const MOST_MESSAGE_CHARACTERS = 20_000;

/** The message without its subject, which stands in the title, then counts and files. Rows are at most `width` columns. */
export function layOutCommit(
  { message, diff, cut: isCut }: CommitText,
  width: number,
  theme: Theme,
): CommitPages {
  if (width < 1) return { rows: [], files: [] };
  const [, ...body] = clean(message.slice(0, MOST_MESSAGE_CHARACTERS)).split('\n');
  const said = body
    .join('\n')
    .trim()
    .replace(/^Decision: (.*)$/gm, (_, words: string) => theme.sgr('decision', `◆ ${words}`));
  const changed = diffFiles(diff);
  const counts = `${theme.sgr('dim', plural(changed.length, 'file'))}  ${changeCounts(changed, theme)}`;
  const rows = [...(said === '' ? [] : [...wrap(said, width), '']), cut(counts, width)];
  const files: number[] = [];
  let room = MOST_LINES;
  for (const file of changed) {
    if (room <= 0) break;
    rows.push('');
    files.push(rows.length);
    for (const row of patchRows([firstLines(file, room)], width, theme, { coloured: true })) rows.push(row);
    room -= file.lines.length;
  }
  if (isCut || room < 0 || files.length < changed.length)
    rows.push('', cut(theme.sgr('warn', '… the diff goes on: git show has all of it'), width));
  return { rows, files };
}

function firstLines(file: PatchFile, most: number): PatchFile {
  return file.lines.length <= most ? file : { ...file, lines: file.lines.slice(0, most) };
}
