// The project's docs pages as an index: found by walking a few folders, read by their first bytes alone, and only again
// when they have changed.
import { opendir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { DocsPage } from '../engine/ports.ts';
import { quoted } from './foreign-text.ts';
import { readFrontMatter } from './front-matter.ts';
import { matchesGlob } from './glob.ts';
import { realInside } from './inside.ts';
import { readText } from './read-text.ts';

/** A page's front matter stands at its start; folders of a project that are no docs may hold anything. */
const MOST = { bytes: 8_192, pages: 500, depth: 8, entries: 5_000, path: 200 };
/** As docs-list has it: what is put away, and what is no advice. */
const PASSED_OVER = new Set(['archive', 'research', 'node_modules']);
/** File times may be as coarse as this: what was written within it before it was read may have changed since. */
const TICK_MS = 20;

/** A page as it was read, and what its file was like then; '' where that tells nothing. */
interface Kept {
  readonly stamp: string;
  readonly page: DocsPage;
}

/**
 * Sorted by path; the same array as long as no page has changed. Never rejects: what cannot be read is not there. Links are
 * followed within the root only. `only`: these paths have changed, and no others are looked at.
 */
export type ReadDocs = (only?: readonly string[]) => Promise<readonly DocsPage[]>;

/** Costs a `stat` a page where none has changed. One look at a time. */
export function createDocsReader(root: string, patterns: readonly string[]): ReadDocs {
  let kept: ReadonlyMap<string, Kept> = new Map();
  let pages: readonly DocsPage[] = [];
  let last: Promise<unknown> = Promise.resolve();
  const look = async (only?: readonly string[]): Promise<readonly DocsPage[]> => {
    const base = await realpath(root).catch(() => root);
    const paths = only ? [...kept.keys(), ...only.filter((path) => isWanted(path, patterns))] : undefined;
    const found = paths ?? (await findDocs(base, patterns));
    const now = new Map<string, Kept>();
    for (const some of portions([...new Set(found)].sort().slice(0, MOST.pages))) {
      const looked = await Promise.all(
        some.map((path) =>
          only?.includes(path) === false ? kept.get(path) : readPage(base, path, kept.get(path)),
        ),
      );
      for (const [at, page] of looked.entries()) if (page !== undefined) now.set(some[at] ?? '', page);
    }
    const same =
      now.size === kept.size && [...now].every(([path, each]) => kept.get(path)?.page === each.page);
    kept = now;
    if (!same) pages = [...now.values()].map(({ page }) => page);
    return pages;
  };
  return (only) => {
    const next = last.then(() => look(only));
    last = next;
    return next;
  };
}

/** The first few of another project's, and how many more there are. */
export async function readFirstDocs(
  root: string,
  patterns: readonly string[],
  most: number,
): Promise<{ readonly pages: readonly DocsPage[]; readonly more: number }> {
  const base = await realpath(root);
  const found = (await findDocs(base, patterns)).sort();
  const read = await Promise.all(found.slice(0, most).map((path) => readPage(base, path)));
  return {
    pages: read.flatMap((each) => (each === undefined ? [] : [each.page])),
    more: Math.max(0, found.length - most),
  };
}

/** Pages that are read at once: between them, keys are heard. */
function portions(paths: readonly string[]): string[][] {
  return Array.from({ length: Math.ceil(paths.length / 16) }, (_, nth) =>
    paths.slice(nth * 16, nth * 16 + 16),
  );
}

/** Whether a path may be a page, without a look at the disk. */
function isWanted(path: string, patterns: readonly string[]): boolean {
  const folders = path.split('/');
  const name = folders.pop() ?? '';
  return (
    isPage(name) &&
    folders.length <= MOST.depth &&
    !folders.some(isPassedOver) &&
    patterns.some((pattern) => matchesGlob(path, pattern))
  );
}

function isPage(name: string): boolean {
  return /\.md$/i.test(name) && !name.startsWith('.');
}

function isPassedOver(folder: string): boolean {
  return folder.startsWith('.') || PASSED_OVER.has(folder);
}

/** Paths of the pages, unsorted, of the first few thousand entries of the folders. Never rejects. */
async function findDocs(base: string, patterns: readonly string[]): Promise<string[]> {
  const walk = { base, found: new Set<string>(), entries: 0 };
  for (const folder of new Set(patterns.map(folderOf))) await collect(walk, partsOf(folder), 0);
  return [...walk.found].filter((path) => patterns.some((pattern) => matchesGlob(path, pattern)));
}

/** Of a pattern, what stands before its first star. */
function folderOf(pattern: string): string {
  const parts = pattern.split('/');
  const star = parts.findIndex((part) => /[*?]/.test(part));
  return parts.slice(0, star < 0 ? -1 : star).join('/');
}

function partsOf(folder: string): string[] {
  return folder.split('/').filter((part) => part !== '' && part !== '.');
}

interface Walk {
  readonly base: string;
  readonly found: Set<string>;
  entries: number;
}

async function collect(walk: Walk, way: readonly string[], depth: number): Promise<void> {
  if (way.includes('..') || depth > MOST.depth || walk.entries > MOST.entries) return;
  const folder = join(walk.base, ...way);
  if ((await realInside(walk.base, folder)) === undefined) return;
  const folders: string[] = [];
  try {
    for await (const entry of await opendir(folder, { bufferSize: 256 })) {
      walk.entries += 1;
      if (walk.entries > MOST.entries) break;
      if (entry.isDirectory()) {
        if (!isPassedOver(entry.name)) folders.push(entry.name);
      } else if (isPage(entry.name)) walk.found.add([...way, entry.name].join('/'));
    }
  } catch {
    // A folder that cannot be read has no pages.
  }
  for (const name of folders.sort()) await collect(walk, [...way, name], depth + 1);
}

/** The one that was kept, where its file is what it was. */
async function readPage(base: string, path: string, before?: Kept): Promise<Kept | undefined> {
  const file = join(base, path);
  const found = await stat(file).catch(() => undefined);
  if (found === undefined) return undefined;
  const { ino, size, mtimeMs, ctimeMs } = found;
  const stamp = Date.now() - ctimeMs < TICK_MS ? '' : `${ino} ${size} ${mtimeMs} ${ctimeMs}`;
  if (before !== undefined && before.stamp !== '' && before.stamp === stamp) return before;
  const real = await realInside(base, file);
  const head = real === undefined ? undefined : await readText(real, MOST.bytes).catch(() => undefined);
  if (head === undefined) return undefined;
  const page = { path: quoted(path, MOST.path), ...(await readFrontMatter(head)) };
  // Written again, it may say the same.
  return { stamp, page: isSame(before?.page, page) ? before.page : page };
}

function isSame(a: DocsPage | undefined, b: DocsPage): a is DocsPage {
  return JSON.stringify(a) === JSON.stringify(b);
}
