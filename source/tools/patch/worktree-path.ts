// Decides where a path of a patch leads, and refuses it where that is not the project's own.
import { lstat, readlink, realpath } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { NamedPath } from '../../engine/ports.ts';
import { PatchError } from './patch-error.ts';

export interface WorktreePath {
  /** Real: no link is followed on the way to it any more. */
  readonly absolute: string;
  /** From the worktree, `/`-separated. */
  readonly path: string;
  /** Under a folder that the person's config makes writable, not in the worktree. */
  readonly outside: boolean;
  /** The file is named through a link. */
  readonly linked: boolean;
}

export interface Territory {
  readonly root: string;
  /** Absolute folders beside the worktree that may be written too. */
  readonly writable: readonly string[];
  /** Other projects that may be read; real paths. */
  readonly references?: readonly NamedPath[];
}

/** Throws `PatchError` for a path that leaves the territory, by its words or by links, or that leads into git's own files. */
export async function resolvePath(given: string, territory: Territory): Promise<WorktreePath> {
  if (given.includes('\0')) throw refusal(given, 'it holds a NUL character');
  if (given.endsWith('/')) throw refusal(given, 'it names a folder');
  const root = await realpath(territory.root);
  const writable = await Promise.all(
    territory.writable.map((each) => realpath(each).catch(() => resolve(each))),
  );
  const target = await follow(resolve(root, given), given);
  const outside = !isInside(root, target.absolute);
  if (outside && !writable.some((each) => isInside(each, target.absolute))) {
    const link = isAbsolute(given) || !isInside(root, resolve(root, given)) ? '' : ' through a link';
    const into = territory.references?.find(({ path }) => isInside(path, target.absolute));
    if (into !== undefined)
      throw refusal(
        given,
        `it leads${link} into the reference ${into.name}, which is read-only. Only the person can allow it, with references.write in their own config.toml`,
      );
    throw refusal(
      given,
      `it leads${link} out of the project, to ${target.absolute}. Paths are relative to ${territory.root} and stay inside it`,
    );
  }
  if (isAbsolute(given) && !outside)
    throw refusal(given, `it is absolute: write ${relative(root, target.absolute)}`);
  const path = relative(root, target.absolute).split(sep).join('/');
  if (path === '') throw refusal(given, 'it names a folder');
  if ([...path.split('/'), ...given.split(sep)].some(isGit))
    throw refusal(given, "git's own files are not for patches");
  return { ...target, path, outside };
}

function refusal(given: string, reason: string): PatchError {
  return new PatchError(`The path \`${given}\` is refused: ${reason}.`);
}

/** The real parent, as far as it exists, and the file that the last name leads to. */
async function follow(absolute: string, given: string): Promise<{ absolute: string; linked: boolean }> {
  const inParent = join(await realParent(dirname(absolute), given), basename(absolute));
  const stat = await lstat(inParent).catch(() => undefined);
  if (!stat?.isSymbolicLink()) return { absolute: inParent, linked: false };
  const target = await realpath(inParent).catch(() => undefined);
  if (target === undefined)
    throw refusal(given, `it is a link to ${await readlink(inParent)}, where nothing is`);
  return { absolute: target, linked: true };
}

async function realParent(folder: string, given: string): Promise<string> {
  const missing: string[] = [];
  for (let existing = folder; ; existing = dirname(existing)) {
    const stat = await lstat(existing).catch(() => undefined);
    if (stat !== undefined) {
      const real = await realpath(existing).catch(() => undefined);
      if (real === undefined) throw refusal(given, `${existing} is a link to nothing`);
      if (!(await lstat(real)).isDirectory()) throw refusal(given, `${existing} is a file, not a folder`);
      return join(real, ...missing);
    }
    missing.unshift(basename(existing));
  }
}

function isInside(folder: string, path: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

/** Also as file systems that fold case or ignore invisible characters would read it. */
function isGit(name: string): boolean {
  const folded = name
    .normalize('NFKC')
    .replace(/[\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/g, '')
    .toLowerCase();
  return folded === '.git' || folded === 'git~1';
}
