// Reads small text files of unknown origin: nothing that blocks, nothing that fills the memory.

import { constants } from 'node:fs';
import { open } from 'node:fs/promises';

/** Larger than any manifest or instructions that a person writes. */
const BYTES = 1_048_576;

/** The start of a regular file as text, a MB by default; undefined where there is none that may be read. */
export async function readText(path: string, bytes = BYTES): Promise<string | undefined> {
  // A named pipe would otherwise block the opening for ever.
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK).catch(() => undefined);
  if (file === undefined) return undefined;
  try {
    const about = await file.stat();
    if (!about.isFile()) return undefined;
    const most = Math.min(bytes, about.size);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(most), 0, most, 0);
    return buffer.toString('utf8', 0, bytesRead).replace(/^\ufeff/, '');
  } finally {
    await file.close();
  }
}
