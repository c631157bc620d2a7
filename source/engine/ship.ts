// Ship: this exact tree tested, then committed, then the turn is over (design §2). The work stays in the tree
// whatever goes wrong on the way.

import { leftOut, toShip } from '../session/claims.ts';
import { latestLate } from '../session/commits.ts';
import type { ClaimOrigin, CommitAbout, Decision, ShipVerdict } from '../session/facts.ts';
import type { Snapshot } from './changes.ts';
import { askAboutSuspects, claimAlso, isNamed } from './claiming.ts';
import { decisionsIn, decisionTrailer } from './decisions.ts';
import type { CommitDiff, CommitPlan, CommitResult } from './git-ports.ts';
import { listed } from './output.ts';
import { planPaths } from './plan.ts';
import type { ShipRequest } from './ports.ts';
import { type Pushed, push } from './push.ts';
import { redShip, type Tested, testShip } from './ship-tests.ts';
import type { ShipMemory, ShipPorts, Shipped } from './shipping.ts';
import type { Store } from './store.ts';

export async function ship(
  ports: ShipPorts,
  memory: ShipMemory,
  request: ShipRequest,
  signal: AbortSignal,
): Promise<Shipped> {
  const { store, repository, changes } = ports;
  const before = toShip(store.getState().claims);
  const snapshot = await memory.shipLook.take(request.also ?? []);
  const refused = await claimAlso(ports, request.also ?? [], snapshot);
  const question = askAboutSuspects(ports);
  if (question !== undefined) return question;
  changes.leaveSuspects();
  const paths = toShip(store.getState().claims);
  if (paths.length === 0) return shipNothing(ports, request, [...before, ...refused], signal);

  const hindrance = await repository.hindrance(snapshot.status);
  if (hindrance !== undefined) return heldBy(ports, hindrance, paths);
  const unseen =
    refused.length === 0 ? [] : [`Named in \`also\`, and git sees no change there: ${listed(refused)}`];
  return testAndCommit(ports, memory, { request, paths, snapshot, notes: unseen }, signal);
}

interface Wanted {
  readonly request: ShipRequest;
  readonly paths: readonly string[];
  readonly snapshot: Snapshot;
  readonly notes: readonly string[];
}

/**
 * Where it turns out only at the commit that a path has to be held, the rest is tested without it first (rule 17).
 * A path that would be held and that the model names in `also` is taken whole.
 */
async function testAndCommit(
  ports: ShipPorts,
  memory: ShipMemory,
  { request, paths, snapshot, notes }: Wanted,
  signal: AbortSignal,
): Promise<Shipped> {
  const { committer } = ports;
  const late: string[] = [];
  const whole = new Set<string>();
  let seen = snapshot;
  for (;;) {
    const planned = await planPaths(ports, paths);
    const plans = planned.map((each) =>
      whole.has(each.path) ? { path: each.path, by: 'also' as const } : each,
    );
    const rest = plans.filter((each) => !late.includes(each.path));
    const { held, tree } = await committer.tree(rest, seen.status);
    const named = held.filter((path) => isNamed(request.also ?? [], path));
    for (const path of named) whole.add(path);
    if (named.length > 0) continue;
    const candidate = { request, plans, held: [...late, ...held], tree, snapshot: seen };
    const tested = await testShip(ports, memory, candidate, signal);
    if (tested.kind === 'answer') return tested.answer;
    // The person may have looked at the list while the tests ran.
    const out = new Set(leftOut(ports.store.getState().claims));
    const kept = tested.plans.filter(({ path }) => !out.has(path));
    if (kept.length === 0) return shipNothing(ports, request, [], signal);
    const dirty = tested.dirty + tested.plans.length - kept.length;
    const all = { ...tested, plans: kept, dirty, notes: [...tested.notes, ...notes] };
    const end = await commit(ports, memory, request, all, signal);
    if (!('overlap' in end)) return end;
    for (const path of end.overlap) {
      if (isNamed(request.also ?? [], path)) whole.add(path);
      else late.push(path);
    }
    seen = await ports.changes.snapshot();
  }
}

async function shipNothing(
  ports: ShipPorts,
  request: ShipRequest,
  missing: readonly string[],
  signal: AbortSignal,
): Promise<Shipped> {
  const ignored = missing.length === 0 ? [] : await ports.repository.ignored(missing);
  const out = leftOut(ports.store.getState().claims);
  const reasons = [
    ...(ignored.length > 0 ? [`git ignores ${listed(ignored)}`] : []),
    ...(out.length > 0 ? [`left out by the person: ${listed(out)}`] : []),
  ];
  const why = reasons.length > 0 ? ` (${reasons.join('; ')})` : '';
  const nothing = `There was nothing to commit${why}.`;
  if (!request.push)
    return { outcome: 'ok', output: nothing, end: 'answered', reason: `nothing to commit${why}` };
  const pushed = await pushIt(ports, signal);
  return {
    outcome: pushed.ok ? 'ok' : 'failed',
    output: `${nothing} ${pushed.output}`,
    end: 'answered',
    reason: pushed.output,
  };
}

function heldBy(ports: ShipPorts, reason: string, paths: readonly string[]): Shipped {
  ports.store.record({ type: 'commit.failed', reason, paths });
  return {
    outcome: 'failed',
    output: `Not committed: ${reason} The work stays in the tree and joins the next ship.`,
    end: 'held',
    reason,
  };
}

async function commit(
  ports: ShipPorts,
  memory: ShipMemory,
  request: ShipRequest,
  tested: Tested,
  signal: AbortSignal,
): Promise<Shipped | { readonly overlap: readonly string[] }> {
  const { committer, journal, live, project, settings, store } = ports;
  const stated = request.decisions ?? [];
  let told: readonly Decision[] = [];
  const decided = (): ShipRequest => ({ ...request, decisions: [...stated, ...told] });
  const read = async (diff: CommitDiff): Promise<readonly string[]> => {
    told = await decisionsIn(project.reader, diff, stated);
    return [...stated, ...told].map(decisionTrailer);
  };
  let shipped = tested;
  const onStarted: CommitPlan['onStarted'] = async (fact, partial) => {
    // What was tested has more than the commit there: lines of the person's, or what a run made of the file.
    shipped = { ...tested, dirty: tested.dirty + partial.length };
    store.record({ ...fact, about: aboutCommit(store, decided(), shipped) });
    await journal.barrier();
  };
  const plan = {
    subject: request.subject,
    body: request.body ?? '',
    trailers: settings.attribution === '' ? [] : [settings.attribution],
    read,
    paths: tested.plans,
    onStarted,
    signal,
  };
  const result = await live.during('committing', () => committer.commit(plan));
  if (result.kind === 'created') {
    const notes = [...told.map((each) => `${decisionTrailer(each)} (read off the diff)`), ...tested.notes];
    return created(ports, memory, decided(), { ...shipped, notes }, result, signal);
  }
  if (store.getState().commits.open)
    store.record({
      type: 'commit.failed',
      reason: result.kind,
      paths: tested.plans.map((each) => each.path),
    });
  switch (result.kind) {
    case 'nothing':
      return {
        outcome: 'ok',
        output: 'There was nothing to commit: the tree equals HEAD.',
        end: 'answered',
        reason: 'nothing to commit',
      };
    case 'overlap':
      return { overlap: result.paths };
    case 'hook':
      return redShip(ports, memory, 1, `Red: the ${result.hook} hook refused the commit.\n${result.output}`);
    case 'failed':
      return heldBy(
        ports,
        result.reason,
        tested.plans.map((each) => each.path),
      );
    case 'interrupted':
      return { outcome: 'interrupted', output: 'interrupted before the commit; the work stays in the tree.' };
    default:
      return result satisfies never;
  }
}

async function created(
  ports: ShipPorts,
  memory: ShipMemory,
  request: ShipRequest,
  tested: Tested,
  result: CommitResult & { kind: 'created' },
  signal: AbortSignal,
): Promise<Shipped> {
  const { store } = ports;
  const { sha, base, branch } = result;
  const origins = new Map<string, ClaimOrigin>(tested.plans.map((each) => [each.path, each.by]));
  const paths = result.paths.map((path) => ({ path, by: origins.get(path) ?? ('also' as const) }));
  const moved = memory.branch !== null && branch !== memory.branch ? { moved: true as const } : {};
  const about = aboutCommit(store, request, tested);
  store.record({ type: 'commit.created', sha, base, branch, by: 'ship', paths, ...about, ...moved });
  hintAtTests(ports, tested.verdict);
  if (tested.accepted.length > 0) {
    store.record({
      type: 'notice.raised',
      level: 'info',
      text: '',
      about: { kind: 'known', failures: tested.accepted },
    });
  }
  Object.assign(memory, { reds: 0, fewest: Number.POSITIVE_INFINITY, branch });
  // What the worktree is from now on; nobody has to wait for it.
  void ports.changes.snapshot().catch(() => undefined);
  const lines = [
    `Committed ${sha.slice(0, 7)} on ${branch}: ${request.subject}`,
    `Tests: ${verdictText(tested.verdict)}`,
    ...namedPaths(paths),
    ...tested.notes,
  ];
  const out = leftOut(store.getState().claims);
  if (out.length > 0)
    lines.push(
      `Not in it, because the person left it out: ${listed(out)}. It stays changed in the tree; only they can put it back.`,
    );
  if (tested.held.length > 0)
    lines.push(`Held back, because the person's own uncommitted lines overlap: ${listed(tested.held)}`);
  if (request.push) lines.push((await pushIt(ports, signal)).output);
  const output = lines.join('\n');
  if (request.more) return { outcome: 'ok', output };
  return { outcome: 'ok', output, end: 'shipped' };
}

function aboutCommit(
  store: Store,
  { subject, decisions }: ShipRequest,
  { verdict, dirty }: Tested,
): CommitAbout {
  const turn = store.getState().turns.running?.id;
  return {
    subject,
    verdict,
    ...(decisions?.length && { decisions }),
    ...(turn !== undefined && { turn }),
    ...(dirty > 0 && { dirty }),
  };
}

/** Once a session: a commit without tests is allowed, and worth a word. */
function hintAtTests({ store }: ShipPorts, verdict: ShipVerdict): void {
  const untested = store.getState().commits.made.filter((commit) => commit.verdict.kind === 'untested');
  if (verdict.kind !== 'untested' || untested.length > 1) return;
  const text =
    'no tests were found here, so commits say untested; name the command as tests.command in hullspeed.toml';
  store.record({ type: 'notice.raised', level: 'info', text });
}

/** Paths that only a command vouches for are named, so that a wrong one is seen. */
function namedPaths(paths: readonly { path: string; by: string }[]): string[] {
  const byCommand = paths.filter((each) => each.by === 'command').map((each) => each.path);
  return byCommand.length === 0 ? [] : [`Changed by commands: ${listed(byCommand)}`];
}

function pushIt(ports: ShipPorts, signal: AbortSignal): Promise<Pushed> {
  const late = latestLate(ports.store.getState().commits);
  if (late?.verdict.kind === 'red')
    return Promise.resolve({
      ok: false,
      output: `not pushed: the tests of ${late.sha.slice(0, 7)} are red. Mend them and ship first.`,
    });
  const { live } = ports;
  return live.during('pushing', () => push(ports, signal));
}

/** A verdict in words, for the model and the log. */
function verdictText(verdict: ShipVerdict): string {
  switch (verdict.kind) {
    case 'green':
      return `green${verdict.counts ? `, ${verdict.counts.passed} passed` : ''}${verdict.flaky ? ', flaky' : ''}`;
    case 'known':
    case 'unverified':
      return `${verdict.failures} ${verdict.kind}`;
    case 'testing':
      return 'under way. This commit is tested beside what you do next; if it is red, a prompt will say so';
    default:
      return verdict.kind;
  }
}
