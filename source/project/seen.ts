// The files and folders in which something was found: while they are as they were, it need not be looked for again.
import { statSync } from 'node:fs';

export interface Seen {
  /** To be called before a file or a folder is read. */
  note(path: string): void;
  /** Whether all of them are as they were when they were noted. */
  stands(): boolean;
}

/** To look at more of them takes longer than to read them anew beside other work. */
const MOST = 64;
/** File systems stamp with a clock that ticks every few ms: who writes again within a tick leaves no trace. */
const TICK_MS = 20;

/** `now`: epoch ms. */
export function createSeen(now: () => number): Seen {
  const stamps = new Map<string, string>();
  let isSure = true;
  return {
    note(path) {
      if (stamps.has(path) || !isSure) return;
      const { stamp, changed } = look(path);
      isSure = stamps.size < MOST && changed < now() - TICK_MS;
      stamps.set(path, stamp);
    },
    stands: () => isSure && [...stamps].every(([path, stamp]) => look(path).stamp === stamp),
  };
}

/** `changed`: epoch ms; 0 where there is nothing to be seen. */
function look(path: string): { readonly stamp: string; readonly changed: number } {
  try {
    const { ino, size, mtimeMs, ctimeMs } = statSync(path);
    return { stamp: `${ino} ${size} ${mtimeMs} ${ctimeMs}`, changed: ctimeMs };
  } catch {
    return { stamp: '', changed: 0 };
  }
}
