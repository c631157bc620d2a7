// What the model was thinking, as the provider sums it up: dimmed, folded to its first line until somebody opens it.
import { behind } from '../text/behind.ts';
import { clean } from '../text/clean.ts';
import { cut } from '../text/width.ts';
import type { Theme } from '../theme.ts';

const mark = '∙ ';
/** More than a row can hold. */
const firstCharacters = 2_000;

/** Its first line, which the provider makes a heading; no row for no reasoning. */
export function foldedThought(reasoning: string, width: number, theme: Theme): string[] {
  const [first = ''] = words(reasoning.trimStart().slice(0, firstCharacters)).split('\n', 1);
  return first === '' ? [] : [cut(theme.sgr('dim', mark + first), width)];
}

export function wholeThought(reasoning: string, width: number, theme: Theme): string[] {
  const text = words(reasoning);
  return text === '' ? [] : behind(theme.sgr('dim', mark), theme.sgr('dim', text), width);
}

/** Reasoning that streams is followed, not read: its newest rows. */
export function newestThought(reasoning: string, width: number, theme: Theme, most: number): string[] {
  return behind(mark, words(reasoning.slice(-firstCharacters)), width)
    .filter((row) => row.trim() !== '')
    .slice(-most)
    .map((row) => theme.sgr('dim', row));
}

function words(reasoning: string): string {
  return clean(reasoning).trim().replaceAll('**', '');
}
