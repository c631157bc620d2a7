// What the tests said of the tree that a turn began with, so that new failures can be told from old ones.
import { type Run, resultFor } from '../session/tests.ts';
import type { Repository, Status } from './git-ports.ts';
import type { Start } from './judge.ts';
import type { TestCommand } from './ports.ts';
import type { RunRequest } from './run-tests.ts';
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

export interface ScratchPorts {
  readonly store: Store;
  readonly repository: Repository;
  readonly verifier: Pick<Verifier, 'run'>;
}

export interface KnownPorts extends ScratchPorts {
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
    const test = await verifier.gate();
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
      if (known !== undefined && speaksFor(known, await verifier.gate())) return known;
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
  const run = await runInScratch(ports, tree, { purpose: 'scratch', signal });
  if (run === undefined || run.verdict === 'stopped' || run.verdict === undefined) return 'unknown';
  return run.verdict === 'green' || (await isBelieved(ports, run, { purpose: 'scratch', signal }))
    ? run
    : 'unknown';
}

export async function runInScratch(
  { repository, verifier }: ScratchPorts,
  tree: string,
  request: Omit<RunRequest, 'scratch'>,
): Promise<Run | undefined> {
  const scratch = await repository.scratch(tree);
  try {
    return await verifier.run({ ...request, scratch: { directory: scratch.directory, tree } });
  } finally {
    await scratch.remove();
  }
}

/** Only the same command compares, but that where all suites are green each of them is. */
function speaksFor(start: Start, test: TestCommand | undefined): boolean {
  if (start === 'unknown' || start === 'no tests' || test === undefined) return true;
  return start.command === test.command || (start.verdict === 'green' && start.command === test.within);
}

/** A commit's tree, as scratch checkouts and the keys of their runs name it. */
export function treeOf(sha: string): string {
  return `${sha}^{tree}`;
}

/** Whether a red of a scratch checkout means anything; where not, nothing is tested in one any more, and it is said. */
export async function isBelieved(
  ports: ScratchPorts,
  red: Pick<Run, 'suites'>,
  request: Omit<RunRequest, 'scratch'>,
): Promise<boolean> {
  if (await scratchWorks(ports, red, request)) return true;
  ports.store.record({
    type: 'notice.raised',
    level: 'warning',
    text: 'the last green commit is not green in a scratch checkout, so nothing can be told by one; hullspeed stops trying here',
    about: { kind: 'scratch off' },
  });
  return false;
}

/** HEAD's tree, where this session committed it green by the same suites; without one there is nothing to doubt by. */
async function scratchWorks(
  ports: ScratchPorts,
  { suites }: Pick<Run, 'suites'>,
  request: Omit<RunRequest, 'scratch'>,
): Promise<boolean> {
  const { commits, tests } = ports.store.getState();
  const green = commits.made.findLast(({ verdict }) => {
    if (verdict.kind !== 'green') return false;
    const tested = verdict.suites;
    return suites === undefined ? tested === undefined : suites.every((suite) => tested?.includes(suite));
  });
  if (green === undefined) return true;
  const tree = treeOf(green.sha);
  const shown = tests.results.some(({ run }) => run.verdict === 'green' && run.tree.startsWith(`${tree} `));
  const own = request.paths === undefined ? request : { ...request, commit: green.sha };
  const run = shown ? undefined : await runInScratch(ports, tree, own);
  return shown || run?.verdict === 'green' || run?.verdict === 'stopped';
}
