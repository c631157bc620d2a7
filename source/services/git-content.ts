// A file's bytes: from the worktree, from HEAD, from the object store.
import { readFile, realpath } from 'node:fs/promises';
import { dirname, join, normalize, sep } from 'node:path';
import type { Git } from './git.ts';
import { lstatOrNull } from './git-status.ts';

/** Null where no regular file stands at that path of the worktree itself. */
export async function readWorktree(root: string, path: string): Promise<Uint8Array | null> {
  if (!(await isInside(root, path))) return null;
  const stats = await lstatOrNull(join(root, path));
  return stats?.isFile() ? readFile(join(root, path)) : null;
}

/** What stands behind a link or outside the worktree is not the repository's, for git as for us. */
export async function isInside(root: string, path: string): Promise<boolean> {
  const plain = normalize(path);
  if (plain === '..' || plain.startsWith(`..${sep}`) || plain.startsWith(sep)) return false;
  const parent = dirname(join(root, plain));
  return (await realpath(parent).catch(() => null)) === parent;
}

/** Null where HEAD has no regular file there. Content as git keeps it: line ends and filters not undone. */
export async function readCommitted(git: Git, path: string): Promise<Uint8Array | null> {
  const { code, stdout } = await git.run(['ls-tree', '-z', '--full-tree', 'HEAD', '--', path], {
    codes: [128],
  });
  const [, oid] = /^100\d{3} blob (\w+)\t/.exec(stdout.toString('utf8')) ?? [];
  return code === 0 && oid ? readBlob(git, oid) : null;
}

export async function readBlob(git: Git, oid: string): Promise<Uint8Array> {
  return (await git.run(['cat-file', 'blob', oid])).stdout;
}
