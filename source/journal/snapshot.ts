// The folded state beside the journal, so that opening a session costs the tail and not the history.
// Only ever a shortcut: one that does not fit the journal to the bit is passed over.
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { FORMAT } from '../session/events.ts';
import { initialState, type SessionState } from '../session/state.ts';
import { decodeLine, encodeLine } from './line.ts';
import { readFile, replaceFileDurably } from './private-files.ts';
import { lineAt } from './scan.ts';
import { lineOf } from './seek.ts';
import { refuseNewer } from './upcast.ts';

/** One line like the journal's, so that it has a checksum of its own. */
interface Snapshot {
  readonly format: number;
  /** What the fold began with: a program whose state has another shape folds anew. */
  readonly initial: number;
  /** The last line that is in the state: its seq, where it begins in bytes, and its checksum. */
  readonly seq: number;
  readonly offset: number;
  readonly checksum: string;
  readonly state: SessionState;
}

/** Where folding goes on: a state, and the byte after the last line that is in it. */
export interface FoldStart {
  readonly state: SessionState;
  readonly offset: number;
}

const CURRENT = 'snapshot.json';
const PREVIOUS = 'snapshot.previous.json';

/** Does nothing where the journal has no line of `state.seq` before the byte `end`. */
export async function writeSnapshot(
  directory: string,
  file: FileHandle,
  end: number,
  state: SessionState,
): Promise<void> {
  const line = await lineOf(file, end, state.seq);
  if (line === undefined) return;
  const { offset, checksum } = line;
  const snapshot: Snapshot = { format: FORMAT, initial: shape(), seq: state.seq, offset, checksum, state };
  await replaceFileDurably(join(directory, CURRENT), encodeLine(snapshot), join(directory, PREVIOUS));
}

/** The newest snapshot that fits the journal, else its beginning. Throws `AppError('newer')`. */
export async function newestStart(directory: string, file: FileHandle): Promise<FoldStart> {
  for (const name of [CURRENT, PREVIOUS]) {
    const snapshot = readSnapshot(join(directory, name));
    if (snapshot === undefined) continue;
    refuseNewer(snapshot.format, directory);
    if (snapshot.format !== FORMAT || snapshot.initial !== shape()) continue;
    const line = await lineAt(file, snapshot.offset);
    const fits = line?.stored?.seq === snapshot.seq && line.checksum === snapshot.checksum;
    if (fits) return { state: snapshot.state, offset: line.end };
  }
  return { state: initialState, offset: 0 };
}

function readSnapshot(path: string): Snapshot | undefined {
  const bytes = readFile(path);
  // Only this program writes here, and the checksum says that these are its bytes.
  return bytes === null ? undefined : (decodeLine(bytes.subarray(0, -1)) as Snapshot | undefined);
}

function shape(): number {
  return crc32(JSON.stringify(initialState));
}
