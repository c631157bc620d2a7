// From files to the state: the newest snapshot, then every whole line after it.
import type { FileHandle } from 'node:fs/promises';
import type { Recorded } from '../session/events.ts';
import { reduce, type SessionState } from '../session/state.ts';
import type { Blobs } from './blobs.ts';
import type { Stored } from './line.ts';
import { makeWhole } from './long-values.ts';
import { scanLines } from './scan.ts';
import { newestStart } from './snapshot.ts';
import { formatOf, refuseNewer, upcast } from './upcast.ts';

export interface Folded {
  readonly state: SessionState;
  /** Damaged lines that have whole ones after them. */
  readonly skipped: number;
  /** The byte after the last whole line, and how many follow it: the torn tail. */
  readonly end: number;
  readonly tornBytes: number;
}

/** Changes nothing on disk. Throws `AppError('newer')`; damage is counted, never thrown. */
export async function fold(directory: string, file: FileHandle, blobs: Blobs): Promise<Folded> {
  const start = await newestStart(directory, file);
  const { size } = await file.stat();
  let { state, offset: end } = start;
  let skipped = 0;
  let damaged = 0;
  for await (const lines of scanLines(file, end, size)) {
    for (const line of lines) {
      if (line.stored === undefined) {
        damaged += 1;
        continue;
      }
      refuseNewer(formatOf(line.stored), directory);
      const next = advance(state, line.stored, blobs);
      skipped += damaged + (next === undefined ? 1 : 0);
      damaged = 0;
      // Passed over like an unknown type: its seq is taken.
      state = next ?? { ...state, seq: Math.max(state.seq, line.stored.seq) };
      end = line.end;
    }
  }
  return { state, skipped, end, tornBytes: size - end };
}

/** A sentence for each kind of damage. `tornPath`: where the torn tail went; undefined: it was left alone. */
export function notesOf(folded: Folded, tornPath: string | undefined): string[] {
  const notes: string[] = [];
  if (folded.tornBytes > 0) {
    const where = tornPath === undefined ? 'they were passed over' : `they are now in ${tornPath}`;
    notes.push(`the last ${folded.tornBytes} bytes of the journal are no whole line: ${where}`);
  }
  if (folded.skipped > 0) {
    const lines = folded.skipped === 1 ? '1 damaged line' : `${folded.skipped} damaged lines`;
    notes.push(`${lines} of the journal could not be read: what they recorded is missing from the session`);
  }
  return notes;
}

/** An event as it was appended, in today's format. */
export function revive(stored: Stored, blobs: Blobs): Recorded {
  return upcast(makeWhole(stored, blobs.fetch) as Stored);
}

/** Undefined where the event cannot follow: one bad event must not close a session for ever. */
function advance(state: SessionState, stored: Stored, blobs: Blobs): SessionState | undefined {
  if (stored.seq <= state.seq) return undefined;
  try {
    return reduce(state, revive(stored, blobs));
  } catch {
    return undefined;
  }
}
