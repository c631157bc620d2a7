// The tests of a ship: whether this tree may be committed, under which verdict, or what the model has to hear instead.

import { latestLate } from '../session/commits.ts';
import type { ShipVerdict } from '../session/facts.ts';
import { describeEnd, describeFailures, isSlow, type Run } from '../session/tests.ts';
import type { Snapshot } from './changes.ts';
import type { PathPlan } from './git-ports.ts';
import { type Judgement, judge } from './judge.ts';
import { listed } from './output.ts';
import type { ShipRequest } from './ports.ts';
import { runForShip, type ShipRun } from './ship-run.ts';
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
  /** How many other uncommitted files were in the tree. */
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
  const { project } = ports;
  const { request } = candidate;
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
  const wait = await waitFor(ports, candidate);
  if (wait === undefined) return tested({ kind: 'untested' });
  if (candidate.held.length > 0) return testRest(ports, candidate, tested, signal);
  if (wait.kind === 'green') return tested(greenVerdict(wait.green));
  const accepted = request.known ? lateFailures(ports) : [];
  if (wait.kind === 'testing') return tested({ kind: 'testing' }, { accepted });
  const settled = await runForShip(ports, plans, { ...wait, look: candidate.snapshot.status }, signal);
  if (settled === 'slow') return tested({ kind: 'testing' }, { accepted });
  const { run, lost, restless } = settled;
  if (run === undefined || run.verdict === 'stopped' || signal.aborted) return interrupted();
  if (restless.length > 0)
    return red(ports, memory, run, `files change while tests run: ${restless.join(', ')}`);
  const kept = plans.filter((each) => !lost.includes(each.path));
  const notes =
    lost.length === 0
      ? []
      : [`Left out, because the test run itself keeps changing them: ${lost.join(', ')}`];
  if (run.verdict === 'none') return tested({ kind: 'untested' }, { plans: kept, notes });
  if (run.verdict === 'green')
    return wait.partial
      ? tested({ kind: 'testing' }, { plans: kept, notes, accepted })
      : tested(greenVerdict(run), { plans: kept, notes });
  return judgeRed(
    ports,
    memory,
    candidate,
    run,
    (verdict, accepted) => tested(verdict, { plans: kept, notes, accepted }),
    signal,
  );
}

/** What a ship waits for before the commit. `partial`: a green run is not all of the tests. */
type Wait =
  | { readonly kind: 'green'; readonly green: Run }
  | { readonly kind: 'testing' }
  | ({ readonly kind: 'run'; readonly partial: boolean } & Omit<ShipRun, 'look'>);

/** Undefined: there are no tests. */
async function waitFor(
  { store, verifier, settings }: ShipPorts,
  { request, snapshot }: Candidate,
): Promise<Wait | undefined> {
  const [all, gate] = await Promise.all([verifier.command(), verifier.gate()]);
  if (all === undefined) return undefined;
  const { full, gate: first } = await verifier.known(snapshot.status);
  if (full.green !== undefined) return { kind: 'green', green: full.green };
  const { tests, commits } = store.getState();
  // What is pushed, and who ships on green alone, waits for all of the tests.
  const late = !request.push && settings.shipWhen !== 'green' && !tests.scratchOff;
  if (!late) return { kind: 'run', full: true, patient: false, partial: false };
  const partial = gate?.command !== all.command;
  if (partial && (gate === undefined || first.green !== undefined)) return { kind: 'testing' };
  const slow =
    isSlow(tests, all.command, settings.patienceMs) ||
    commits.made.some(({ verdict }) => verdict.kind === 'testing');
  // A tree that is known to be red has to show that it is not.
  const red = full.run !== undefined;
  if (slow && !partial && !red) return { kind: 'testing' };
  return { kind: 'run', full: false, patient: partial || !red, partial };
}

/** What failed in the last commit that was tested late: a ship with `known` says that it is not the model's to mend. */
function lateFailures({ store }: ShipPorts): readonly string[] {
  const { tests, commits } = store.getState();
  const late = latestLate(commits);
  const run = tests.results.findLast(
    (each) => late !== undefined && each.run.purpose === 'commit' && each.run.commit === late.sha,
  )?.run;
  return run?.failures.map(({ name }) => name) ?? [];
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
        full: true,
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
  const parts = [`Red, not committed: \`${run.command}\` ${describeEnd(run)}.`, why];
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
