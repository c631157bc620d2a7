// The tests of a ship: whether this tree may be committed, under which verdict, or what the model has to hear instead.
import type { ShipVerdict } from '../session/facts.ts';
import { describeFailures, type Run } from '../session/tests.ts';
import type { Snapshot } from './changes.ts';
import type { PathPlan, Status } from './git-ports.ts';
import { type Judgement, judge } from './judge.ts';
import { listed } from './output.ts';
import type { ShipRequest } from './ports.ts';
import type { RunRequest } from './run-tests.ts';
import type { ShipMemory, ShipPorts, Shipped } from './shipping.ts';

export interface Candidate {
  readonly request: ShipRequest;
  readonly plans: readonly PathPlan[];
  /** Paths that overlap with the person's lines, and the tree without them. */
  readonly held: readonly string[];
  readonly tree: string;
  readonly snapshot: Snapshot;
}

export interface Tested {
  readonly kind: 'tested';
  readonly plans: readonly PathPlan[];
  readonly held: readonly string[];
  readonly verdict: ShipVerdict;
  /** How many of the person's uncommitted files were in the tree. */
  readonly dirty: number;
  /** Failures that the model has called known with this ship. */
  readonly accepted: readonly string[];
  /** For the model and the person, beside the verdict. */
  readonly notes: readonly string[];
}

type Answer = { readonly kind: 'answer'; readonly answer: Shipped };

export async function testShip(
  ports: ShipPorts,
  memory: ShipMemory,
  candidate: Candidate,
  signal: AbortSignal,
): Promise<Tested | Answer> {
  const { project, verifier } = ports;
  const plans = candidate.plans.filter((each) => !candidate.held.includes(each.path));
  const known = new Set(plans.map((each) => each.path));
  const dirty = [...candidate.snapshot.dirty.keys()].filter((path) => !known.has(path)).length;
  const tested = (verdict: ShipVerdict, more: Partial<Tested> = {}): Tested => ({
    kind: 'tested',
    plans,
    held: candidate.held,
    verdict,
    dirty,
    accepted: [],
    notes: [],
    ...more,
  });

  if (plans.length === 0) return heldAnswer(candidate.held, '');
  if (plans.every((each) => project.skips(each.path))) return tested({ kind: 'not needed' });
  if ((await verifier.command()) === undefined) return tested({ kind: 'untested' });
  if (candidate.held.length > 0) return testRest(ports, candidate, tested, signal);
  const { status } = candidate.snapshot;
  const green = await verifier.green(status);
  if (green !== undefined) return tested(greenVerdict(green));
  const { run, lost, restless } = await runSettled(ports, plans, status, signal);
  if (run === undefined || run.verdict === 'stopped' || signal.aborted) return interrupted();
  if (restless.length > 0)
    return red(ports, memory, run, `files change while tests run: ${restless.join(', ')}`);
  const kept = plans.filter((each) => !lost.includes(each.path));
  const notes =
    lost.length === 0
      ? []
      : [`Left out, because the test run itself keeps changing them: ${lost.join(', ')}`];
  if (run.verdict === 'none') return tested({ kind: 'untested' }, { plans: kept, notes });
  if (run.verdict === 'green') return tested(greenVerdict(run), { plans: kept, notes });
  return judgeRed(
    ports,
    memory,
    candidate,
    run,
    (verdict, accepted) => tested(verdict, { plans: kept, notes, accepted }),
    signal,
  );
}

/** Where paths are held back, the rest has to be green without them. */
async function testRest(
  ports: ShipPorts,
  candidate: Candidate,
  tested: (verdict: ShipVerdict) => Tested,
  signal: AbortSignal,
): Promise<Tested | Answer> {
  const scratch = await ports.repository.scratch(candidate.tree);
  try {
    const run = await ports.live.during('testing', () =>
      ports.verifier.run({
        purpose: 'scratch',
        scratch: { directory: scratch.directory, tree: candidate.tree },
        signal,
      }),
    );
    if (run === undefined || run.verdict === 'stopped' || signal.aborted) return interrupted();
    if (run.verdict === 'green') return tested(greenVerdict(run));
    if (run.verdict === 'none') return tested({ kind: 'untested' });
    return heldAnswer(candidate.held, ' and the rest does not pass its tests without it');
  } finally {
    await scratch.remove();
  }
}

/** The turn ends, because what it changed cannot be told from the person's own lines. */
export function heldAnswer(held: readonly string[], more: string): Answer {
  const overlap = `uncommitted lines overlap with this change in ${listed(held)}${more}`;
  return {
    kind: 'answer',
    answer: {
      outcome: 'failed',
      output: `Not committed: the person's own ${overlap}. The work stays in the tree. Only if they say that all of it may be shipped, name it in \`also\`.`,
      end: 'held',
      reason: `your own ${overlap}; commit yours, or say that all of it may be shipped`,
    },
  };
}

function interrupted(): Answer {
  return {
    kind: 'answer',
    answer: {
      outcome: 'interrupted',
      output: 'interrupted while the tests ran; the work stays in the tree.',
    },
  };
}

function greenVerdict(run: Run): ShipVerdict {
  return {
    kind: 'green',
    ...(run.counts && { counts: run.counts }),
    ...(run.flaky && { flaky: true }),
    ...(run.suites && { suites: run.suites }),
    ...(run.wrote && { wrote: run.wrote }),
  };
}

interface Settled {
  readonly run: Run | undefined;
  /** Claims of commands that were given up, because the run rewrites them each time. */
  readonly lost: readonly string[];
  /** Patched paths that changed in both runs. */
  readonly restless: readonly string[];
}

/** Runs the tests; where they change what is to be committed, once more (rule 11). */
async function runSettled(
  ports: ShipPorts,
  plans: readonly PathPlan[],
  status: Status,
  signal: AbortSignal,
): Promise<Settled> {
  const first = await runWatched(ports, plans, status, signal);
  if (first.moved.length === 0 || signal.aborted) return { run: first.run, lost: [], restless: [] };
  const second = await runWatched(ports, plans, first.look, signal);
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
  before: Status | undefined,
  signal: AbortSignal,
): Promise<{ run: Run | undefined; moved: string[]; look?: Status }> {
  const ours = new Set(plans.map((each) => each.path));
  let moved: string[] = [];
  let look: Status | undefined;
  const wrote = async (): ReturnType<NonNullable<RunRequest['wrote']>> => {
    const { changed, status } = await ports.changes.snapshot();
    look = status;
    moved = changed.filter((path) => ours.has(path));
    return { paths: changed.filter((path) => !ours.has(path)), look: status };
  };
  const run = await ports.live.during('testing', () =>
    ports.verifier.run({ purpose: 'ship', look: before, wrote, signal }),
  );
  return { run, moved, look };
}

async function judgeRed(
  ports: ShipPorts,
  memory: ShipMemory,
  candidate: Candidate,
  run: Run,
  tested: (verdict: ShipVerdict, accepted: readonly string[]) => Tested,
  signal: AbortSignal,
): Promise<Tested | Answer> {
  const start = await ports.live.during('testing', async () => memory.start?.verdict(signal) ?? 'unknown');
  if (signal.aborted) return interrupted();
  const accepted = ports.store.getState().tests.known;
  const judgement = judge({
    run,
    start,
    accepted,
    known: candidate.request.known === true,
    when: ports.settings.shipWhen,
  });
  if (judgement.kind !== 'commit') return red(ports, memory, run, words(judgement));
  const { verdict, failures } = judgement;
  return tested(verdict === 'red' ? { kind: 'red' } : { kind: verdict, failures }, judgement.accepted);
}

function red(ports: ShipPorts, memory: ShipMemory, run: Run, why: string): Answer {
  const count = run.failures.length || run.counts?.failed || 1;
  return { kind: 'answer', answer: redShip(ports, memory, count, redOutput(run, why)) };
}

/** A red ship: its failures are the call's output, and after too many without progress the turn ends (design §2). */
export function redShip(ports: ShipPorts, memory: ShipMemory, failures: number, output: string): Shipped {
  memory.reds = failures < memory.fewest ? 1 : memory.reds + 1;
  memory.fewest = Math.min(memory.fewest, failures);
  if (memory.reds < ports.settings.maxRed) return { outcome: 'failed', output };
  const reason = `${memory.reds} red ships in a row without progress`;
  return {
    outcome: 'failed',
    output: `${output}\n\nThe turn ends here: ${reason}. The work stays in the tree.`,
    end: 'red',
    reason,
  };
}

function redOutput(run: Run, why: string): string {
  const counts = run.counts ? ` (${run.counts.passed} passed, ${run.counts.failed} failed)` : '';
  const parts = [
    `Red, not committed: \`${run.command}\` ${run.reason ?? `ended with exit ${run.exit ?? 'by signal'}`}${counts}.`,
    why,
  ];
  if (run.failures.length > 0) parts.push(describeFailures(run.failures.slice(0, 20)));
  if (run.tail) parts.push(`End of the output:\n${run.tail}`);
  return parts.filter((part) => part !== '').join('\n\n');
}

function words(judgement: Exclude<Judgement, { kind: 'commit' }>): string {
  switch (judgement.kind) {
    case 'hold': {
      const old =
        judgement.old.length === 0 ? '' : ` These failed before you came: ${listed(judgement.old, '; ')}.`;
      return judgement.fresh.length === 0
        ? old.trim()
        : `New failures: ${listed(judgement.fresh, '; ')}.${old}`;
    }
    case 'ask': {
      const which =
        judgement.old.length === 0
          ? 'The tests were red before too.'
          : `These ${judgement.old.length} failed before you came: ${listed(judgement.old, '; ')}.`;
      return `${which} If they are your task, go on and mend them. If they are not, ship again with \`known: true\`.`;
    }
    case 'uncompared':
      return 'They could not be compared with the tests of the tree that you began with. If these failures are not yours, ship again with `known: true`; they will be committed as unverified.';
    default:
      return judgement satisfies never;
  }
}
