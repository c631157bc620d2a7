// The calls of one answer: each gets exactly one output, and a ship answers last (rule 3).
import type { SessionEvent } from '../session/events.ts';
import type { CallOutcome, FileChange } from '../session/facts.ts';
import { describeFailures } from '../session/tests.ts';
import type { Call } from '../session/turn.ts';
import { checkImage } from './images.ts';
import type { Manifests } from './manifests.ts';
import type { Clock, ParsedCall, PatchedFile, ResizeImage, ToolResult, Tools } from './ports.ts';
import type { ReferenceWatch } from './references.ts';
import type { Written } from './run-tests.ts';
import { keepContent, sharedWith } from './share.ts';
import { ship } from './ship.ts';
import type { ShipMemory, ShipPorts, Shipped } from './shipping.ts';
import { type Share, sideBySide } from './side-by-side.ts';
import type { Speculator } from './speculate.ts';

export interface CallPorts extends ShipPorts {
  readonly tools: Tools;
  readonly resizeImage: ResizeImage;
  readonly clock: Clock;
  readonly manifests: Manifests;
  readonly watch: ReferenceWatch;
  readonly speculator: Speculator;
}

type Finished = SessionEvent & { type: 'call.finished' };

/** What is recorded of any call. */
type Answer = Omit<ToolResult, 'outcome' | 'files'> & { readonly outcome: CallOutcome };

interface Parsed {
  readonly call: Call;
  readonly parsed: ParsedCall;
}

/** Runs an answer's calls; the end of the turn where a ship says so. After an abort every call has its output. */
export async function runCalls(
  ports: CallPorts,
  memory: ShipMemory,
  step: number,
  calls: readonly Call[],
  signal: AbortSignal,
): Promise<Pick<Shipped, 'end' | 'reason'>> {
  const all = calls.map((call): Parsed => ({ call, parsed: ports.tools.parse(call) }));
  const ships = all.filter((each) => each.parsed.kind === 'ship');
  const others = all.filter((each) => each.parsed.kind !== 'ship');
  let failed = false;
  let blocked: string | null = null;
  const results = await sideBySide({
    all: others,
    share: ({ parsed }) => shareOf(ports, parsed),
    run: (each, stop) => runOne(ports, memory, step, each, stop),
    signal,
  });
  for (const [at, each] of others.entries()) {
    const outcome = results[at]?.outcome ?? 'interrupted';
    failed ||= outcome !== 'ok';
    const stands = outcome === 'ok' || (!isPatch(each) && outcome === 'failed');
    if (!stands) blocked = isPatch(each) ? 'its patch failed' : `a call beside it was ${outcome}`;
  }
  for (const each of ships.slice(0, -1))
    output(
      ports,
      each.call,
      { outcome: 'superseded', output: 'superseded by the later ship of this step.' },
      0,
    );
  if (blocked !== null) ports.speculator.spoil();
  const last = ships.at(-1);
  if (last?.parsed.kind !== 'ship') return {};
  if (signal.aborted || blocked !== null) {
    const why = signal.aborted
      ? 'interrupted'
      : `not shipped: ${blocked}. Look at its output, mend it and ship again.`;
    output(ports, last.call, { outcome: signal.aborted ? 'interrupted' : 'refused', output: why }, 0);
    return {};
  }
  ports.store.record({ type: 'call.started', step, call: last.call.id });
  const begun = ports.clock.mono();
  const shipped = await ship(ports, memory, last.parsed.request, signal);
  output(ports, last.call, shipped, ports.clock.mono() - begun);
  // Words of a failed call are news to the model: it has to see them before the turn may rest.
  if (shipped.end === 'answered' && failed) return {};
  return shipped.end === undefined
    ? {}
    : { end: shipped.end, ...(shipped.reason && { reason: shipped.reason }) };
}

/** A patch and the tests are alone, so that nothing reads half of a change; inputs to one command keep their order. */
async function shareOf(ports: CallPorts, parsed: ParsedCall): Promise<Share> {
  switch (parsed.kind) {
    case 'patch':
      return 'alone';
    case 'input':
      return parsed.session;
    case 'command':
      return (await isTestCommand(ports, parsed)) ? 'alone' : 'free';
    default:
      return 'free';
  }
}

/** Also one that cannot be read: its change is missing all the same. */
function isPatch({ call, parsed }: Parsed): boolean {
  return (
    parsed.kind === 'patch' ||
    (parsed.kind === 'error' && call.argument.includes('*** Begin Patch')) ||
    call.name === 'apply_patch'
  );
}

async function runOne(
  ports: CallPorts,
  memory: ShipMemory,
  step: number,
  { call, parsed }: Parsed,
  signal: AbortSignal,
): Promise<ToolResult> {
  if (parsed.kind === 'error' || parsed.kind === 'ship') {
    const result: ToolResult = { outcome: 'failed', output: parsed.kind === 'error' ? parsed.error : '' };
    output(ports, call, result, 0);
    return result;
  }
  if (signal.aborted) {
    const result: ToolResult = { outcome: 'interrupted', output: 'interrupted before it started.' };
    output(ports, call, result, 0);
    return result;
  }
  ports.store.record({ type: 'call.started', step, call: call.id });
  const begun = ports.clock.mono();
  const result = await runParsed(ports, memory, call, parsed, signal);
  const changes = result.files?.map((file) => keepChange(ports, file)) ?? [];
  const dependencies = ports.manifests.patched(result.files ?? []);
  output(ports, call, result, ports.clock.mono() - begun, { changes, dependencies });
  ports.live.forgetOutput(call.id);
  return result;
}

async function runParsed(
  ports: CallPorts,
  memory: ShipMemory,
  call: Call,
  parsed: Exclude<ParsedCall, { kind: 'error' | 'ship' }>,
  signal: AbortSignal,
): Promise<ToolResult> {
  switch (parsed.kind) {
    case 'patch':
      return patch(ports, memory, call, parsed, signal);
    case 'image':
      return checkImage(
        parsed.path,
        await ports.tools.run(parsed, () => undefined, signal),
        ports.resizeImage,
      );
    case 'command':
    case 'input':
      return command(ports, call, parsed, signal);
    default:
      return parsed satisfies never;
  }
}

function output(
  ports: CallPorts,
  call: Call,
  result: Answer,
  ms: number,
  { changes = [], dependencies = [] }: Pick<Finished, 'changes' | 'dependencies'> = {},
): void {
  const { exit, kept, whole, session, images } = result;
  const optional = {
    ...(exit !== undefined && { exit }),
    ...(kept && { kept }),
    ...(whole && { whole: 'blob' in whole ? whole.blob : ports.journal.keep(whole.bytes) }),
    ...(session !== undefined && { session }),
    ...(images && { images: images.map((bytes) => ports.journal.keep(bytes)) }),
    ...(changes.length > 0 && { changes }),
    ...(dependencies.length > 0 && { dependencies }),
  };
  ports.store.record({
    type: 'call.finished',
    call: call.id,
    outcome: result.outcome,
    output: result.output,
    ms: Math.round(ms),
    ...optional,
  });
}

async function command(
  ports: CallPorts,
  call: Call,
  parsed: ParsedCall & { kind: 'command' | 'input' },
  signal: AbortSignal,
): Promise<ToolResult> {
  const { changes, live, stopwatch, tools, verifier, watch } = ports;
  if (await isTestCommand(ports, parsed)) return testCommand(ports, signal);
  await ports.speculator.leave();
  await changes.brace();
  if (signal.aborted) return { outcome: 'interrupted', output: 'interrupted before it started.' };
  const ends = [changes.span('command'), watch.span()];
  const result = await live.during('command', () =>
    stopwatch.during('commands', () => tools.run(parsed, (newest) => live.output(call.id, newest), signal)),
  );
  for (const end of ends) end(result.session);
  if (result.session === undefined || parsed.kind === 'input') verifier.nextEpoch();
  return result;
}

/** The test command, run by the model itself, is a run: shown in the pane, and may answer the ship (rule 12). */
async function isTestCommand(
  ports: CallPorts,
  parsed: ParsedCall & { kind: 'command' | 'input' },
): Promise<boolean> {
  if (parsed.kind !== 'command' || parsed.tty) return false;
  const { root } = ports.repository;
  const test = await ports.verifier.command();
  if (parsed.workdir === root) return test?.command === parsed.cmd.trim();
  const { folder, said } = test?.inFolder ?? {};
  return folder !== undefined && parsed.workdir === `${root}/${folder}` && said === parsed.cmd.trim();
}

async function testCommand(ports: CallPorts, signal: AbortSignal): Promise<ToolResult> {
  const wrote = async (): Promise<Written> => {
    const { changed, status } = await ports.changes.snapshot();
    return { paths: changed.filter((path) => !(path in ports.store.getState().claims)), look: status };
  };
  const run = await ports.live.during('testing', () =>
    ports.verifier.run({ purpose: 'command', full: true, wrote, signal }),
  );
  if (run === undefined || run.verdict === 'stopped')
    return { outcome: 'interrupted', output: 'interrupted while the tests ran.' };
  const counts = run.counts ? `, ${run.counts.passed} passed, ${run.counts.failed} failed` : '';
  const failures = run.failures.length > 0 ? `\n${describeFailures(run.failures.slice(0, 20))}` : '';
  return {
    outcome: run.verdict === 'green' ? 'ok' : 'failed',
    output: `${run.verdict}${counts}${run.reason ? ` (${run.reason})` : ''}${failures}\nEnd of the output:\n${run.tail ?? ''}`,
    ...(typeof run.exit === 'number' && { exit: run.exit }),
  };
}

async function patch(
  ports: CallPorts,
  memory: ShipMemory,
  call: Call,
  parsed: ParsedCall & { kind: 'patch' },
  signal: AbortSignal,
): Promise<ToolResult> {
  const { changes, live, tools } = ports;
  await Promise.all([memory.start?.leave(), ports.speculator.leave()]);
  // A command of this step may have written the same file: its share has to be known first.
  const isStale = changes.unseen().some(({ kind }) => kind === 'command');
  if (isStale || touchesCommands(ports, parsed.patch)) await changes.snapshot();
  if (signal.aborted) return { outcome: 'interrupted', output: 'interrupted before it was applied.' };
  const end = changes.span('patch');
  const { references } = ports.store.getState();
  const result = await tools.run({ ...parsed, references }, (newest) => live.output(call.id, newest), signal);
  end();
  await rebase(ports, result.files ?? []);
  return result;
}

/** What a command made is its own only as long as nobody else has written there: the next patch asks anew. */
function touchesCommands({ store }: CallPorts, patch: string): boolean {
  return Object.values(store.getState().claims).some(
    (claim) => claim.by === 'command' && patch.includes(claim.path),
  );
}

/** Where the person wrote between two patches of a file, the session's share has to be told from theirs. */
async function rebase(ports: CallPorts, files: readonly PatchedFile[]): Promise<void> {
  for (const file of files) {
    const claim = ports.store.getState().claims[file.path];
    if (claim === undefined) continue;
    const changed = await sharedWith(ports, claim, keepContent(ports.journal, file.before));
    if (changed === claim) continue;
    ports.store.record({
      type: 'notice.raised',
      level: 'info',
      text: '',
      about: { kind: 'claims', claimed: [changed], released: [] },
    });
  }
}

function keepChange(ports: CallPorts, file: PatchedFile): FileChange {
  return {
    path: file.path,
    before: keepContent(ports.journal, file.before),
    after: keepContent(ports.journal, file.after),
    added: file.added,
    removed: file.removed,
  };
}
