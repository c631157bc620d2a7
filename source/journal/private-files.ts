// The journal's own files: for the person alone, never reached through a symbolic link, replaced whole or not at all.
import {
  chmodSync,
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  statSync,
  writeSync,
} from 'node:fs';
import { type FileHandle, open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

const { O_RDONLY, O_WRONLY, O_CREAT, O_TRUNC, O_NOFOLLOW } = constants;
const DIRECTORY_MODE = 0o700;
const FILE_MODE = 0o600;

/** Makes the directory and its parents, for the person alone. */
export function makeDirectory(path: string): void {
  mkdirSync(path, { recursive: true, mode: DIRECTORY_MODE });
  if ((statSync(path).mode & 0o777) !== DIRECTORY_MODE) chmodSync(path, DIRECTORY_MODE);
}

/** Opens a file with `fs.constants` flags; one that is made, or was readable by others, is for the person alone. */
export async function openFile(path: string, flags: number): Promise<FileHandle> {
  const file = await open(path, flags | O_NOFOLLOW, FILE_MODE);
  const writable = flags !== O_RDONLY;
  if (writable && ((await file.stat()).mode & 0o777) !== FILE_MODE) await file.chmod(FILE_MODE);
  return file;
}

/** The bytes of a file; null where it cannot be read, for whatever reason. */
export function readFile(path: string): Buffer | null {
  try {
    return readFileSync(path, { flag: O_RDONLY | O_NOFOLLOW });
  } catch {
    return null;
  }
}

/** The text of a file that may have so many bytes; null where it is larger, is no file (a pipe would be read for ever), or cannot be read. */
export function readSmall(path: string, mostBytes: number): string | null {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat?.isFile() && stat.size <= mostBytes ? (readFile(path)?.toString('utf8') ?? null) : null;
}

/** So many bytes of a file from `offset` on, fewer at its end; null where it cannot be read. */
export function readPart(path: string, offset: number, bytes: number): Buffer | null {
  try {
    const fd = openSync(path, O_RDONLY | O_NOFOLLOW);
    try {
      const buffer = Buffer.alloc(bytes);
      return buffer.subarray(0, readSync(fd, buffer, 0, bytes, offset));
    } finally {
      closeSync(fd);
    }
  } catch {
    return null;
  }
}

/** Readers see the old bytes or the new ones. Not yet on the disk when it returns. */
export function replaceFile(path: string, bytes: Uint8Array): void {
  const draft = `${path}.tmp`;
  const fd = openSync(draft, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW, FILE_MODE);
  try {
    writeAll(fd, bytes);
  } finally {
    closeSync(fd);
  }
  renameSync(draft, path);
}

/** Like `replaceFile`, but on the disk when it resolves, and what was there before is kept as `previous`. */
export async function replaceFileDurably(path: string, bytes: Uint8Array, previous: string): Promise<void> {
  const draft = `${path}.tmp`;
  const file = await openFile(draft, O_WRONLY | O_CREAT | O_TRUNC);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  if (existsSync(path)) await rename(path, previous);
  await rename(draft, path);
  await syncPath(dirname(path));
}

/** A disk that fills up takes a part of a write before it refuses the next. */
export function writeAll(fd: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(fd, bytes, done);
}

/** Brings a file, or the names in a directory, to the disk. */
export async function syncPath(path: string): Promise<void> {
  const file = await open(path, O_RDONLY | O_NOFOLLOW);
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}
