// Reads a session without its lock, while somebody else may be writing it. Changes nothing on disk.
import { constants } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { Recorded } from '../session/events.ts';
import { initialState, type SessionState } from '../session/state.ts';
import { createBlobs } from './blobs.ts';
import { fold, notesOf, revive } from './fold.ts';
import { journalError } from './journal-error.ts';
import { JOURNAL_FILE } from './journal-file.ts';
import { openFile } from './private-files.ts';
import { storedFrom } from './seek.ts';

export interface JournalReading {
  readonly state: SessionState;
  /** As in `openJournal`. A torn tail may as well be a line that is being written. */
  readonly notes: readonly string[];
  /** Events from a seq on (default 1), oldest first, up to those there are when it begins. Stop at any time. */
  events(fromSeq?: number): AsyncGenerator<Recorded, void>;
}

/** A session that was never opened reads as an empty one. Throws `AppError`: `newer`, or `journal` where the file system refuses. */
export async function readJournal(directory: string): Promise<JournalReading> {
  const blobs = createBlobs(directory);
  const events = async function* (fromSeq = 1): AsyncGenerator<Recorded, void> {
    const file = await openForReading(directory);
    if (file === undefined) return;
    try {
      const { size } = await file.stat();
      for await (const { stored } of storedFrom(file, size, fromSeq)) yield revive(stored, blobs);
    } finally {
      await file.close();
    }
  };
  const file = await openForReading(directory);
  if (file === undefined) return { state: initialState, notes: [], events };
  try {
    const folded = await fold(directory, file, blobs);
    return { state: folded.state, notes: notesOf(folded, undefined), events };
  } finally {
    await file.close();
  }
}

/** Undefined where there is no journal. */
async function openForReading(directory: string): Promise<FileHandle | undefined> {
  try {
    return await openFile(join(directory, JOURNAL_FILE), constants.O_RDONLY);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw journalError(
      `could not read the session in ${directory}`,
      error,
      'check the permissions of that directory',
    );
  }
}
