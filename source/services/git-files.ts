// The files that a person may name: of this project, and of those in the folders beside it.
import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { createGit, type Git } from './git.ts';
import type { Environment } from './git-environment.ts';

/** Folders beside the project that are offered. */
const MOST_SIBLINGS = 500;
/** What is read of a folder that is no repository. */
const MOST = { files: 5_000, depth: 6 };

/** Tracked, and new ones that git does not ignore; in git's order, each once. */
export function listFiles(git: Git): Promise<string[]> {
  return git.fields(['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--deduplicate']);
}

/** Names of the folders beside the project, hidden ones left out. */
export async function listSiblings(root: string): Promise<string[]> {
  const entries = await readdir(dirname(root), { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => (entry.isDirectory() || entry.isSymbolicLink()) && !entry.name.startsWith('.'))
    .map(({ name }) => name)
    .filter((name) => name !== basename(root))
    .sort()
    .slice(0, MOST_SIBLINGS);
}

/** The files of a folder beside the project, from that folder on; none where there is no such folder. */
export async function listBeside(root: string, name: string, env: Environment): Promise<string[]> {
  if (!(await listSiblings(root)).includes(name)) return [];
  const folder = join(dirname(root), name);
  // Reads run nothing of a repository's, so one that nobody has trusted is read like any other.
  return listFiles(createGit(folder, env)).catch(() => walk(folder));
}

async function walk(root: string): Promise<string[]> {
  const files: string[] = [];
  const look = async (folder: string, depth: number): Promise<void> => {
    const entries = await readdir(join(root, folder), { withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      if (files.length >= MOST.files) return;
      if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
      const path = join(folder, entry.name);
      if (entry.isFile()) files.push(path);
      else if (entry.isDirectory() && depth < MOST.depth) await look(path, depth + 1);
    }
  };
  await look('', 1);
  return files;
}
