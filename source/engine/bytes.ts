// Bytes of an output in one piece of memory that is used again. A buffer of its own for each piece that comes is memory
// outside of the heap, which the collector counts little and frees late.

export interface Bytes {
  readonly length: number;
  /** Copies as much as there is room for, and says how much that was. */
  add(bytes: Uint8Array): number;
  /** Holds until something is added or removed. */
  view(from?: number, to?: number): Buffer;
  /** What stands behind moves up. */
  remove(from: number, to: number): void;
}

const FIRST = 4_096;

/** Room for `most` bytes, taken as they come. */
export function createBytes(most: number): Bytes {
  let memory = Buffer.alloc(0);
  let length = 0;

  const grow = (needed: number): void => {
    const grown = Buffer.allocUnsafeSlow(Math.min(most, Math.max(FIRST, 2 * memory.length, needed)));
    memory.copy(grown, 0, 0, length);
    memory = grown;
  };
  return {
    get length() {
      return length;
    },
    add(bytes) {
      const part = bytes.subarray(0, most - length);
      if (length + part.length > memory.length) grow(length + part.length);
      memory.set(part, length);
      length += part.length;
      return part.length;
    },
    view: (from = 0, to = length) => memory.subarray(from, Math.min(to, length)),
    remove(from, to) {
      const end = Math.min(to, length);
      memory.copyWithin(from, end, length);
      length -= end - from;
    },
  };
}

/** What is left of bytes that begin within a character of UTF-8. */
export function fromWholeCharacter(bytes: Uint8Array): Uint8Array {
  let start = 0;
  while (start < Math.min(3, bytes.length) && ((bytes[start] ?? 0) & 0xc0) === 0x80) start += 1;
  return bytes.subarray(start);
}
