// The look at the worktree that a ship needs, taken while its call still streams: by the call's end git has answered, and
// the tree is hashed. Among 100,000 files that is 0.5 s a ship which nobody waits for. What a ship commits is held against
// it once more; another file that the person saves meanwhile is as one that they save a moment after any look.
import { toShip } from '../session/claims.ts';
import type { Changes, Snapshot } from './changes.ts';
import type { Repository } from './git-ports.ts';
import { sameStat } from './share.ts';
import type { Store } from './store.ts';

export interface ShipLookPorts {
  readonly store: Store;
  readonly repository: Pick<Repository, 'stat' | 'treeHash'>;
  readonly changes: Pick<Changes, 'snapshot' | 'unseen'>;
}

export interface ShipLook {
  /** Call `index` of the answer that streams has begun, from 0. A ship that stands first has nothing to run before it. */
  callBegun(index: number, name: string): void;
  /** For a ship: the look ahead, or a new one where something of ours has run since or a file of the ship has changed. */
  take(): Promise<Snapshot>;
}

export function createShipLook({ store, repository, changes }: ShipLookPorts): ShipLook {
  let ahead: Promise<Snapshot | undefined> | undefined;

  const isAsSeen = async (snapshot: Snapshot): Promise<boolean> => {
    const paths = toShip(store.getState().claims);
    const now = await Promise.all(paths.map((path) => repository.stat(path)));
    return paths.every((path, at) => sameStat(now[at], snapshot.dirty.get(path)?.stat));
  };
  return {
    callBegun(index, name) {
      const alone = index === 0 && name === 'ship' && changes.unseen().every(({ end }) => end !== null);
      // A fault is met again by the look that is taken then.
      ahead = alone ? changes.snapshot().catch(() => undefined) : undefined;
      void ahead?.then((snapshot) => snapshot && repository.treeHash(snapshot.status)).catch(() => undefined);
    },
    async take() {
      const snapshot = await ahead;
      ahead = undefined;
      if (snapshot !== undefined && changes.unseen().length === 0 && (await isAsSeen(snapshot)))
        return snapshot;
      return changes.snapshot();
    },
  };
}
