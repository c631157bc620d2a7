// Bytes that come in pieces and may be too many for the memory: written as they come, named by their hash at the end.
import { createHash } from 'node:crypto';
import { closeSync, constants, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { createBytes } from '../engine/bytes.ts';
import type { BlobDraft } from '../engine/ports.ts';
import { makeDirectory, writeAll } from './private-files.ts';

const { O_WRONLY, O_CREAT, O_TRUNC, O_NOFOLLOW } = constants;
/** A program that prints for ever must not fill the disk: 1 GB is more than anybody reads. */
const MOST_BYTES = 1_000_000_000;
/** Bytes that are written at once: a terminal gives 4 kB at a time, and each write took 30 µs. */
const PIECE = 65_536;

export interface DraftPlace {
  /** Nobody else's, until the draft has its name. */
  readonly path: string;
  pathOf(id: string): string;
  /** Told where it is kept, and how large it is. */
  onKept(path: string, bytes: number): void;
}

/** A disk that refuses costs the draft and nothing else. */
export function createBlobDraft({ path, pathOf, onKept }: DraftPlace): BlobDraft {
  const hash = createHash('sha256');
  const waiting = createBytes(PIECE);
  let bytes = 0;
  let file = attempt(() => {
    makeDirectory(dirname(path));
    return openSync(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW, 0o600);
  });
  const drop = (): void => {
    const open = file;
    file = undefined;
    if (open === undefined) return;
    attempt(() => closeSync(open));
    attempt(() => rmSync(path, { force: true }));
  };
  const flush = (): void => {
    const open = file;
    if (open === undefined) return;
    const piece = waiting.view();
    hash.update(piece);
    if (attempt(() => writeAll(open, piece) ?? true) === undefined) drop();
    waiting.remove(0, piece.length);
  };
  return {
    write(piece) {
      if (file === undefined || bytes > MOST_BYTES) return;
      bytes += piece.length;
      for (let at = 0; at < piece.length; ) {
        at += waiting.add(piece.subarray(at));
        if (waiting.length === PIECE) flush();
      }
    },
    keep() {
      flush();
      const open = file;
      if (open === undefined) return undefined;
      const id = hash.digest('hex');
      const kept = attempt(() => {
        closeSync(open);
        makeDirectory(dirname(pathOf(id)));
        renameSync(path, pathOf(id));
        return id;
      });
      file = undefined;
      if (kept !== undefined) onKept(pathOf(id), bytes);
      return kept;
    },
    drop,
  };
}

function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
