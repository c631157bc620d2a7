// What a command printed since it was last asked: its beginning and its end, in bounded memory however much there is,
// and all of it on the disk where that is more.
import type { BlobDraft } from '../../engine/ports.ts';

/** Head and tail together stay under 1 MiB, the buffer of Codex's unified exec. */
const HEAD_BYTES = 256 * 1024;
const GENERATION_BYTES = 384 * 1024;

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
  push(chunk: Buffer): void;
  /** Everything since the last `take`; the output is empty afterwards. */
  take(): Printed;
  /** Nobody will take it. */
  drop(): void;
}

/**
 * The tail is two generations: when the newer one is full, the older one is dropped whole. Before the first one goes, all
 * of it is written to a draft, and so is what follows.
 */
export function createOutput(draft?: () => BlobDraft): Output {
  let head: Buffer[] = [];
  let older: Buffer[] = [];
  let newer: Buffer[] = [];
  let headBytes = 0;
  let newerBytes = 0;
  let droppedLines = 0;
  let droppedBytes = 0;
  let spill: BlobDraft | undefined;

  /** The number of bytes that the newer generation had room for. */
  function keepTail(chunk: Buffer): number {
    const part = chunk.subarray(0, GENERATION_BYTES - newerBytes);
    newer.push(part);
    newerBytes += part.length;
    spill?.write(part);
    if (newerBytes === GENERATION_BYTES) retire();
    return part.length;
  }

  function retire(): void {
    if (older.length > 0 && spill === undefined && draft !== undefined) {
      spill = draft();
      for (const part of [...head, ...older, ...newer]) spill.write(part);
    }
    for (const each of older) {
      droppedLines += countLines(each);
      droppedBytes += each.length;
    }
    older = newer;
    newer = [];
    newerBytes = 0;
  }

  return {
    push(chunk) {
      const room = HEAD_BYTES - headBytes;
      if (room > 0) {
        head.push(chunk.subarray(0, room));
        headBytes += Math.min(room, chunk.length);
      }
      for (let at = Math.max(0, room); at < chunk.length; ) at += keepTail(chunk.subarray(at));
    },
    drop() {
      spill?.drop();
      spill = undefined;
    },
    take() {
      const blob = spill?.keep();
      spill = undefined;
      const printed = {
        head: Buffer.concat(head),
        tail: Buffer.concat([...older, ...newer]),
        droppedLines,
        droppedBytes,
        ...(blob !== undefined && { blob }),
      };
      head = [];
      older = [];
      newer = [];
      headBytes = 0;
      newerBytes = 0;
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
