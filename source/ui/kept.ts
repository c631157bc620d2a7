// A draft as it is kept: in a file, and in the list of earlier prompts. What is read again is believed in nothing.
import { type Chip, chipMarks, chipsIn, pasteOf } from './editing/chips.ts';
import { soundText } from './editing/text.ts';
import { type Buffer, textOf } from './editor.ts';

export interface Kept {
  readonly text: string;
  /** Beside the characters in the text that stand for them. */
  readonly chips: readonly (readonly [mark: string, chip: Chip])[];
}

export const nothing: Kept = { text: '', chips: [] };

/** A pasted text of more characters is put among the session's blobs. */
const LONG = 4_000;
/** More than a prompt may have. */
const MOST = { characters: 500_000, chips: 200, name: 300 };

/** `store` puts a text away under its id; undefined: it cannot, and the text stays here. An image that is still being read is left out. */
export function keep(buffer: Buffer, store: (chip: Chip & { kind: 'paste' }) => string | undefined): Kept {
  const text = textOf(buffer);
  const chips = [...chipsIn([text], buffer.chips)].flatMap(([mark, chip]): [string, Chip][] => {
    if (chip.kind === 'reading') return [];
    if (chip.kind !== 'paste' || chip.text.length <= LONG) return [[mark, chip]];
    const blob = store(chip);
    if (blob === undefined) return [[mark, chip]];
    return [[mark, { kind: 'stored', blob, lines: chip.lines, characters: chip.text.length }]];
  });
  return { text, chips };
}

/** Undefined where it is not a draft. */
export function readKept(value: unknown): Kept | undefined {
  const { text, chips } = asRecord(value);
  if (typeof text !== 'string' || text.length > MOST.characters || !Array.isArray(chips)) return undefined;
  const read = chips.slice(0, MOST.chips).flatMap((pair: unknown): [string, Chip][] => {
    const [mark, chip] = Array.isArray(pair) ? (pair as unknown[]) : [];
    const known = readChip(chip);
    const stands = typeof mark === 'string' && mark !== '' && mark.replace(chipMarks, '') === '';
    return known !== undefined && stands ? [[mark, known]] : [];
  });
  return { text, chips: read };
}

function readChip(value: unknown): Chip | undefined {
  const { kind, text, blob, name, width, height, lines, characters } = asRecord(value);
  if (kind === 'paste')
    return typeof text === 'string' && text.length <= MOST.characters ? pasteOf(soundText(text)) : undefined;
  if (typeof blob !== 'string' || !/^[0-9a-f]{64}$/.test(blob)) return undefined;
  if (kind === 'stored' && isCount(lines) && isCount(characters)) return { kind, blob, lines, characters };
  const named = typeof name === 'string' && name.length <= MOST.name;
  if (kind !== 'image' || !named || !isCount(width) || !isCount(height)) return undefined;
  return { kind, blob, name, width, height };
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) > 0;
}

export function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
