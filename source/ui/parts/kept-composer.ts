// The composer's rows, laid out once as long as the draft is the same: while an answer streams each frame asks for them, and
// finding the graphemes of one short line takes a fiftieth of a frame.
import type { Draft } from '../editing/rows.ts';
import type { Theme } from '../theme.ts';
import { type ComposerRows, type ComposerSize, composerRows, type Found } from './composer-rows.ts';
import { composerStyle } from './composer-style.ts';

/** As `composerRows`, in one theme. */
export type KeptComposer = (draft: Draft, size: ComposerSize, found?: Found) => ComposerRows;

export function keepComposer(theme: Theme): KeptComposer {
  const style = composerStyle(theme);
  let kept: { readonly draft: Draft; readonly size: ComposerSize; readonly rows: ComposerRows } | undefined;
  return (draft, size, found) => {
    if (found !== undefined) return composerRows(draft, size, style, found);
    const same = kept?.draft === draft && kept.size.width === size.width && kept.size.most === size.most;
    if (kept === undefined || !same) kept = { draft, size, rows: composerRows(draft, size, style) };
    return kept.rows;
  };
}
