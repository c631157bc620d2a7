// Which look a ship goes by, with a worktree that the test changes.
import { beforeEach, expect, test } from 'vitest';
import type { Snapshot } from '../../source/engine/changes.ts';
import type { DirtyPath } from '../../source/engine/git-ports.ts';
import { createShipLook, type ShipLook, type ShipLookPorts } from '../../source/engine/ship-look.ts';

/** What the look saw is as it was; and a path that the session claimed since. */
let stands: boolean;
let claimed: string;
/** Something of ours runs, or has run and no look has seen it. */
let runs: boolean;
let unseen: boolean;
let faults: number;
let taken: number;
let look: ShipLook;

beforeEach(() => {
  stands = true;
  claimed = 'ours';
  runs = false;
  unseen = false;
  faults = 0;
  taken = 0;
  const snapshot = async (): Promise<Snapshot> => {
    taken += 1;
    unseen = runs;
    if (faults-- > 0) throw new Error('git is gone');
    const dirty: DirtyPath[] = [{ path: 'ours', xy: '.D', submodule: false, parentCtimeMs: 1, stat: null }];
    const head = { sha: null, branch: 'main' };
    return {
      status: { head, dirty, index: `${taken}` },
      head,
      dirty: new Map(dirty.map((each) => [each.path, each])),
      changed: [],
      vanished: [],
    };
  };
  const span = { kind: 'run', start: 1 } as const;
  look = createShipLook({
    store: {
      getState: () => ({ claims: { [claimed]: { path: claimed, by: 'patch' } } }),
    } as unknown as ShipLookPorts['store'],
    repository: { stands: async () => stands },
    verifier: { gate: async () => undefined, key: async () => '' },
    changes: {
      snapshot,
      unseen: () => (runs ? [{ ...span, end: null }] : unseen ? [{ ...span, end: 2 }] : []),
    },
  });
});

const nth = async (...also: string[]): Promise<string> => (await look.take(also)).status.index;

test('the one that was taken as the call began is the ship’s, once', async () => {
  look.callBegun(0, 'ship');
  expect(taken).toBe(1);
  expect(await nth()).toBe('1');
  expect(await nth()).toBe('2');
});

test('where a call stands before the ship or beside it, it is taken at the ship', async () => {
  look.callBegun(0, 'apply_patch');
  look.callBegun(1, 'ship');
  expect(taken).toBe(0);
  look.callBegun(0, 'ship');
  look.callBegun(1, 'exec_command');
  expect(await nth()).toBe('2');
});

test('what ran until the call began has been seen by it', async () => {
  unseen = true;
  look.callBegun(0, 'ship');
  expect(await nth()).toBe('1');
});

test('while something of ours runs, none is taken ahead', async () => {
  runs = true;
  look.callBegun(0, 'ship');
  expect(taken).toBe(0);
  expect(await nth()).toBe('1');
});

test.each([
  ['something of ours has run since', () => (unseen = true)],
  ['what it saw has changed since', () => (stands = false)],
  ['the session has claimed a file since', () => (claimed = 'new')],
])('where %s, it is taken again', async (_, change) => {
  look.callBegun(0, 'ship');
  change();
  expect(await nth()).toBe('2');
});

test('where `also` names what it did not see, it is taken again', async () => {
  look.callBegun(0, 'ship');
  expect(await nth('ours')).toBe('1');
  look.callBegun(0, 'ship');
  expect(await nth('ours', 'theirs')).toBe('3');
});

test('a look that failed is taken again, and its fault is the ship’s', async () => {
  faults = 1;
  look.callBegun(0, 'ship');
  expect(await nth()).toBe('2');
  faults = 2;
  look.callBegun(0, 'ship');
  await expect(look.take([])).rejects.toThrow('git is gone');
});
