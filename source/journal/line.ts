// One line of the journal: a checksum, JSON, and the line feed that is the only framing.
import { crc32 } from 'node:zlib';
import type { Stamp } from '../session/events.ts';

/** An event as the file has it: of any format version, its long values still in their blobs. */
export interface Stored extends Stamp {
  readonly type: string;
  readonly [key: string]: unknown;
}

const CHECKSUM_CHARS = 8;
const SPACE = 0x20;

/** `crc32hex SP json LF`. The checksum is over the UTF-8 bytes of the JSON. Throws where `value` is no JSON. */
export function encodeLine(value: unknown): Buffer {
  const json = JSON.stringify(value);
  return Buffer.from(`${hex(crc32(json))} ${json}\n`);
}

/** What a line (without its LF) says; undefined where one bit of it is not as it was written. */
export function decodeLine(line: Buffer): unknown {
  if (line[CHECKSUM_CHARS] !== SPACE) return undefined;
  const body = line.subarray(CHECKSUM_CHARS + 1);
  if (checksumOf(line) !== hex(crc32(body))) return undefined;
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}

/** The checksum that a line carries, as text. */
export function checksumOf(line: Buffer): string {
  return line.toString('latin1', 0, CHECKSUM_CHARS);
}

/** Whether a decoded line is an event of some version: the stamp is the same in all of them. */
export function isStored(value: unknown): value is Stored {
  if (typeof value !== 'object' || value === null) return false;
  const { v, seq, at, mono, type } = value as Partial<Stored>;
  return (
    isCount(v) &&
    isCount(seq) &&
    typeof at === 'number' &&
    typeof mono === 'number' &&
    typeof type === 'string'
  );
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && Number(value) > 0;
}

function hex(checksum: number): string {
  return checksum.toString(16).padStart(CHECKSUM_CHARS, '0');
}
