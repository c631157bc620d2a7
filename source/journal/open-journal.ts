// Opening a session: the lock first, then the state from what is on disk, and a torn tail out of the way.
import { constants } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { Journal } from '../engine/ports.ts';
import type { SessionState } from '../session/state.ts';
import { createBlobs } from './blobs.ts';
import { FileJournal, type JournalParts } from './file-journal.ts';
import { fold, notesOf } from './fold.ts';
import { journalError } from './journal-error.ts';
import { JOURNAL_FILE } from './journal-file.ts';
import { type Lock, takeLock } from './lock.ts';
import { makeDirectory, openFile, syncPath } from './private-files.ts';
import { cutTornTail } from './torn-tail.ts';

export interface OpenedJournal {
  readonly journal: Journal;
  /** What all whole lines add up to. */
  readonly state: SessionState;
  /** What was found damaged, a sentence each, for people. */
  readonly notes: readonly string[];
}

const systemClock: JournalParts['clock'] = { now: () => Date.now(), mono: () => performance.now() };

/**
 * Takes the lock, folds what is there, cuts a torn tail. `app` is the program's name and version, for the one who comes second.
 * Throws `AppError`: `locked` (says who holds it), `newer` (nothing was written), `journal` (the file system refused).
 */
export async function openJournal(options: {
  directory: string;
  app: string;
  clock?: JournalParts['clock'];
}): Promise<OpenedJournal> {
  const { directory, app, clock = systemClock } = options;
  let lock: Lock | undefined;
  let file: FileHandle | undefined;
  try {
    makeDirectory(directory);
    lock = takeLock(directory);
    file = await openFile(
      join(directory, JOURNAL_FILE),
      constants.O_RDWR | constants.O_APPEND | constants.O_CREAT,
    );
    const blobs = createBlobs(directory);
    const folded = await fold(directory, file, blobs);
    lock.declare({ pid: process.pid, started: clock.now(), app });
    if (folded.end === 0) await syncPath(directory);
    const tornPath = folded.tornBytes > 0 ? await cutTornTail(directory, file, folded.end) : undefined;
    const journal = new FileJournal({
      directory,
      file,
      lock,
      blobs,
      clock,
      end: folded.end,
      seq: folded.state.seq,
    });
    return { journal, state: folded.state, notes: notesOf(folded, tornPath) };
  } catch (error) {
    await file?.close();
    lock?.release();
    throw journalError(
      `could not open the session in ${directory}`,
      error,
      'check the permissions and the space on that disk',
    );
  }
}
