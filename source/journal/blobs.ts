// Bytes that are too large for a line or are not text, each in a file named after its own hash.
import { createHash } from 'node:crypto';
import { rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { BlobDraft } from '../engine/ports.ts';
import { createBlobDraft } from './blob-draft.ts';
import { makeDirectory, readFile, readPart, replaceFile, syncPath } from './private-files.ts';

export interface Blobs {
  /** The id: 64 hex characters of SHA-256. The same bytes are stored once. */
  keep(bytes: Uint8Array): string;
  /** Of those over 8 MB the newest three of a process stay: nobody reads older ones. */
  draft(): BlobDraft;
  /** The file of an id; null where it is gone. */
  path(id: string): string | null;
  /** Null where they are gone or no longer what they were. Of more than `most` bytes the first, as they are now. */
  fetch(id: string, most?: number): Uint8Array | null;
  /** Resolves when all that was kept so far is on the disk. */
  sync(): Promise<void>;
}

const LARGE_BYTES = 8_000_000;
const MOST_LARGE = 3;

export function createBlobs(directory: string): Blobs {
  const root = join(directory, 'blobs');
  let unsynced: string[] = [];
  /** Numbers of those that are being written. */
  const drafts = new Set<number>();
  let large: string[] = [];
  const onKept = (path: string, bytes: number): void => {
    unsynced.push(path);
    if (bytes < LARGE_BYTES) return;
    large = [...large.filter((each) => each !== path), path];
    for (const old of large.splice(0, large.length - MOST_LARGE)) {
      unsynced = unsynced.filter((each) => each !== old);
      rmSync(old, { force: true });
    }
  };
  return {
    keep(bytes) {
      const id = hash(bytes);
      const path = blobPath(root, id);
      if (statSync(path, { throwIfNoEntry: false })?.size === bytes.length) return id;
      makeDirectory(dirname(path));
      replaceFile(path, bytes);
      unsynced.push(path);
      return id;
    },
    draft() {
      // Those that a crash left are written over, from the first on.
      let number = 1;
      while (drafts.has(number)) number += 1;
      drafts.add(number);
      const draft = createBlobDraft({
        path: join(root, `draft-${number}.tmp`),
        pathOf: (id) => blobPath(root, id),
        onKept,
      });
      const free = <T>(end: () => T): T => {
        drafts.delete(number);
        return end();
      };
      return { write: draft.write, keep: () => free(draft.keep), drop: () => free(draft.drop) };
    },
    path(id) {
      if (!/^[0-9a-f]{64}$/.test(id)) return null;
      const path = blobPath(root, id);
      return statSync(path, { throwIfNoEntry: false }) === undefined ? null : path;
    },
    fetch(id, most) {
      if (!/^[0-9a-f]{64}$/.test(id)) return null;
      const path = blobPath(root, id);
      const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
      // A part has no hash to hold it against.
      if (most !== undefined && size > most) return readPart(path, 0, most);
      const bytes = readFile(path);
      return bytes !== null && hash(bytes) === id ? bytes : null;
    },
    async sync() {
      const paths = unsynced;
      unsynced = [];
      try {
        for (const path of paths) await syncPath(path);
        const parents = new Set(paths.flatMap((path) => [dirname(path), root, directory]));
        for (const parent of parents) await syncPath(parent);
      } catch (error) {
        unsynced = [...paths, ...unsynced];
        throw error;
      }
    },
  };
}

function blobPath(root: string, id: string): string {
  return join(root, id.slice(0, 2), id);
}

function hash(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
