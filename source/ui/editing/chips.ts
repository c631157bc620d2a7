// What stands in a draft for something larger: a pasted text, an image. In the text a chip is one character, which no
// terminal sends and which never joins a neighbour to a grapheme; what it means stands beside the text.
import { plural } from '../text/amounts.ts';
import { clean } from '../text/clean.ts';

export type Chip =
  /** `lines`: how many it has, counted once, for it may be megabytes long. */
  | { readonly kind: 'paste'; readonly text: string; readonly lines: number }
  /** `blob` is its id in the journal. */
  | {
      readonly kind: 'image';
      readonly blob: string;
      readonly name: string;
      readonly width: number;
      readonly height: number;
    }
  /** A pasted text that is kept with the session, until it is wanted. */
  | { readonly kind: 'stored'; readonly blob: string; readonly lines: number; readonly characters: number }
  /** An image that is being read. */
  | { readonly kind: 'reading'; readonly name: string };

/** By the character that stands for each. */
export type Chips = ReadonlyMap<string, Chip>;

export const noChips: Chips = new Map();

/** Code points that Unicode keeps unassigned and that break graphemes as control characters do. */
const FIRST = 0xe01f0;
const LAST = 0xe0fff;
export const chipMarks = /[\u{e01f0}-\u{e0fff}]/gu;

/** A character that stands for nothing yet. Thousands of chips in one draft are none: then the last is taken again. */
export function freeMark(chips: Chips): string {
  for (let code = FIRST; code < LAST; code++) {
    const mark = String.fromCodePoint(code);
    if (!chips.has(mark)) return mark;
  }
  return String.fromCodePoint(LAST);
}

/** As it stands on the screen. */
export function labelOf(chip: Chip | undefined): string {
  if (chip === undefined) return '[gone]';
  if (chip.kind === 'stored') return `[pasted ${sizeOf(chip)}]`;
  if (chip.kind === 'paste') return `[pasted ${sizeOf({ lines: chip.lines, characters: chip.text.length })}]`;
  const name = clean(chip.name, { newlines: false });
  return chip.kind === 'reading' ? `[image ${name} …]` : `[image ${name} ${chip.width}×${chip.height}]`;
}

export function pasteOf(text: string): Chip & { kind: 'paste' } {
  let lines = 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines++;
  return { kind: 'paste', text, lines };
}

function sizeOf({ lines, characters }: { lines: number; characters: number }): string {
  return lines > 1 ? plural(lines, 'line') : plural(characters, 'character');
}

/** Those whose marks are in the texts. */
export function chipsIn(texts: readonly string[], chips: Chips): Chips {
  if (chips.size === 0) return chips;
  const marks = new Set(texts.flatMap((text) => text.match(chipMarks) ?? []));
  return new Map([...chips].filter(([mark]) => marks.has(mark)));
}

/** Whether one of them is an image whose bytes are not there yet. */
export function isReading(chips: Chips): boolean {
  return [...chips.values()].some(({ kind }) => kind === 'reading');
}
