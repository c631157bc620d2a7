// Whether HEAD is still where it was, read off the git directory itself: no process is started for it.
import { lstat, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Head } from '../engine/git-ports.ts';
import type { GitPlace } from './git-place.ts';

/** Keeps the last answer as long as HEAD stays where it is. */
export function keepByHead<T>(
  place: GitPlace,
  read: (count: number) => Promise<T>,
): (count: number) => Promise<T> {
  let kept: { readonly stamp: string; readonly answer: Promise<T> } | undefined;
  return async (count) => {
    const head = await readHeadFast(place);
    if (head === undefined) return read(count);
    const stamp = `${count} ${head.sha}`;
    if (kept?.stamp === stamp) return kept.answer;
    const answer = read(count);
    kept = { stamp, answer };
    answer.catch(() => {
      kept = undefined;
    });
    return answer;
  };
}

/** Where HEAD is. Undefined: only git can tell, as with reftables or before the first commit. */
export function readHeadFast(place: GitPlace): Promise<Head | undefined> {
  return readHeadFiles(place).catch(() => undefined);
}

async function readHeadFiles({ gitDir, commonDir }: GitPlace): Promise<Head | undefined> {
  const head = await readHeadFile(gitDir);
  if (head === undefined) return undefined;
  if ('commit' in head) return { sha: head.commit, branch: null };
  const branch = branchOf(head.ref);
  const sha = (await readLoose(commonDir, head.ref)) ?? (await readPacked(commonDir, head.ref));
  return sha !== undefined && /^[0-9a-f]+\n$/.test(sha) && branch !== undefined
    ? { sha: sha.trim(), branch }
    : undefined;
}

/** Of the lines `OID SP REF` of packed-refs, where a branch of a fresh clone stands; in the form of a file of its own. */
async function readPacked(commonDir: string, ref: string): Promise<string | undefined> {
  const packed = await readFile(join(commonDir, 'packed-refs'), 'utf8').catch(() => '');
  const end = packed.indexOf(` ${ref}\n`);
  return end < 0 ? undefined : `${packed.slice(packed.lastIndexOf('\n', end) + 1, end)}\n`;
}

/** Undefined where there is none. One that cannot be read is not taken for that: what is packed may be older. */
async function readLoose(commonDir: string, ref: string): Promise<string | undefined> {
  try {
    return await readFile(join(commonDir, ref), 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR') return undefined;
    throw error;
  }
}

/** Undefined where the full name of a ref is no branch's. */
export function branchOf(ref: string): string | undefined {
  return /^refs\/heads\/(.+)$/.exec(ref)?.[1];
}

/** What HEAD's file says: the full name of a ref, or a commit. Undefined where only git can tell; rejects where there is none. */
export async function readHeadFile(
  gitDir: string,
): Promise<{ readonly ref: string } | { readonly commit: string } | undefined> {
  const file = join(gitDir, 'HEAD');
  if (!(await lstat(file)).isFile()) return undefined;
  const head = await readFile(file, 'utf8');
  if (/^[0-9a-f]+\n$/.test(head)) return { commit: head.trim() };
  const [, ref] = /^ref: (refs\/\S+)\n$/.exec(head) ?? [];
  // With reftables it is a name that no branch may have.
  return ref === undefined || ref.endsWith('.invalid') ? undefined : { ref };
}
