// Puts whole lines at the end of a file, or nothing.
import { ftruncateSync } from 'node:fs';
import { writeAll } from './private-files.ts';

export interface Appender {
  /** The byte after the last whole line. */
  readonly end: number;
  /** Written when it returns (to the system, not to the disk). Throws what the system throws, and the file is as before. */
  append(line: Uint8Array): void;
}

/** `fd` is open for appending and `end` is its size. */
export function createAppender(fd: number, end: number): Appender {
  let size = end;
  let torn = false;
  const mend = (): void => {
    ftruncateSync(fd, size);
    torn = false;
  };
  return {
    get end() {
      return size;
    },
    append(line) {
      if (torn) mend();
      torn = true;
      try {
        writeAll(fd, line);
        torn = false;
        size += line.length;
      } finally {
        if (torn) mend();
      }
    },
  };
}
