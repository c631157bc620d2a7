// Bytes that are too large for a line or are not text, each in a file named after its own hash.
import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeDirectory, readFile, replaceFile, syncPath } from './private-files.ts';

export interface Blobs {
  /** The id: 64 hex characters of SHA-256. The same bytes are stored once. */
  keep(bytes: Uint8Array): string;
  /** Null where they are gone or no longer what they were. */
  fetch(id: string): Uint8Array | null;
  /** Resolves when all that was kept so far is on the disk. */
  sync(): Promise<void>;
}

export function createBlobs(directory: string): Blobs {
  const root = join(directory, 'blobs');
  let unsynced: string[] = [];
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
    fetch(id) {
      if (!/^[0-9a-f]{64}$/.test(id)) return null;
      const bytes = readFile(blobPath(root, id));
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
