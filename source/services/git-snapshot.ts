// The tree as it stands, kept in the object store and laid out again elsewhere, past every index and ref of the person's.
import { mkdtemp, realpath, rm, stat, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import type { Repository, Status } from '../engine/git-ports.ts';
import type { Git } from './git.ts';
import { ignoredAmong } from './git-ignored.ts';
import { copyIndex, readTreeInto } from './git-index.ts';
import type { GitPlace } from './git-place.ts';
import { withScratch } from './git-scratch.ts';
import { readStatus } from './git-status.ts';

/** Beside these a package manager lays what the package needs. */
const MANIFESTS = new Set(
  'package.json pyproject.toml requirements.txt composer.json Gemfile go.mod mix.exs'.split(' '),
);
/** Only what is read: build outputs such as `target` would be written through the link. */
const DEPENDENCIES = ['node_modules', '.venv', 'venv', 'vendor', 'deps'];

/** Id of a tree with everything that git does not ignore. Repositories inside the worktree stay as they are in the index. */
export function keepTree(git: Git, place: GitPlace, look?: Status): Promise<string> {
  return withScratch(place.gitDir, async (scratch) => {
    const index = join(scratch, 'index');
    await copyIndex(join(place.gitDir, 'index'), index);
    const seen = look ?? (await readStatus(git, place.gitDir));
    const dirty = seen.dirty.filter((each) => !each.submodule);
    const input = dirty.map((each) => `${each.path}\0`).join('');
    if (dirty.length > 0) {
      await git.run(['update-index', '--add', '--remove', '--replace', '-z', '--stdin'], { index, input });
    }
    return git.text(['write-tree'], { index });
  });
}

/**
 * Lays a tree into a new temporary directory. Ignored dependencies are linked in, not copied: a program that writes
 * there writes into the worktree's.
 */
export async function layOut(git: Git, place: GitPlace, tree: string): ReturnType<Repository['scratch']> {
  const directory = await mkdtemp(join(await realpath(tmpdir()), 'hullspeed-tree-'));
  const remove = (): Promise<void> => rm(directory, { recursive: true, force: true });
  try {
    await withScratch(place.gitDir, async (scratch) => {
      const index = join(scratch, 'index');
      await readTreeInto(git, tree, index);
      await git.run(['checkout-index', '--all', '--quiet', `--prefix=${directory}/`], { index });
      await linkDependencies(git, await git.fields(['ls-files', '-z'], { index }), directory);
    });
  } catch (error) {
    await remove();
    throw error;
  }
  return { directory, remove };
}

async function linkDependencies(git: Git, paths: readonly string[], directory: string): Promise<void> {
  const packages = new Set([
    '.',
    ...paths.filter((path) => MANIFESTS.has(basename(path))).map((path) => dirname(path)),
  ]);
  const wanted = [...packages].flatMap((folder) => DEPENDENCIES.map((name) => join(folder, name)));
  const present: string[] = [];
  for (const path of wanted) {
    if ((await stat(join(git.root, path)).catch(() => null))?.isDirectory()) present.push(path);
  }
  // What stands there already is tracked in part, and laid out.
  for (const path of await ignoredAmong(git, present)) {
    await symlink(join(git.root, path), join(directory, path)).catch((error: NodeJS.ErrnoException) => {
      // What stands there already is tracked in part, and laid out.
      if (error.code !== 'EEXIST') throw error;
    });
  }
}
