// The run that a ship waits for: once more where it rewrites what is to be committed, and no longer than the person's
// patience where the tests may come after the commit.
import type { Run } from '../session/tests.ts';
import { changedBetween } from './file-stat.ts';
import type { PathPlan, Status } from './git-ports.ts';
import type { Written } from './run-tests.ts';
import type { ShipPorts } from './shipping.ts';

export interface Settled {
  readonly run: Run | undefined;
  /** Claims of commands that were given up, because the run rewrites them each time. */
  readonly lost: readonly string[];
  /** Patched paths that changed in both runs. */
  readonly restless: readonly string[];
}

export interface ShipRun {
  /** All of the tests, whatever a ship usually waits for. */
  readonly full: boolean;
  /** Whether it is given up where it takes too long. */
  readonly patient: boolean;
  /** The worktree as it was seen a moment ago. */
  readonly look: Status;
}

/** `slow`: it took longer than the person's patience, and was stopped. */
export async function runForShip(
  ports: ShipPorts,
  plans: readonly PathPlan[],
  request: ShipRun,
  signal: AbortSignal,
): Promise<Settled | 'slow'> {
  if (!request.patient) return runSettled(ports, plans, request, signal);
  const over = new AbortController();
  const slow = new AbortController();
  const waiting = ports.clock.sleep(ports.settings.patienceMs, over.signal).then(() => {
    if (!over.signal.aborted) slow.abort();
  });
  const settled = await runSettled(ports, plans, request, AbortSignal.any([signal, slow.signal]));
  over.abort();
  await waiting;
  const stopped = settled.run === undefined || settled.run.verdict === 'stopped';
  return stopped && slow.signal.aborted && !signal.aborted ? 'slow' : settled;
}

/** Runs the tests; where they change what is to be committed, once more (rule 11). */
async function runSettled(
  ports: ShipPorts,
  plans: readonly PathPlan[],
  request: ShipRun,
  signal: AbortSignal,
): Promise<Settled> {
  const first = await runWatched(ports, plans, request, signal);
  if (first.moved.length === 0 || signal.aborted) return { run: first.run, lost: [], restless: [] };
  const second = await runWatched(ports, plans, { ...request, look: first.look }, signal);
  const both = second.moved.filter((path) => first.moved.includes(path));
  const patched = new Set(plans.filter((each) => each.by === 'patch').map((each) => each.path));
  const lost = both.filter((path) => !patched.has(path));
  if (lost.length > 0) {
    const text = `the test run rewrites ${lost.join(', ')} each time: not committed`;
    ports.store.record({
      type: 'notice.raised',
      level: 'warning',
      text,
      about: { kind: 'claims', claimed: [], released: lost },
    });
  }
  return { run: second.run, lost, restless: both.filter((path) => patched.has(path)) };
}

async function runWatched(
  ports: ShipPorts,
  plans: readonly PathPlan[],
  { full, look: before }: ShipRun,
  signal: AbortSignal,
): Promise<{ run: Run | undefined; moved: string[]; look: Status }> {
  const ours = new Set(plans.map((each) => each.path));
  let moved: string[] = [];
  let look = before;
  const wrote = async (): Promise<Written> => {
    const { status } = await ports.changes.snapshot();
    look = status;
    // Of a run that was joined and of this one, which goes by the same look.
    const changed = changedBetween(before.dirty, status.dirty);
    moved = changed.filter((path) => ours.has(path));
    return { paths: changed.filter((path) => !ours.has(path)), look: status };
  };
  const run = await ports.live.during('testing', () =>
    ports.verifier.run({ purpose: 'ship', look: before, wrote, signal, ...(full && { full }) }),
  );
  return { run, moved, look };
}
