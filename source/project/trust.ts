// Whether commands of a repository may run with the person's rights, and the answers given so far.
import { randomUUID } from 'node:crypto';
import { mkdir, realpath, rename, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { readText } from './read-text.ts';

/** Whether a repository lies in one of the folders, all of them by their real paths. */
export async function isTrusted(root: string, folders: readonly string[]): Promise<boolean> {
  const real = await realOrUndefined(root);
  if (real === undefined) return false;
  const trusted = await Promise.all(folders.map(realOrUndefined));
  return trusted.some((folder) => folder !== undefined && contains(folder, real));
}

/** The folders that the person has trusted by an answer, kept with NUL between them: any other character may be in a name. A file that cannot be read holds none. */
export async function readTrust(stateRoot: string): Promise<readonly string[]> {
  const text = await readText(trustFile(stateRoot));
  return (text ?? '').split('\0').filter((folder) => folder !== '');
}

/** Remembers an answer, in a file for the person alone. Rejects where the state directory cannot be written. */
export async function storeTrust(stateRoot: string, folder: string): Promise<void> {
  const folders = new Set([...(await readTrust(stateRoot)), await realpath(folder)]);
  await mkdir(stateRoot, { recursive: true, mode: 0o700 });
  const draft = `${trustFile(stateRoot)}.${randomUUID()}`;
  await writeFile(draft, [...folders].join('\0'), { mode: 0o600 });
  await rename(draft, trustFile(stateRoot));
}

function trustFile(stateRoot: string): string {
  return join(stateRoot, 'trusted');
}

function contains(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`);
}

function realOrUndefined(path: string): Promise<string | undefined> {
  return realpath(path).catch(() => undefined);
}
