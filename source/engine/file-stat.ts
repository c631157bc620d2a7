// Whether a file is still the one that somebody saw: the same for the engine and for the services that it asks.
import type { DirtyPath } from './git-ports.ts';

/** Whether a file is the one that was seen, as far as its stat tells. Null: it is gone; undefined: nothing was said of it. */
export function sameStat(a: DirtyPath['stat'] | undefined, b: DirtyPath['stat'] | undefined): boolean {
  if (a == null || b == null) return a === b;
  return (
    a.size === b.size &&
    a.mtimeMs === b.mtimeMs &&
    a.ctimeMs === b.ctimeMs &&
    a.ino === b.ino &&
    a.mode === b.mode
  );
}

/** Paths that differ on disk between two looks, each of which names what differs from HEAD. Staging does not change a file. */
export function changedBetween(before: Iterable<DirtyPath>, now: Iterable<DirtyPath>): string[] {
  const stats = (look: Iterable<DirtyPath>) => new Map(Array.from(look, ({ path, stat }) => [path, stat]));
  const [earlier, later] = [stats(before), stats(now)];
  const paths = new Set([...earlier.keys(), ...later.keys()]);
  return [...paths].filter((path) => !sameStat(earlier.get(path), later.get(path)));
}
