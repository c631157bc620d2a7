// The tests of the tree as it stands, under an open request: by the time the model ships it, the result is there
// (rule 15). Only where that is likely, only one at a time on a machine, and out of everybody's way. While they run, what a
// ship would commit is staged, too.
import { toShip } from '../session/claims.ts';
import { describeCounts, describeFailures, isProgress, type Run } from '../session/tests.ts';
import type { Changes } from './changes.ts';
import type { Settings } from './face.ts';
import type { Committer, Repository, Status } from './git-ports.ts';
import { type PlanPorts, planPaths } from './plan.ts';
import type { Clock, Project, SpeculationLock } from './ports.ts';
import type { Store } from './store.ts';
import type { Verifier } from './verify.ts';

/** Runs that begin under one request. */
const MOST_STARTS = 3;
/** Who saves one file may save another one: what is tested then is both. */
const QUIET_MS = 300;
/** Without a reason of its own, each abort makes an error with a stack. */
const LEFT = 'left';
/** Of what failed, for the model: about 1,000 tokens. */
const TOLD = { failures: 20, characters: 4_000 };

export interface SpeculationPorts extends PlanPorts {
  readonly project: Pick<Project, 'skips'>;
  readonly repository: Pick<Repository, 'watchFiles' | 'headContent'>;
  readonly committer: Pick<Committer, 'tree'>;
  readonly changes: Pick<Changes, 'isShared' | 'snapshot'>;
  readonly verifier: Verifier;
  readonly clock: Clock;
  readonly settings: Settings;
  readonly speculation: SpeculationLock;
  /** Whether a background command of the model is alive. */
  readonly disturbed: () => boolean;
}

export interface Speculator {
  /** A request is on its way: the tests run under it once the worktree has been looked at, where it pays. Nothing rejects. */
  begin(looked: Promise<Status | undefined>): void;
  /** A patch or a call failed: what its step left behind is half done, and not tested. */
  spoil(): void;
  /** A patch or a command is about to begin. Resolves when nothing runs any more but what somebody else waits for. */
  leave(): Promise<void>;
}

export function createSpeculator(ports: SpeculationPorts): Speculator {
  let spoilt = false;
  let current: { readonly abort: AbortController; readonly done: Promise<void>; begun: boolean } | null =
    null;
  /** Files that the tests themselves seem to write: they stopped a run once. */
  const restless = new Set<string>();
  return {
    begin(looked) {
      const whole = !spoilt;
      spoilt = false;
      if (!whole || !ports.settings.speculative || current !== null) return;
      const abort = new AbortController();
      const done = looked
        .then((look) => {
          own.begun = true;
          return speculate(ports, restless, look, abort.signal);
        })
        // A fault is met again, and said, by the ship that needs the same.
        .catch(() => undefined)
        .finally(() => {
          if (current === own) current = null;
        });
      const own = { abort, done, begun: false };
      current = own;
    },
    spoil() {
      spoilt = true;
    },
    async leave() {
      const left = current;
      left?.abort.abort(LEFT);
      // One that still waits for the look will not begin.
      if (left?.begun) await left.done;
      else current = null;
    },
  };
}

async function speculate(
  ports: SpeculationPorts,
  restless: Set<string>,
  first: Status | undefined,
  signal: AbortSignal,
): Promise<void> {
  let look = first;
  for (let starts = 0; starts < MOST_STARTS; starts++) {
    if (signal.aborted || !(await pays(ports))) return;
    const release = ports.speculation.take();
    if (release === null) return;
    const staged = look && stage(ports, look, signal).catch(() => undefined);
    const changed = await runStill(ports, restless, look, signal).finally(async () => {
      release();
      await staged;
    });
    if (!changed) return;
    look = undefined;
    await ports.clock.sleep(QUIET_MS, signal);
  }
}

/** Runs the tests as long as the files stand still; whether it was stopped because they did not. */
async function runStill(
  { repository, verifier, store, changes }: SpeculationPorts,
  restless: Set<string>,
  look: Status | undefined,
  signal: AbortSignal,
): Promise<boolean> {
  const moved = new AbortController();
  const written = new Set(store.getState().tests.results.flatMap(({ run }) => run.wrote ?? []));
  const stop = repository.watchFiles((path) => {
    if (moved.signal.aborted || written.has(path) || restless.has(path)) return;
    restless.add(path);
    moved.abort();
  });
  try {
    const before = store.getState().tests.last;
    const run = await verifier.run({
      purpose: 'speculative',
      look,
      // A ship that is being written as the run ends goes by this look. What the run wrote is told by the ship's own run.
      wrote: async () => ({ paths: [], look: (await changes.snapshot()).status }),
      signal: AbortSignal.any([signal, moved.signal]),
    });
    if (run !== undefined && !signal.aborted) tell(store, run, before);
    return run !== undefined && moved.signal.aborted;
  } finally {
    stop();
  }
}

/**
 * Puts what a ship would commit into the object store: six processes of git less that a person waits for, among 100,000
 * files 0.5 s. Beside the run and not behind it, for the ship may come at its end. The committer knows by itself whether
 * it is still the same then.
 */
async function stage(ports: SpeculationPorts, look: Status, signal: AbortSignal): Promise<void> {
  const plans = await planPaths(ports, toShip(ports.store.getState().claims));
  await ports.committer.tree(plans, look, signal);
}

/**
 * What failed rides along with the next request, where the run before has not said the same. Once the answer is there, a
 * ship that joined the run says it.
 */
function tell(store: Store, run: Run, before: Run | undefined): void {
  const { verdict, failures, reason, command, tail = '' } = run;
  if (verdict === undefined || verdict === 'green' || verdict === 'none' || verdict === 'stopped') return;
  if (store.getState().turns.running?.step === undefined) return;
  if (before?.verdict === verdict && namesOf(before) === namesOf(run)) return;
  const said = `\`${command}\` ran while you were asked last, on the files as they were then: ${reason ?? verdict}${describeCounts(run)}.`;
  const shown = failures.length > 0 ? describeFailures(failures.slice(0, TOLD.failures)) : tail;
  const text = `${said}\n${shown.slice(-TOLD.characters)}`;
  const about = { kind: 'tell', input: { kind: 'run', text } } as const;
  store.record({ type: 'notice.raised', level: 'info', text: '', about });
}

function namesOf({ failures }: Run): string {
  return failures
    .map(({ name }) => name)
    .sort()
    .join('\n');
}

/** Whether a run is likely to be worth its heat. */
async function pays({ store, project, verifier, settings, disturbed }: SpeculationPorts): Promise<boolean> {
  const { turns, claims, tests } = store.getState();
  // A ship that waits, or a turn that is over, has no use for what is only likely.
  if (turns.running?.step === undefined) return false;
  if (toShip(claims).every((path) => project.skips(path))) return false;
  if (disturbed()) return false;
  const test = await verifier.gate();
  return test !== undefined && isProgress(tests, test.command, settings.patienceMs);
}
