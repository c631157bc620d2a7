// What the tests said of the tree that a turn began with, so that new failures can be told from old ones.
import { type Run, resultFor } from '../session/tests.ts';
import type { Repository, Status } from './git-ports.ts';
import type { Start } from './judge.ts';
import type { TestCommand } from './ports.ts';
import type { Store } from './store.ts';
import type { Verifier } from './verify.ts';

export interface StartingTree {
  /** Resolves when the tree is kept and named: before that no call may run. */
  readonly ready: Promise<void>;
  /** The tree is about to change, or has: what runs on it learns nothing. Resolves when it has stopped. */
  leave(): Promise<void>;
  /** What the tests say of it; where the run did not come to its end, by a scratch checkout. */
  verdict(signal: AbortSignal): Promise<Start>;
}

export interface KnownPorts {
  readonly store: Store;
  readonly repository: Repository;
  readonly verifier: Verifier;
}

/** Keeps the tree as it was just seen and tests it, unless its result is known. Nothing here rejects. */
export function testStartingTree(ports: KnownPorts, look?: Status): StartingTree {
  const { store, repository, verifier } = ports;
  let key = '';
  let tests = true;
  let tree: string | null = null;
  const left = new AbortController();
  let running: Promise<void> | null = null;
  /** Kept here, because the session keeps only so many results. */
  let known: Start | undefined;

  const learn = (run: Run | undefined): void => {
    if (run?.verdict !== 'stopped') known ??= run;
  };
  const ready = (async () => {
    const test = await verifier.command();
    tests = test !== undefined;
    if (test === undefined) return;
    key = await verifier.key(look);
    known = resultFor(store.getState().tests, key);
    // A ship may ask what other suites say of it.
    if (known !== undefined && test.suites === undefined && test.touching === undefined) return;
    tree = await repository.keepTree(look);
    if (known !== undefined) return;
    running = verifier.run({ purpose: 'start', look, signal: left.signal }).then(learn, () => undefined);
  })().catch(() => undefined);

  return {
    ready,
    async leave() {
      left.abort();
      await ready;
      await running;
    },
    async verdict(signal) {
      await ready;
      if (!tests) return 'no tests';
      known ??= resultFor(store.getState().tests, key);
      if (known !== undefined && speaksFor(known, await verifier.command())) return known;
      if (tree === null || store.getState().tests.scratchOff) return 'unknown';
      const start = await testScratch(ports, tree, signal).catch(() => 'unknown' as const);
      if (start !== 'unknown') known = start;
      return start;
    },
  };
}

/**
 * Tests a kept tree in a scratch checkout. A red there is believed only where scratch checkouts work at all: a tree
 * that was green in the worktree has to be green there too, else they are off for this repository.
 */
async function testScratch(ports: KnownPorts, tree: string, signal: AbortSignal): Promise<Start> {
  const run = await runIn(ports, tree, signal);
  if (run === undefined || run.verdict === 'stopped' || run.verdict === undefined) return 'unknown';
  if (run.verdict === 'green') return run;
  if (await scratchWorks(ports, signal)) return run;
  ports.store.record({
    type: 'notice.raised',
    level: 'warning',
    text: 'the last green commit is not green in a scratch checkout, so old failures cannot be told from new ones by one; hullspeed stops trying here',
    about: { kind: 'scratch off' },
  });
  return 'unknown';
}

async function runIn(ports: KnownPorts, tree: string, signal: AbortSignal): Promise<Run | undefined> {
  const scratch = await ports.repository.scratch(tree);
  try {
    return await ports.verifier.run({
      purpose: 'scratch',
      scratch: { directory: scratch.directory, tree },
      signal,
    });
  } finally {
    await scratch.remove();
  }
}

/** Only the same command compares, but that where all suites are green each of them is. */
function speaksFor(start: Start, test: TestCommand | undefined): boolean {
  if (start === 'unknown' || start === 'no tests' || test === undefined) return true;
  return start.command === test.command || (start.verdict === 'green' && start.command === test.within);
}

/** HEAD's tree, where this session committed it green by the same suites; without one there is nothing to doubt by. */
async function scratchWorks(ports: KnownPorts, signal: AbortSignal): Promise<boolean> {
  const suites = (await ports.verifier.command())?.suites;
  const green = ports.store.getState().commits.made.findLast(({ verdict }) => {
    if (verdict.kind !== 'green') return false;
    const tested = verdict.suites;
    return suites === undefined ? tested === undefined : suites.every((suite) => tested?.includes(suite));
  });
  if (green === undefined) return true;
  const run = await runIn(ports, `${green.sha}^{tree}`, signal);
  return run?.verdict === 'green' || run?.verdict === 'stopped';
}
