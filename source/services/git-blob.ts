// The id that git gives to bytes, worked out here: no process, no filter.
import { createHash, type Hash } from 'node:crypto';

/** A hash that has taken the head of a blob of `size` bytes; `hexDigits` is 40, or 64 with SHA-256. */
export function startBlob(size: number, hexDigits: number): Hash {
  return createHash(hexDigits === 64 ? 'sha256' : 'sha1').update(`blob ${size}\0`);
}

export function blobId(content: Uint8Array, hexDigits: number): string {
  return startBlob(content.length, hexDigits).update(content).digest('hex');
}
