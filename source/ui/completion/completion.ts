// Whether names are offered over the composer, and which one is chosen. Follows from the draft and what was found for it.
import { overlayOf, type View } from '../view.ts';
import type { Candidate, Finder } from './finder.ts';
import { type Token, tokenAt } from './token.ts';

export interface Completion {
  readonly token: Token;
  readonly candidates: readonly Candidate[];
  /** Of the chosen one. */
  readonly index: number;
  readonly pending: boolean;
}

/** Undefined where nothing is completed, it was closed, or nothing fits. */
export function completionOf({ finder }: { finder: Finder }, view: View): Completion | undefined {
  if (view.focus !== 'composer' || view.seeking !== undefined || overlayOf(view) !== undefined)
    return undefined;
  const token = tokenAt(view.draft);
  if (token === undefined) return undefined;
  const { completing } = view;
  const known = completing?.row === view.draft.row && completing.column === token.column;
  if (known && completing.closed) return undefined;
  const { candidates, pending } = finder.find(token);
  if (candidates.length === 0 && !pending) return undefined;
  const index = known && completing.query === token.query ? completing.index : 0;
  return { token, candidates, index: Math.min(index, Math.max(0, candidates.length - 1)), pending };
}
