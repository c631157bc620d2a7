// The project's docs pages as an index: found by walking a few folders, read by their first bytes alone.
import type { Dirent } from 'node:fs';
import { readdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import type { DocsPage } from '../engine/ports.ts';
import { quoted } from './foreign-text.ts';
import { type FrontMatter, readFrontMatter } from './front-matter.ts';
import { matchesGlob } from './glob.ts';
import { realInside } from './inside.ts';
import { readText } from './read-text.ts';

export type FoundPage = DocsPage & Pick<FrontMatter, 'problem'>;

/** A page's front matter stands at its start; folders of a project that are no docs may hold anything. */
const MOST = { bytes: 8_192, pages: 500, depth: 8, entries: 5_000, path: 200 };
/** As docs-list has it: what is put away, and what is no advice. */
const PASSED_OVER = new Set(['archive', 'research', 'node_modules']);

/** Sorted by path. Never rejects: what cannot be read is not there. Links are followed within the root only. */
export async function readDocsPages(
  root: string,
  patterns: readonly string[],
): Promise<readonly FoundPage[]> {
  const base = await realpath(root).catch(() => root);
  const walk = { base, found: new Set<string>(), entries: 0 };
  for (const folder of new Set(patterns.map(folderOf))) await collect(walk, partsOf(folder), 0);
  const wanted = [...walk.found].filter((path) => patterns.some((pattern) => matchesGlob(path, pattern)));
  const paths = wanted.sort().slice(0, MOST.pages);
  const pages = await Promise.all(paths.map((path) => readPage(base, path)));
  return pages.filter((page) => page !== undefined);
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
  if (way.includes('..') || depth > MOST.depth) return;
  const folder = join(walk.base, ...way);
  if ((await realInside(walk.base, folder)) === undefined) return;
  const entries: Dirent[] = await readdir(folder, { withFileTypes: true }).catch(() => []);
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    walk.entries += 1;
    if (walk.entries > MOST.entries || entry.name.startsWith('.')) continue;
    const path = [...way, entry.name];
    if (entry.isDirectory() && !PASSED_OVER.has(entry.name)) await collect(walk, path, depth + 1);
    else if (/\.md$/i.test(entry.name) && !entry.isDirectory()) walk.found.add(path.join('/'));
  }
}

async function readPage(base: string, path: string): Promise<FoundPage | undefined> {
  const real = await realInside(base, join(base, path));
  const head = real === undefined ? undefined : await readText(real, MOST.bytes).catch(() => undefined);
  return head === undefined ? undefined : { path: quoted(path, MOST.path), ...(await readFrontMatter(head)) };
}
