// What a draft says once it is sent: pasted texts stand where their chips stood, images ride along in their order.
import { type Chips, chipMarks, labelOf } from './chips.ts';
import type { Text } from './text.ts';

export interface Sent {
  readonly text: string;
  /** Blob ids. */
  readonly images: readonly string[];
}

export function sentBy({ lines, chips }: Text & { readonly chips: Chips }): Sent {
  const images: string[] = [];
  const text = lines.join('\n').replace(chipMarks, (mark) => {
    const chip = chips.get(mark);
    if (chip?.kind === 'paste') return chip.text;
    if (chip?.kind === 'image') images.push(chip.blob);
    return labelOf(chip);
  });
  return { text: text.trimEnd(), images };
}
