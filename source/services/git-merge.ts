// Three-way merge of one file, where overlapping changes are an answer and never a guess.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Git } from './git.ts';
import { readBlob } from './git-content.ts';

/** Null stands for a missing file. */
export type Content = Uint8Array | null;

/** `folder` takes the three files that git merges. Null where both sides changed the same place, or more than text. */
export async function mergeContents(
  git: Git,
  folder: string,
  base: Content,
  ours: Content,
  theirs: Content,
): Promise<{ content: Content } | null> {
  if (sameContent(ours, theirs) || sameContent(base, theirs)) return { content: ours };
  if (sameContent(base, ours)) return { content: theirs };
  if (base === null || ours === null || theirs === null) return null;
  const sides = [ours, base, theirs];
  if (sides.some((side) => side.includes(0))) return null;
  const files = sides.map((_, i) => join(folder, `side-${i}`));
  await Promise.all(sides.map((side, i) => writeFile(files[i] ?? '', side)));
  // The exit code is the number of conflicts, at most 127; beyond that it is an error.
  const codes = Array.from({ length: 128 }, (_, code) => code);
  const { code, stdout } = await git.run(['merge-file', '--stdout', '--quiet', '--', ...files], { codes });
  return code === 0 ? { content: stdout } : null;
}

/** The same on blobs in the object store, by their ids. */
export async function mergeBlobs(
  git: Git,
  folder: string,
  base: string | null,
  ours: string | null,
  theirs: string | null,
): Promise<{ oid: string | null } | null> {
  if (ours === theirs || base === theirs) return { oid: ours };
  if (base === ours) return { oid: theirs };
  const read = async (oid: string | null): Promise<Content> => (oid === null ? null : readBlob(git, oid));
  const merged = await mergeContents(git, folder, await read(base), await read(ours), await read(theirs));
  if (merged === null || merged.content === null) return merged && { oid: null };
  return { oid: await writeBlob(git, merged.content) };
}

export function sameContent(a: Content, b: Content): boolean {
  return a === null || b === null ? a === b : Buffer.compare(a, b) === 0;
}

/** Writes bytes as they are. */
export function writeBlob(git: Git, content: Uint8Array): Promise<string> {
  return git.text(['hash-object', '-w', '--no-filters', '--stdin'], { input: content });
}
