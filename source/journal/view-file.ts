// What the full screen remembers of itself between two openings, in a file that means nothing to the session.
import { join } from 'node:path';
import { readSmall, replaceFile } from './private-files.ts';

const VIEW_FILE = 'view.json';
/** Ours has two at most; what is larger is not. */
const MOST_BYTES = 16_000_000;

/** Null where there is none, or none of ours. */
export function readView(directory: string): string | null {
  return readSmall(join(directory, VIEW_FILE), MOST_BYTES);
}

/** Readers see the old text or the new one. A view that cannot be written is no reason to stop. */
export function writeView(directory: string, text: string): void {
  try {
    replaceFile(join(directory, VIEW_FILE), Buffer.from(text));
  } catch {
    // As on a full disk: the session says it where it matters.
  }
}
