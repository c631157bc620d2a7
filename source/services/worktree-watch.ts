// Tells when a tracked file is written while somebody wants to know: what is tested on the chance that it stays as it is
// stops then. Where it misses one, the tree's hash at the end of the run still knows.
import { type FSWatcher, watch } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { Lister, Listing } from './git-listing.ts';

/** Linux watches folder by folder: each costs some 10 µs and kernel memory. More are not watched. */
const MOST_FOLDERS = 1_000;
/** Between two breaths of the event loop. */
const AT_ONCE = 50;

/** The result calls back with each tracked path that is written or removed, and returns the way to stop. Neither throws: what cannot be watched is not. */
export function createFileWatch(
  root: string,
  list: Lister,
): (onChange: (path: string) => void) => () => void {
  const folders = keepFolders();
  return (onChange) => {
    const watchers: FSWatcher[] = [];
    let closed = false;
    const begin = async (): Promise<void> => {
      const listing = await list();
      const heard = (path: string): void => {
        if (!closed && listing.find(path) !== undefined) onChange(path);
      };
      for (const [nth, folder] of (await folders(listing)).entries()) {
        if (nth % AT_ONCE === AT_ONCE - 1) await setImmediate();
        if (closed) return;
        const watcher = watchFolder(root, folder, heard);
        if (watcher !== undefined) watchers.push(watcher);
      }
    };
    void begin().catch(() => undefined);
    return () => {
      closed = true;
      for (const watcher of watchers) watcher.close();
    };
  };
}

function watchFolder(root: string, folder: string, heard: (path: string) => void): FSWatcher | undefined {
  try {
    const options = { persistent: false, recursive: !isLinux() };
    const watcher = watch(join(root, folder), options, (_event, name) => {
      if (name !== null) heard(folder === '.' ? name : `${folder}/${name}`);
    });
    watcher.on('error', () => watcher.close());
    return watcher;
  } catch {
    // A folder that is gone, or a system that has no more watches to give.
    return undefined;
  }
}

/**
 * Found once a listing, which has up to 7 MB and is not held by it: there may be 100,000 files. Elsewhere than on Linux the
 * root stands for all.
 */
function keepFolders(): (listing: Listing) => Promise<readonly string[]> {
  const known = new WeakMap<Listing, Promise<readonly string[]>>();
  return (listing) => {
    const found = known.get(listing) ?? (isLinux() ? listing.folders(MOST_FOLDERS) : Promise.resolve(['.']));
    known.set(listing, found);
    return found;
  };
}

function isLinux(): boolean {
  return process.platform === 'linux';
}
