// A prompt that comes back into the composer: its images are chips again where its words name them.
import { type ImageHeader, readImage } from '../session/image.ts';
import { type Chip, chipMarks, freeMark, labelOf, pasteOf } from './editing/chips.ts';
import { linesOf, soundText } from './editing/text.ts';
import { type Buffer, cleared } from './editor.ts';
import type { Kept } from './kept.ts';

export interface Said {
  readonly text: string;
  /** Blob ids. */
  readonly images?: readonly string[];
}

type Fetch = (blob: string) => Uint8Array | null;

const label = /\[image ([^\n\]]+) (\d+)×(\d+)\]/g;

/**
 * The cursor stands at the end, and there is nothing to undo. What was killed before is still there. `unnamed`: images
 * that the words do not name stand behind them.
 */
export function restore(before: Buffer, said: Said, fetch: Fetch, { unnamed = true } = {}): Buffer {
  const waiting = (said.images ?? []).map((blob) => ({ blob, header: headerOf(fetch(blob)) }));
  const chips: [string, Chip][] = [];
  const mark = (blob: string, name: string, { width, height }: Size): string => {
    const free = freeMark(new Map(chips));
    chips.push([free, { kind: 'image', blob, name, width, height }]);
    return free;
  };
  const plain = said.text.replace(chipMarks, '');
  const text = plain.replace(label, (whole, name: string, width: string, height: string) => {
    const at = waiting.findIndex(
      ({ header }) => header.width === Number(width) && header.height === Number(height),
    );
    const [next] = at < 0 ? [] : waiting.splice(at, 1);
    return next === undefined ? whole : mark(next.blob, name, next.header);
  });
  const rest = (unnamed ? waiting : [])
    .map(({ blob, header }) => mark(blob, 'of this prompt', header))
    .join('');
  return lay(before, { text: text + rest, chips }, fetch);
}

/** The same for what was kept with its chips. Without `fetch` it is for looking at: stored texts stay where they are. */
export function lay(before: Buffer, { text, chips }: Kept, fetch?: Fetch): Buffer {
  const base = cleared(before);
  const all = new Map(base.chips);
  const marks = new Map<string, string>();
  for (const [mark, chip] of chips) {
    const free = freeMark(all);
    all.set(free, fetch ? wanted(chip, fetch) : chip);
    marks.set(mark, free);
  }
  // What is no chip of these goes with what else does not belong into a draft.
  const lines = text
    .split(chipMarks)
    .map(linesOf)
    .map((each) => each.join('\n'));
  const found = text.match(chipMarks) ?? [];
  const whole = lines.map((part, at) => part + (marks.get(found[at] ?? '') ?? '')).join('');
  const split = whole.split('\n');
  return { ...base, chips: all, lines: split, row: split.length - 1, column: split.at(-1)?.length ?? 0 };
}

function wanted(chip: Chip, fetch: Fetch): Chip {
  if (chip.kind !== 'stored') return chip;
  const bytes = fetch(chip.blob);
  // What is lost keeps its label, which says at least what it was.
  return pasteOf(bytes === null ? labelOf(chip) : soundText(new TextDecoder().decode(bytes)));
}

type Size = Pick<ImageHeader, 'width' | 'height'>;

function headerOf(bytes: Uint8Array | null): Size {
  return (bytes && readImage(bytes)) ?? { width: 0, height: 0 };
}
