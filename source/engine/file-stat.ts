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
