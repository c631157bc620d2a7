// What is pasted into the composer, or named there: short texts as they are, long ones and images as chips.
import { readImage, refuseImage } from '../session/image.ts';
import { type Chip, freeMark, isReading, labelOf, pasteOf } from './editing/chips.ts';
import { imageName, imagePathBefore, imagePathsIn } from './editing/image-paths.ts';
import { type Place, soundText } from './editing/text.ts';
import { chipAt, dissolve, edit, resolve } from './editor.ts';
import { type } from './focus.ts';
import { orReason } from './full-disk.ts';
import { anyKeyFor } from './keys/any-key.ts';
import type { Stage } from './stage.ts';
import { submit, writeDraft } from './submit.ts';
import type { View } from './view.ts';
import { putBack } from './waiting.ts';

/** More than this becomes a chip. */
const SHORT = { lines: 10, characters: 2_000 };
/** Characters of a paste that may be paths of images: more are words. */
const PATHS = 8_192;

export function pasteText(stage: Stage, pasted: string): void {
  const chip = pasteOf(soundText(pasted));
  const { text, lines } = chip;
  const paths = text.length > PATHS ? undefined : imagePathsIn(text);
  // Terminals paste nothing where the clipboard holds an image.
  if (text === '') pasteImage(stage);
  else if (paths !== undefined) attachPaths(stage, paths, text);
  else if (lines > SHORT.lines || text.length > SHORT.characters) attachText(stage, chip);
  else type(stage, text);
}

function attachText(stage: Stage, chip: Chip & { kind: 'paste' }): void {
  const { draft } = stage.view.getState();
  const before = chipAt(draft);
  // Pasted again behind its chip, it is wanted in sight.
  const again =
    before?.chip?.kind === 'paste' && before.chip.text === chip.text && before.column < draft.column;
  const next = edit(draft, again ? { kind: 'open' } : { kind: 'attach', chip });
  const message = again
    ? undefined
    : `${labelOf(chip)}: paste it again or press ${anyKeyFor(stage.keymap, 'open chip')} to open it`;
  stage.view.setState({ draft: next, recalled: undefined, message, leaving: false });
}

/** The image in the person's clipboard. */
export function pasteImage(stage: Stage): void {
  const read = stage.desk.pasteImage();
  void attach(stage, { name: 'from the clipboard', read, text: '' });
}

function endsBlank(chip: Chip | undefined): boolean {
  return chip?.kind === 'paste' && chip.text.slice(-1).trim() === '';
}

/** What was typed, word by word where it may name an image; a word right behind a chip is not glued to it. */
export function typeText(stage: Stage, typed: string): void {
  const { draft } = stage.view.getState();
  const before = chipAt(draft);
  const glued =
    before !== undefined &&
    before.column < draft.column &&
    !endsBlank(before.chip) &&
    /^[\p{L}\p{N}]/u.test(typed);
  const text = glued ? ` ${typed}` : typed;
  const words = text.includes(' ') ? (text.match(/[^ ]* |[^ ]+/g) ?? []) : [text];
  for (const word of words) {
    type(stage, word);
    if (word.endsWith(' ')) attachTyped(stage, ' ');
  }
}

/**
 * Whether sending waits: for an image that is still being read, or for one that is named right before the cursor.
 * It is sent by itself when that is done.
 */
export function holdBack(stage: Stage, as: 'prompt' | 'steer'): boolean {
  return attachTyped(stage, '') || isReading(stage.view.getState().draft.chips) ? wait(stage, as) : false;
}

/** The draft in the person's editor, which would lose an image that is still being read: it waits for that. */
export function editDraft(stage: Stage): void {
  if (isReading(stage.view.getState().draft.chips)) wait(stage, 'editor');
  else void stage.lend(() => writeDraft(stage));
}

function wait(stage: Stage, awaited: View['awaited']): true {
  stage.view.setState({ awaited, message: 'the image is being read' });
  return true;
}

/** A path of an image before the cursor gives way to the image; where there is none, it stays what was typed. */
function attachTyped(stage: Stage, behind: string): boolean {
  const { draft } = stage.view.getState();
  const end = draft.column - behind.length;
  const line = draft.lines[draft.row] ?? '';
  const found = imagePathBefore(line, end);
  if (found === undefined || line.slice(end, draft.column) !== behind) return false;
  const text = line.slice(found.from, end);
  attachPath(stage, found.path, { text, behind, from: { row: draft.row, column: found.from } });
  return true;
}

/** Several paths are told apart by spaces; where one cannot be read, it stands as text. */
function attachPaths(stage: Stage, paths: readonly string[], text: string): void {
  for (const path of paths)
    attachPath(stage, path, { text: paths.length === 1 ? text.trim() : path, behind: ' ' });
}

export interface Instead {
  /** What stands there if the image cannot be read. */
  readonly text: string;
  /** What stands behind the image. */
  readonly behind: string;
  /** Where the text begins that ends at the cursor and that the image replaces. */
  readonly from?: Place;
}

export function attachPath(stage: Stage, path: string, { text, behind, from }: Instead): void {
  void attach(stage, { name: imageName(path), read: stage.desk.readImage(path), text, from });
  type(stage, behind);
}

interface Attachment {
  readonly name: string;
  readonly read: ReturnType<Stage['desk']['readImage']>;
  readonly text: string;
  readonly from?: Place;
}

/** The chip is there at once, so that what is typed next stands behind it; it becomes an image when the bytes are there. */
async function attach(stage: Stage, { name, read, text, from }: Attachment): Promise<void> {
  const { draft } = stage.view.getState();
  const cleared = from === undefined ? draft : edit(draft, { kind: 'replace', from, text: '' });
  const mark = freeMark(cleared.chips);
  const chip: Chip = { kind: 'reading', name };
  stage.view.setState({
    draft: edit(cleared, { kind: 'attach', chip }),
    recalled: undefined,
    leaving: false,
  });
  const image = imageOf(stage, name, await read);
  stage.view.setState(({ draft: now }) => {
    // Sent, cleared or taken back meanwhile.
    if (now.chips.get(mark) !== chip) return {};
    return { draft: 'kind' in image ? resolve(now, mark, image) : dissolve(now, mark, text) };
  });
  // Words about an image that is not there are not sent behind its back.
  if ('refused' in image) stage.view.setState({ message: image.refused, awaited: undefined });
  sendIfAwaited(stage);
}

function imageOf(
  stage: Stage,
  name: string,
  read: Awaited<Attachment['read']>,
): Chip | { readonly refused: string } | { readonly missing: true } {
  if (read === null) return { missing: true };
  if ('failed' in read) return { refused: read.failed };
  const refused = refuseImage(name, read.bytes);
  const header = readImage(read.bytes);
  if (refused !== undefined || header === undefined) return { refused: refused ?? '' };
  const { width, height } = header;
  const kept = orReason(() => stage.engine.keep(read.bytes));
  if ('failed' in kept) return { refused: kept.failed };
  return { kind: 'image', blob: kept.done, name, width, height };
}

/** A key that needs it was pressed while an image was still being read. */
function sendIfAwaited(stage: Stage): void {
  const { awaited, editing } = stage.view.getState();
  if (awaited === undefined || isReading(stage.view.getState().draft.chips)) return;
  stage.view.setState({ awaited: undefined, message: undefined });
  if (awaited === 'editor') editDraft(stage);
  else if (editing === undefined) submit(stage, awaited);
  else putBack(stage);
}
