// What a command printed since it was last asked: its beginning and its end, in bounded memory however much there is,
// and all of it on the disk where that is more.
import { createBytes } from '../../engine/bytes.ts';
import type { BlobDraft } from '../../engine/ports.ts';

/** Head and tail together are 1 MiB at the most, the buffer of Codex's unified exec. */
const HEAD_BYTES = 256 * 1024;
const HALF_TAIL_BYTES = 384 * 1024;
const MOST_BYTES = HEAD_BYTES + 2 * HALF_TAIL_BYTES;

export interface Printed {
  readonly head: Buffer;
  readonly tail: Buffer;
  /** Of what lay between head and tail and was dropped. */
  readonly droppedLines: number;
  readonly droppedBytes: number;
  /** The blob that has all of it, where something was dropped and the disk took it. */
  readonly blob?: string;
}

export interface Output {
  /** Copies it. */
  push(chunk: Uint8Array): void;
  /** Everything since the last `take`; the output is empty afterwards. */
  take(): Printed;
  /** Nobody will take it. */
  drop(): void;
}

/**
 * Where it is full, the older half of the tail is dropped. Before the first one goes, all is written to a draft, and so is
 * what follows.
 */
export function createOutput(draft?: () => BlobDraft): Output {
  let kept = createBytes(MOST_BYTES);
  let droppedLines = 0;
  let droppedBytes = 0;
  let spill: BlobDraft | undefined;

  function shorten(): void {
    if (droppedBytes === 0 && draft !== undefined) {
      spill = draft();
      spill.write(kept.view());
    }
    const older = kept.view(HEAD_BYTES, HEAD_BYTES + HALF_TAIL_BYTES);
    droppedLines += countLines(older);
    droppedBytes += older.length;
    kept.remove(HEAD_BYTES, HEAD_BYTES + HALF_TAIL_BYTES);
  }
  return {
    push(chunk) {
      for (let at = 0; at < chunk.length; ) {
        if (kept.length === MOST_BYTES) shorten();
        const added = kept.add(chunk.subarray(at));
        spill?.write(chunk.subarray(at, at + added));
        at += added;
      }
    },
    drop() {
      spill?.drop();
      spill = undefined;
    },
    take() {
      const blob = spill?.keep();
      const printed = {
        head: kept.view(0, HEAD_BYTES),
        tail: kept.view(HEAD_BYTES),
        droppedLines,
        droppedBytes,
        ...(blob !== undefined && { blob }),
      };
      spill = undefined;
      kept = createBytes(MOST_BYTES);
      droppedLines = 0;
      droppedBytes = 0;
      return printed;
    },
  };
}

/** Newline characters in the bytes. */
export function countLines(bytes: Uint8Array): number {
  let lines = 0;
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) lines += 1;
  return lines;
}
