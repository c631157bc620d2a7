// What the index holds, as the bytes in which git lists it, in the order of their paths. Nothing of it is taken apart but
// what is asked for: as objects, 100,000 entries held the loop for 700 ms after each commit, for another 170 ms with each
// hash of the tree, and 60 MB of memory.
import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { Git } from './git.ts';
import { type Entries, type Entry, nameIndex, parseListing } from './git-index.ts';

export interface Listing {
  /** Undefined also for an unmerged path. */
  find(path: string): Entry | undefined;
  /** One hash of all paths, modes and blobs, those of `overlay` in their place: the same once they are in the index. */
  hash(overlay: Entries): string;
  /** Of the tracked files, `.` for the root; at most so many. */
  folders(most: number): Promise<readonly string[]>;
}

/** The very same listing as long as the index is the same file, and a large one until it is collected. */
export type Lister = () => Promise<Listing>;

export function createLister(git: Git, gitDir: string): Lister {
  let identity = '';
  let kept: Kept = { deref: () => undefined };
  /** Being listed. */
  let coming: { readonly of: string; readonly listing: Promise<Listing> } | undefined;
  const list = async (of: string): Promise<Listing> => {
    const bytes = (await git.run(['ls-files', '-s', '-z'])).stdout;
    const listing = listingOf(bytes);
    kept = bytes.length < LARGE_BYTES ? { deref: () => listing } : new WeakRef(listing);
    identity = of;
    return listing;
  };
  return async () => {
    const next = await nameIndex(gitDir);
    const known = next === identity ? kept.deref() : undefined;
    if (known !== undefined) return known;
    if (coming?.of === next) return coming.listing;
    const own = { of: next, listing: list(next) };
    coming = own;
    return own.listing.finally(() => {
      if (coming === own) coming = undefined;
    });
  };
}

/** Of a large one as long as nothing is collected: 7 MB less of a screen at rest, which are listed again in 0.15 s. */
type Kept = Pick<WeakRef<Listing>, 'deref'>;
const LARGE_BYTES = 2 ** 20;

const NUL = 0;
const TAB = 9;
const SLASH = 0x2f;
/** Between two breaths of the event loop. */
const LINES_AT_ONCE = 2_000;

/** `bytes`: of `ls-files -s -z`, lines of `mode SP oid SP stage TAB path NUL`. */
export function listingOf(bytes: Buffer): Listing {
  return {
    find(path) {
      const { start, end } = linesOf(bytes, path);
      for (const [, entry] of parseListing(bytes.toString('utf8', start, end).split('\0'))) return entry;
      return undefined;
    },
    hash(overlay) {
      const hash = createHash('sha256');
      let done = 0;
      for (const { start, end, line } of placed(bytes, overlay)) {
        hash.update(bytes.subarray(done, start)).update(line);
        done = Math.max(done, end);
      }
      return hash.update(bytes.subarray(done)).digest('hex');
    },
    async folders(most) {
      const found = new Set<string>();
      let before: Buffer | undefined;
      let lines = 0;
      for (let start = 0; start < bytes.length && found.size < most; ) {
        const end = bytes.indexOf(NUL, start);
        const folder = folderOf(bytes.subarray(bytes.indexOf(TAB, start) + 1, end));
        if (before === undefined || !folder.equals(before)) found.add(folder.toString('utf8') || '.');
        before = folder;
        start = end + 1;
        lines += 1;
        if (lines % LINES_AT_ONCE === 0) await setImmediate();
      }
      return [...found];
    },
  };
}

function folderOf(path: Buffer): Buffer {
  return path.subarray(0, Math.max(0, path.lastIndexOf(SLASH)));
}

/** Bytes from `start` up to `end`. */
interface Span {
  readonly start: number;
  readonly end: number;
}

/** The lines that stand in the place of others, in the order of those; '' where a path is gone. */
function placed(bytes: Buffer, overlay: Entries): (Span & { readonly line: string })[] {
  return [...overlay]
    .map(([path, entry]) => ({
      ...linesOf(bytes, path),
      path: Buffer.from(path),
      line: entry === null ? '' : `${entry.mode} ${entry.oid} 0\t${path}\0`,
    }))
    .sort((a, b) => a.start - b.start || a.path.compare(b.path));
}

/** The lines of a path: one, up to three of an unmerged one, or the empty place where it would stand. */
function linesOf(bytes: Buffer, path: string): Span {
  const wanted = Buffer.from(path);
  const start = firstLine(bytes, path, wanted);
  let end = start;
  while (end < bytes.length && isAt(bytes, end, path, wanted)) end = bytes.indexOf(NUL, end) + 1;
  return { start, end };
}

/** The first line of a path that is not before the wanted one. */
function firstLine(bytes: Buffer, path: string, wanted: Buffer): number {
  let low = 0;
  let high = bytes.length;
  while (low < high) {
    const middle = low + ((high - low) >> 1);
    const start = middle === 0 ? 0 : bytes.lastIndexOf(NUL, middle - 1) + 1;
    const end = bytes.indexOf(NUL, start);
    if (compareAt(bytes, start, end, wanted) < 0) low = end + 1;
    else high = start;
  }
  return path.includes(UNKNOWN) ? (undecodable(bytes, path) ?? low) : low;
}

/** Stands in a path for bytes that are no UTF-8: such a one is not found by its bytes. */
const UNKNOWN = '\ufffd';

function undecodable(bytes: Buffer, path: string): number | undefined {
  for (let start = 0; start < bytes.length; start = bytes.indexOf(NUL, start) + 1)
    if (pathAt(bytes, start) === path) return start;
  return undefined;
}

function isAt(bytes: Buffer, start: number, path: string, wanted: Buffer): boolean {
  const end = bytes.indexOf(NUL, start);
  return (
    compareAt(bytes, start, end, wanted) === 0 || (path.includes(UNKNOWN) && pathAt(bytes, start) === path)
  );
}

function pathAt(bytes: Buffer, start: number): string {
  return bytes.toString('utf8', bytes.indexOf(TAB, start) + 1, bytes.indexOf(NUL, start));
}

/** As git sorts: byte by byte. */
function compareAt(bytes: Buffer, start: number, end: number, wanted: Buffer): number {
  return bytes.compare(wanted, 0, wanted.length, bytes.indexOf(TAB, start) + 1, end);
}
