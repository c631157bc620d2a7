// The look at the worktree that a ship needs, taken while its call still streams, or by a run of the tests that ends
// meanwhile: by the call's end git has answered, and the tree is hashed. Among 100,000 files that is 0.5 s a ship which
// nobody waits for. At the call's end it has to stand still: HEAD, the index, and every file that differed. What is left is a
// file of the person's that was as HEAD has it: it is not in the commit, and nobody has tested it either if they save it a
// moment after the ship.
import { toShip } from '../session/claims.ts';
import type { Changes, Snapshot } from './changes.ts';
import { isNamed } from './claiming.ts';
import type { Repository } from './git-ports.ts';
import type { Store } from './store.ts';
import type { Verifier } from './verify.ts';

export interface ShipLookPorts {
  readonly store: Store;
  readonly repository: Pick<Repository, 'stands'>;
  readonly verifier: Pick<Verifier, 'gate' | 'key'>;
  readonly changes: Pick<Changes, 'snapshot' | 'newest' | 'unseen'>;
}

export interface ShipLook {
  /** Call `index` of the answer that streams has begun, from 0. A ship that stands first has nothing to run before it. */
  callBegun(index: number, name: string): void;
  /**
   * For a ship: the newest look since its call began, or another one where something of ours has run since, or what it saw
   * or `also` names is another thing by now.
   */
  take(also: readonly string[]): Promise<Snapshot>;
}

export function createShipLook({ store, repository, verifier, changes }: ShipLookPorts): ShipLook {
  /** Whether the call that streams is a ship which stands first. */
  let alone = false;

  const stands = async ({ dirty, status }: Snapshot, also: readonly string[]): Promise<boolean> => {
    if (changes.unseen().length > 0) return false;
    if (toShip(store.getState().claims).some((path) => !dirty.has(path))) return false;
    const paths = [...dirty.keys()];
    if (!also.every((name) => paths.some((path) => isNamed([name], path)))) return false;
    return repository.stands(status);
  };
  /** What the tests are known by: git lists and hashes the tree for it. */
  const hash = async ({ status }: Snapshot): Promise<void> => {
    if ((await verifier.gate()) !== undefined) await verifier.key(status);
  };
  return {
    callBegun(index, name) {
      alone = index === 0 && name === 'ship';
      // What runs is seen by no look until its end; then its own is the newest.
      if (!alone || changes.unseen().some(({ end }) => end === null)) return;
      // A fault is met again by the look that is taken then.
      void changes
        .snapshot()
        .then(hash)
        .catch(() => undefined);
    },
    async take(also) {
      const snapshot = alone ? await changes.newest()?.catch(() => undefined) : undefined;
      alone = false;
      if (snapshot !== undefined && (await stands(snapshot, also))) return snapshot;
      return changes.snapshot();
    },
  };
}
