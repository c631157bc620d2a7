// What is pasted into the composer: short texts as they are, long ones as a chip.
import { labelOf } from './editing/chips.ts';
import { linesOf } from './editing/text.ts';
import { chipAt, edit } from './editor.ts';
import { type } from './focus.ts';
import type { Stage } from './stage.ts';

/** More than this becomes a chip. */
const SHORT = { lines: 10, characters: 2_000 };

export function pasteText(stage: Stage, pasted: string): void {
  const lines = linesOf(pasted);
  const text = lines.join('\n');
  if (lines.length <= SHORT.lines && text.length <= SHORT.characters) {
    type(stage, text);
    return;
  }
  const { draft } = stage.view.getState();
  const chip = { kind: 'paste', text } as const;
  const before = chipAt(draft);
  // Pasted again behind its chip, it is wanted in sight.
  const again = before?.chip?.kind === 'paste' && before.chip.text === text && before.column < draft.column;
  const next = edit(draft, again ? { kind: 'open' } : { kind: 'attach', chip });
  const message = again ? undefined : `${labelOf(chip)}: paste it again or press Ctrl+O to open it`;
  stage.view.setState({ draft: next, recalled: undefined, message, leaving: false });
}
