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
let newest: Promise<Snapshot> | undefined;
let snapshot: () => Promise<Snapshot>;
let shipLook: ShipLook;

beforeEach(() => {
  stands = true;
  claimed = 'ours';
  runs = false;
  unseen = false;
  faults = 0;
  taken = 0;
  const look = async (): Promise<Snapshot> => {
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
  newest = undefined;
  snapshot = () => {
    newest = look();
    return newest;
  };
  shipLook = createShipLook({
    store: {
      getState: () => ({ claims: { [claimed]: { path: claimed, by: 'patch' } } }),
    } as unknown as ShipLookPorts['store'],
    repository: { stands: async () => stands },
    verifier: { gate: async () => undefined, key: async () => '' },
    changes: {
      snapshot,
      newest: () => newest,
      unseen: () => (runs ? [{ ...span, end: null }] : unseen ? [{ ...span, end: 2 }] : []),
    },
  });
});

const nth = async (...also: string[]): Promise<string> => (await shipLook.take(also)).status.index;

test('the one that was taken as the call began is the ship’s, once', async () => {
  shipLook.callBegun(0, 'ship');
  expect(taken).toBe(1);
  expect(await nth()).toBe('1');
  expect(await nth()).toBe('2');
});

test('where a call stands before the ship or beside it, it is taken at the ship', async () => {
  shipLook.callBegun(0, 'apply_patch');
  shipLook.callBegun(1, 'ship');
  expect(taken).toBe(0);
  shipLook.callBegun(0, 'ship');
  shipLook.callBegun(1, 'exec_command');
  expect(await nth()).toBe('2');
});

test('what ran until the call began has been seen by it', async () => {
  unseen = true;
  shipLook.callBegun(0, 'ship');
  expect(await nth()).toBe('1');
});

test('while something of ours runs, none is taken ahead', async () => {
  await snapshot();
  runs = true;
  shipLook.callBegun(0, 'ship');
  expect(taken).toBe(1);
  expect(await nth()).toBe('2');
});

test('the one that a run takes at its end is the ship’s, where the call had begun', async () => {
  runs = true;
  shipLook.callBegun(0, 'ship');
  runs = false;
  await snapshot();
  expect(await nth()).toBe('1');
  await snapshot();
  shipLook.callBegun(0, 'exec_command');
  await snapshot();
  expect(await nth()).toBe('4');
});

test.each([
  ['something of ours has run since', () => (unseen = true)],
  ['what it saw has changed since', () => (stands = false)],
  ['the session has claimed a file since', () => (claimed = 'new')],
])('where %s, it is taken again', async (_, change) => {
  shipLook.callBegun(0, 'ship');
  change();
  expect(await nth()).toBe('2');
});

test('where `also` names what it did not see, it is taken again', async () => {
  shipLook.callBegun(0, 'ship');
  expect(await nth('ours')).toBe('1');
  shipLook.callBegun(0, 'ship');
  expect(await nth('ours', 'theirs')).toBe('3');
});

test('a look that failed is taken again, and its fault is the ship’s', async () => {
  faults = 1;
  shipLook.callBegun(0, 'ship');
  expect(await nth()).toBe('2');
  faults = 2;
  shipLook.callBegun(0, 'ship');
  await expect(shipLook.take([])).rejects.toThrow('git is gone');
});
