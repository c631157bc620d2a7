// Tells when the branch has moved, whoever moved it: git writes each move of HEAD into its reflog.
import { type FSWatcher, watch } from 'node:fs';
import { join } from 'node:path';
import type { GitPlace } from './git-place.ts';

/** A rebase moves HEAD many times in a row: one word for all of them. */
const QUIET_MS = 60;
/** In the git directory: HEAD without a reflog, what fetch and push leave behind. */
const NAMES = new Set(['HEAD', 'FETCH_HEAD', 'ORIG_HEAD', 'packed-refs']);

/** Calls `onMove` a moment after HEAD or a remote branch has moved; returns the way to stop. Never throws: what cannot be watched is not. */
export function watchBranch(place: GitPlace, onMove: () => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  const moved = (): void => {
    clearTimeout(timer);
    timer = setTimeout(onMove, QUIET_MS);
    timer.unref();
  };
  const watchers = [
    watchFolder(place.gitDir, (name) => NAMES.has(name), moved),
    watchFolder(join(place.gitDir, 'logs'), (name) => name === 'HEAD', moved),
    // A push by hand leaves nothing but this. Recursive, for a remote may come later, and its branches have folders.
    watchFolder(join(place.commonDir, 'refs'), (name) => /^(heads|remotes)\b/.test(name), moved, true),
    ...(place.commonDir === place.gitDir
      ? []
      : [watchFolder(place.commonDir, (name) => name === 'packed-refs', moved)]),
  ];
  return () => {
    clearTimeout(timer);
    for (const watcher of watchers) watcher?.close();
  };
}

function watchFolder(
  folder: string,
  counts: (name: string) => boolean,
  moved: () => void,
  recursive = false,
): FSWatcher | undefined {
  try {
    const watcher = watch(folder, { persistent: false, recursive }, (_event, name) => {
      if (name === null || counts(name.replace(/\.lock$/, ''))) moved();
    });
    watcher.on('error', () => watcher.close());
    return watcher;
  } catch {
    return undefined;
  }
}
