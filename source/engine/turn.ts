// One turn: ask, run the calls, ask again, until the work is shipped or there is nothing left to say.
// The page to read first.
import type { Outcome, StepInput } from '../session/facts.ts';
import { type Accepted, callsOf } from '../session/turn.ts';
import { afterWords, CUT } from './after-words.ts';
import type { Briefing } from './briefing.ts';
import { type CallPorts, runCalls } from './calls.ts';
import { compact, compactionDue } from './compaction.ts';
import { AppError } from './errors.ts';
import type { Status } from './git-ports.ts';
import { testStartingTree } from './known.ts';
import { createLooks, type Looks } from './looks.ts';
import { introduce, type ReferencePorts } from './references.ts';
import { createShipLook } from './ship-look.ts';
import type { ShipMemory } from './shipping.ts';
import { runStep, type StepEnd, type StepPorts } from './step.ts';

export type TurnPorts = CallPorts & StepPorts & ReferencePorts & { readonly briefing: Briefing };

export interface TurnEnd {
  readonly outcome: Outcome;
  readonly reason?: string;
}

/** Runs a turn whose `turn.started` is recorded. The caller records its end. Rejects only for bugs. */
export async function runTurn(
  ports: TurnPorts,
  turn: number,
  prompt: Accepted,
  signal: AbortSignal,
): Promise<TurnEnd> {
  try {
    return await steps(ports, turn, prompt, signal);
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'journal') throw error;
    return { outcome: 'failed', reason: error.message };
  } finally {
    closeCalls(ports, signal.aborted ? 'interrupted.' : 'not run: the turn failed.');
  }
}

async function steps(
  ports: TurnPorts,
  turn: number,
  prompt: Accepted,
  signal: AbortSignal,
): Promise<TurnEnd> {
  const memory = remember(ports, signal);
  try {
    return await stepByStep(ports, turn, prompt, memory, signal);
  } finally {
    // Nothing of a turn begins after its end.
    void memory.looks.now();
    await memory.begun;
    if (signal.aborted) await Promise.all([memory.start?.leave(), ports.speculator.leave()]);
    await ports.watch.look();
  }
}

async function stepByStep(
  ports: TurnPorts,
  turn: number,
  prompt: Accepted,
  memory: Memory,
  signal: AbortSignal,
): Promise<TurnEnd> {
  const { settings } = ports;
  const begun = ports.store.getState().context.instructions !== undefined;
  const [changed] = await Promise.all([ports.briefing.catchUp(), begun ? memory.refresh() : undefined]);
  let inputs: readonly StepInput[] = [...changed, worded('prompt', prompt)];
  const asked = { again: false, ship: false };
  for (let step = 1; ; step++) {
    if (step > settings.maxSteps)
      return {
        outcome: 'failed',
        reason: `the turn took ${settings.maxSteps} steps (turn.max_steps); say how to go on`,
      };
    const end = await fittingStep(ports, turn, inputs, memory, signal);
    inputs = [];
    if (end.kind === 'interrupted' || signal.aborted) return { outcome: 'interrupted' };
    if (end.kind !== 'answered') return { outcome: 'failed', reason: end.reason };
    memory.looks.answered();
    const calls = callsOf(end.items);
    await memory.begun;
    if (calls.length > 0) {
      const rest = await runCalls(ports, memory, end.step, calls, signal);
      // An interrupt that came while the commit was made came too late for it (rule 8).
      if (rest.end === 'shipped') return { outcome: 'shipped' };
      if (signal.aborted) return { outcome: 'interrupted' };
      if (rest.end !== undefined) return { outcome: rest.end, ...(rest.reason && { reason: rest.reason }) };
      if (end.cut) inputs = [CUT];
      continue;
    }
    await memory.looks.now();
    const next = afterWords(ports, end, asked);
    if ('outcome' in next) return next;
    inputs = next;
  }
}

function worded(
  kind: 'prompt' | 'steer',
  said: { readonly text: string; readonly images?: readonly string[] },
): StepInput {
  return said.images?.length ? { kind, text: said.text, images: said.images } : { kind, text: said.text };
}

/** One step, with the context made shorter before or after the provider refuses its length. */
async function fittingStep(
  ports: TurnPorts,
  turn: number,
  inputs: readonly StepInput[],
  memory: Memory,
  signal: AbortSignal,
): Promise<StepEnd> {
  const { store, settings } = ports;
  if (compactionDue(store.getState(), inputs, settings.compactAt)) await compact(ports, signal);
  let end = await nextStep(ports, turn, inputs, memory, signal);
  // The refused inputs are in the state already: what follows asks with them again.
  while (end.kind === 'too long' && !signal.aborted && (await compact(ports, signal))) {
    end = await nextStep(ports, turn, [], memory, signal);
  }
  return end;
}

async function nextStep(
  ports: TurnPorts,
  turn: number,
  inputs: readonly StepInput[],
  memory: Memory,
  signal: AbortSignal,
): Promise<StepEnd> {
  if (signal.aborted) return { kind: 'interrupted' };
  const said = inputs.filter(({ kind }) => kind === 'prompt').map(({ text }) => text);
  const begins = await ports.briefing.begin(said);
  const changed = begins ? [] : await ports.briefing.news();
  const cards = await introduce(ports, () => [
    ...said,
    ...ports.store.getState().queue.steers.map(({ text }) => text),
  ]);
  if (signal.aborted) return { kind: 'interrupted' };
  const { queue, untold = [] } = ports.store.getState();
  const news = untold.map(({ input }) => input);
  const steers = queue.steers.map((steer) => worded('steer', steer));
  // What begins a context names the pages itself.
  const hints = begins ? [] : ports.briefing.hints([...inputs, ...steers]);
  return runStep(
    ports,
    turn,
    {
      inputs: [...(begins?.inputs ?? []), ...news, ...changed, ...cards, ...hints, ...inputs, ...steers],
      steers: queue.steers.map((steer) => steer.id),
      told: untold.map(({ id }) => id),
      onSent: memory.onSent,
      onCall: memory.shipLook.callBegun,
      ...(begins && { begins: { instructions: begins.instructions } }),
    },
    signal,
  );
}

interface Memory extends ShipMemory {
  /** Resolves when the tree that the turn begins with is known: no call runs before. */
  begun: Promise<void>;
  /** The snapshots after it. Calls need not wait for them: file times tell their changes. */
  readonly looks: Looks<Status>;
  readonly onSent: () => void;
  /** The snapshot that is taken before the first request, and whether it came about. */
  fresh: Promise<boolean>;
  /**
   * Takes it. A model that was asked before has to hear what somebody else did since: with its first request, or in a large
   * tree with the one after it.
   */
  refresh(): Promise<unknown>;
}

/** What runs under the open request: first the starting tree, then a snapshot a step (rules 10, 16). */
function remember(ports: TurnPorts, signal: AbortSignal): Memory {
  const { changes, watch } = ports;
  let sent = false;
  let seen: Status | undefined;
  const look = async (): Promise<void> => {
    seen = (await changes.snapshot()).status;
    memory.branch = seen.head.branch;
  };
  const begin = async (): Promise<void> => {
    if (!(await memory.fresh)) await look();
    if (signal.aborted) return;
    memory.start = testStartingTree(ports, seen);
    await Promise.all([memory.start.ready, watch.look('fresh')]);
  };
  const memory: Memory = {
    start: undefined,
    shipLook: createShipLook(ports),
    branch: null,
    reds: 0,
    fewest: Number.POSITIVE_INFINITY,
    begun: Promise.resolve(),
    looks: createLooks(ports.clock, () => afterStep(ports, memory), signal),
    fresh: Promise.resolve(false),
    async refresh() {
      // A fault is met again, and said, by the ship that needs the same.
      memory.fresh = look().then(
        () => true,
        () => false,
      );
      return (await ports.repository.isLarge()) || memory.fresh;
    },
    onSent() {
      // Only the first request goes out over the untouched tree, whatever became of the look at it.
      const first = !sent;
      sent = true;
      void ports.briefing.look();
      ports.tools.prepare();
      // The next command asks which one runs the tests.
      void ports.verifier.command().catch(() => undefined);
      // A fault is met again, and said, by the ship that needs the same.
      if (first) {
        memory.begun = begin().catch(() => undefined);
        return;
      }
      const looked = memory.looks.request().catch(() => undefined);
      ports.speculator.begin(looked);
    },
  };
  return memory;
}

async function afterStep({ changes, watch }: TurnPorts, memory: Memory): Promise<Status> {
  const [{ changed, status }] = await Promise.all([changes.snapshot(), watch.look()]);
  if (changed.length > 0) await memory.start?.leave();
  return status;
}

/** Every call of the last answer gets its output, so that the history stays valid for the provider. */
function closeCalls(ports: TurnPorts, output: string): void {
  for (const call of ports.store.getState().turns.running?.open ?? []) {
    ports.store.record({ type: 'call.finished', call: call.id, outcome: 'interrupted', output, ms: 0 });
  }
}
