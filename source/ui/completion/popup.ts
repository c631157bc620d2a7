// The completion as rows: as many candidates as there is room for, the chosen one among them.
import { clean } from '../text/clean.ts';
import { cut, pad, width as widthOf } from '../text/width.ts';
import type { Theme } from '../theme.ts';
import type { Completion } from './completion.ts';
import type { Candidate } from './finder.ts';

const MOST = 8;
/** Rows of the panes that stay in sight. */
const LEFT = 2;
const GAP = '   ';

/** `above`: rows of the screen over the composer. Each row fills the width. */
export function popupRows(completion: Completion, width: number, above: number, theme: Theme): string[] {
  const { candidates, index, pending } = completion;
  const most = Math.max(1, Math.min(MOST, above - LEFT));
  if (candidates.length === 0) return [pad(theme.sgr('dim', pending ? '  looking for files …' : ''), width)];
  const top = Math.max(0, Math.min(index - most + 1 + Math.floor(most / 2), candidates.length - most));
  const shown = candidates.slice(top, top + most);
  const names = Math.max(...shown.map(({ text }) => widthOf(clean(text, { newlines: false }))));
  return shown.map((candidate, at) => {
    const row = candidateRow(candidate, names, width, theme);
    return top + at === index ? theme.sgr('selection', pad(`▸ ${row}`, width)) : pad(`  ${row}`, width);
  });
}

function candidateRow({ text, marks, title }: Candidate, names: number, width: number, theme: Theme): string {
  const room = width - 2;
  if (title !== undefined) return cut(pad(text, names) + GAP + theme.sgr('dim', title), room);
  const name = clean(text, { newlines: false });
  // Of a long path the end says more; marks stand where the letters do.
  if (name !== text || widthOf(name) > room) return fromEnd(name, room);
  const marked = new Set(marks);
  return [...name].map((letter, at) => (marked.has(at) ? theme.sgr('strong', letter) : letter)).join('');
}

function fromEnd(name: string, room: number): string {
  if (widthOf(name) <= room) return name;
  const letters = [...new Intl.Segmenter().segment(name)].map(({ segment }) => segment);
  let from = letters.length;
  for (let used = 1; from > 0; from--) {
    used += widthOf(letters[from - 1] ?? '');
    if (used > room) break;
  }
  return `…${letters.slice(from).join('')}`;
}
