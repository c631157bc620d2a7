// The tests of commits that were made as `testing`: that very commit in a scratch checkout, beside the work. Green is its
// verdict; red goes to the front of the queue with its failures (rule 46).
import { lateReds, latestLate, type ShippedCommit } from '../session/commits.ts';
import type { SessionEvent } from '../session/events.ts';
import { describeEnd, describeFailures, type Run } from '../session/tests.ts';
import { AppError } from './errors.ts';
import type { Settings } from './face.ts';
import { isBelieved, runInScratch, type ScratchPorts, treeOf } from './known.ts';
import type { Store } from './store.ts';
import type { Verifier } from './verify.ts';

/** Of a red commit, for the model: how many failures, and the characters of all that is said (about 2,000 tokens). */
const TOLD = { failures: 20, characters: 8_000 };

export interface LateTestPorts extends Omit<ScratchPorts, 'verifier'> {
  readonly verifier: Pick<Verifier, 'beside'>;
  readonly settings: Pick<Settings, 'maxRed'>;
  /** A bug, or a journal that cannot be written. */
  readonly onFatal: (error: unknown) => void;
}

export interface LateTests {
  /** From now on commits are tested, also those that an earlier process left. `goOn`: there is a new prompt in the queue. */
  begin(goOn: () => void): void;
  /** Resolves when each commit after the event `since` has its verdict that can get one; at once where the signal is aborted. */
  settled(since?: number, signal?: AbortSignal): Promise<void>;
  /** Takes up what was stopped. */
  again(): void;
  /** Stops the run; resolves when it is gone. Its commit waits until somebody asks for tests, or the session is opened again. */
  stop(): Promise<void>;
}

export function createLateTests(ports: LateTestPorts): LateTests {
  const { store, verifier } = ports;
  /** What could not be tested, or was stopped. */
  const left = new Set<string>();
  let working: { readonly seq: number; readonly done: Promise<void> } | null = null;
  let goOn: () => void = () => undefined;

  const next = (): void => {
    const commit = due(store, left);
    if (working !== null || commit === undefined) return;
    // It is tried once: what stopped it once would stop it again.
    left.add(commit.sha);
    const done = testOne(ports, commit, () => goOn())
      .catch((error: unknown) => giveUp(store, commit, error))
      .catch(ports.onFatal)
      .finally(() => {
        working = null;
        next();
      });
    working = { seq: commit.seq, done };
  };
  return {
    begin(whenQueued) {
      goOn = whenQueued;
      store.onEvent((event) => {
        // Who listens hears of it before it is in the state.
        if (event.type === 'commit.created' && event.verdict.kind === 'testing') queueMicrotask(next);
      });
      next();
    },
    async settled(since = 0, signal) {
      const { promise: aborted, resolve } = Promise.withResolvers<void>();
      signal?.addEventListener('abort', () => resolve(), { once: true });
      while (working !== null && !signal?.aborted) {
        // The newest come first.
        if (working.seq <= since && (due(store, left)?.seq ?? 0) <= since) return;
        await Promise.race([working.done, aborted]);
      }
    },
    again() {
      left.clear();
      next();
    },
    async stop() {
      for (const { sha, verdict } of store.getState().commits.made)
        if (verdict.kind === 'testing') left.add(sha);
      await verifier.beside.stop();
      await working?.done;
    },
  };
}

/** The newest first: what others build on is what the branch is now. */
function due(store: Store, left: ReadonlySet<string>): ShippedCommit | undefined {
  const { commits, tests } = store.getState();
  if (tests.scratchOff) return undefined;
  return commits.made.findLast(({ sha, verdict }) => verdict.kind === 'testing' && !left.has(sha));
}

/** A checkout that cannot be made, of a full disk or a commit that is gone, is said; all else is a bug. */
function giveUp(store: Store, { sha }: ShippedCommit, error: unknown): void {
  if (!(error instanceof AppError) || error.code === 'journal') throw error;
  const text = `${sha.slice(0, 7)} could not be tested: ${error.message}`;
  store.record({ type: 'notice.raised', level: 'warning', text });
}

async function testOne(
  ports: LateTestPorts,
  { sha, paths: changed }: ShippedCommit,
  goOn: () => void,
): Promise<void> {
  const { store, repository, verifier, settings } = ports;
  const scratch = { store, repository, verifier: verifier.beside };
  const paths = changed.map(({ path }) => path);
  const run = await runInScratch(scratch, treeOf(sha), { purpose: 'commit', commit: sha, paths });
  // Where a later commit has its verdict already, that one counts.
  const newest = latestLate(store.getState().commits);
  if (run === undefined || newest?.sha !== sha || newest.verdict.kind !== 'red') return;
  if (!(await isBelieved(scratch, run, { purpose: 'scratch', paths }))) return;
  store.record({ type: 'prompt.queued', text: mendingPrompt(newest, run), front: true });
  const pause = pauseAt(store, settings.maxRed);
  if (pause !== undefined) store.record(pause);
  goOn();
}

/** So many mendings in a row that did not help are the person's to look at. */
function pauseAt(store: Store, maxRed: number): SessionEvent | undefined {
  const { commits, queue } = store.getState();
  if (lateReds(commits) < maxRed || queue.paused !== undefined) return undefined;
  return { type: 'queue.paused', reason: 'red' };
}

function mendingPrompt({ sha, subject }: ShippedCommit, run: Run): string {
  const { command, failures, tail = '' } = run;
  const shown =
    failures.length > 0 ? describeFailures(failures.slice(0, TOLD.failures)) : `End of the output:\n${tail}`;
  const said = [
    `The commit ${sha.slice(0, 7)} (${subject}) is red: \`${command}\` ${describeEnd(run)}. It was committed before all of its tests had run.`,
    shown.slice(0, TOLD.characters),
    'Mend it and ship. Failures that are older and not yours: say `known: true` with your next ship.',
  ];
  return said.join('\n\n');
}
