// What a crash left after the last whole line: kept aside for people, and cut, so that the next line begins a line.
import { constants, existsSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { openFile } from './private-files.ts';

const CHUNK_BYTES = 128 * 1024;

/** Moves everything from the byte `end` on to the file `torn-<n>`, whose path is the answer. Only for the lock's holder. */
export async function cutTornTail(directory: string, file: FileHandle, end: number): Promise<string> {
  const path = unusedPath(directory);
  const torn = await openFile(path, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL);
  try {
    for (let at = end; ; ) {
      const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(CHUNK_BYTES), { position: at });
      if (bytesRead === 0) break;
      await torn.writeFile(buffer.subarray(0, bytesRead));
      at += bytesRead;
    }
    await torn.sync();
  } finally {
    await torn.close();
  }
  await file.truncate(end);
  await file.sync();
  return path;
}

function unusedPath(directory: string): string {
  for (let n = 1; ; n++) {
    const path = join(directory, `torn-${n}`);
    if (!existsSync(path)) return path;
  }
}
