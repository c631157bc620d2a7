// Goes through the lines of a journal file forwards, from any line's start, in bounded memory.
import type { FileHandle } from 'node:fs/promises';
import { checksumOf, decodeLine, isStored, type Stored } from './line.ts';

/** Where a line stands in the file, in bytes; `end` is after its LF. `stored` undefined: the line is damaged. */
export interface Line {
  readonly offset: number;
  readonly end: number;
  readonly checksum: string;
  readonly stored: Stored | undefined;
}

/** Longer ones are never written and count as damaged, so that a rotten file cannot fill the memory. */
export const LONGEST_LINE_BYTES = 64 * 1024 * 1024;
const CHUNK_BYTES = 128 * 1024;
const LINE_FEED = 0x0a;

/**
 * The lines that begin at or after `from` and end at or before `to`, a chunk of the file at a time. What follows the last LF
 * is no line. Whoever wants one line alone asks for small chunks: all lines of a chunk are decoded.
 */
export async function* scanLines(
  file: FileHandle,
  from: number,
  to: number,
  chunkBytes = CHUNK_BYTES,
): AsyncGenerator<readonly Line[]> {
  let carried: Buffer[] = [];
  let offset = from;
  for (let at = from; at < to; ) {
    const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(Math.min(chunkBytes, to - at)), {
      position: at,
    });
    if (bytesRead === 0) return;
    const chunk = buffer.subarray(0, bytesRead);
    const lines: Line[] = [];
    let begin = 0;
    for (let feed = chunk.indexOf(LINE_FEED); feed >= 0; feed = chunk.indexOf(LINE_FEED, begin)) {
      const rest = chunk.subarray(begin, feed);
      const end = at + feed + 1;
      lines.push(readLine(carried.length > 0 ? Buffer.concat([...carried, rest]) : rest, offset, end));
      carried = [];
      offset = end;
      begin = feed + 1;
    }
    at += bytesRead;
    if (at - offset > LONGEST_LINE_BYTES) carried = [];
    else carried.push(chunk.subarray(begin));
    if (lines.length > 0) yield lines;
  }
}

function readLine(bytes: Buffer, offset: number, end: number): Line {
  const value = end - offset > LONGEST_LINE_BYTES ? undefined : decodeLine(bytes);
  return { offset, end, checksum: checksumOf(bytes), stored: isStored(value) ? value : undefined };
}

/** The line that begins exactly at `offset`, if a whole one does. */
export async function lineAt(file: FileHandle, offset: number): Promise<Line | undefined> {
  const { size } = await file.stat();
  for await (const [line] of scanLines(file, offset, size)) return line;
  return undefined;
}
