// One run of the project's tests, from its start to what it said.
import type { Recorded } from '../session/events.ts';
import type { RunPurpose } from '../session/facts.ts';
import type { Run } from '../session/tests.ts';
import type { Settings } from './face.ts';
import type { Repository, Status } from './git-ports.ts';
import type { LiveWriter } from './live.ts';
import { collectOutput, plainTail } from './output.ts';
import type { Clock, Journal, Project, Terminal, TerminalRun, TestCommand } from './ports.ts';
import type { Stopwatch } from './stopwatch.ts';
import type { Store } from './store.ts';
import { runToEnd, verdictOf } from './test-run.ts';

/** Of a run's output, for the model and for people: lines and characters (about 2,000 tokens). */
const TAIL = { lines: 80, characters: 8_000 };

/**
 * Typing must never lag under a run that nobody waits for yet. A ship that joins one cannot raise it again without
 * rights: at 5 it still has a third of a busy processor's share, and all of an idle one.
 */
const NICE = 5;

export interface RunPorts {
  readonly store: Store;
  readonly live: LiveWriter;
  readonly journal: Journal;
  readonly project: Project;
  readonly repository: Repository;
  readonly terminal: Terminal;
  readonly clock: Clock;
  readonly stopwatch: Stopwatch;
  readonly settings: Settings;
  /** Whether a background command of the model is alive: then a green cannot be used again. */
  readonly disturbed: () => boolean;
  /** Says that a run may write into the worktree from now on; call the result when it has ended. */
  readonly watched: () => () => void;
}

/** Paths that changed while a run went on and that it is blamed for, and the look that saw them. */
export interface Written {
  readonly paths: readonly string[];
  readonly look: Status;
}

export interface RunRequest {
  readonly purpose: RunPurpose;
  /** A scratch checkout of the tree named by `tree`; absent: the worktree. */
  readonly scratch?: { readonly directory: string; readonly tree: string };
  /** All of the tests, where a ship would wait for some (`tests.before_commit`). */
  readonly full?: true;
  /** The commit that is tested, and paths that say by which of the tests. */
  readonly commit?: string;
  readonly paths?: readonly string[];
  /** The worktree as it was seen a moment ago: names the tree, which is looked at again when the run has ended. */
  readonly look?: Status;
  /** Looks at its end; the caller takes the snapshots. */
  readonly wrote?: () => Promise<Written>;
  readonly signal?: AbortSignal;
}

/** A run that is under way. */
export interface Running {
  readonly key: string;
  readonly request: RunRequest;
  terminal?: TerminalRun;
  stopped: boolean;
  /** It ended on the tree that it began with. */
  steady: boolean;
  /** The key of the tree that it left behind, once it has ended. */
  left?: string;
  /** How many wait for it. */
  waiting: number;
  done: Promise<Run>;
}

export interface Begun {
  readonly test: TestCommand;
  readonly key: string;
  readonly size: { readonly columns: number; readonly rows: number };
  readonly request: RunRequest;
}

export function begin(ports: RunPorts, { test, key, size, request }: Begun, over: () => void): Running {
  const { store, stopwatch } = ports;
  const started = store.record({
    type: 'run.started',
    purpose: request.purpose,
    command: test.command,
    tree: key,
    ...(test.suites && { suites: test.suites }),
    ...(request.commit !== undefined && { commit: request.commit }),
    ...turnOf(store),
  });
  const running: Running = {
    key,
    request,
    stopped: false,
    steady: false,
    waiting: 0,
    done: Promise.resolve() as never,
  };
  running.done = stopwatch
    .during('beside', () => execute(ports, { test, started, size, request, state: running }))
    .finally(over);
  return running;
}

/** A run that ended before it was asked for. */
export function overAlready(key: string, request: RunRequest, run: Run): Running {
  return { key, request, stopped: false, steady: true, waiting: 0, done: Promise.resolve(run) };
}

/**
 * Waits for a run, whoever began it; the signal of any who waits ends it. Only who speculates leaves it to the others:
 * then there is no result for them.
 */
export async function attend(
  { stopwatch }: Pick<RunPorts, 'stopwatch'>,
  running: Running,
  { purpose, signal, commit }: Pick<RunRequest, 'purpose' | 'signal' | 'commit'>,
): Promise<Run | undefined> {
  const { promise: gone, resolve: leave } = Promise.withResolvers<Run | undefined>();
  running.waiting += 1;
  const abort = (): void => {
    if (purpose === 'speculative' && running.waiting > 1) {
      leave(undefined);
      return;
    }
    running.stopped = true;
    void running.terminal?.stop();
  };
  if (signal?.aborted) abort();
  signal?.addEventListener('abort', abort, { once: true });
  try {
    const ended = Promise.race([running.done, gone]);
    const alone = isUnasked(purpose) || commit !== undefined;
    return await (alone ? ended : stopwatch.during('tests', () => ended));
  } finally {
    running.waiting -= 1;
    signal?.removeEventListener('abort', abort);
  }
}

function turnOf(store: Store): { turn?: number } {
  const turn = store.getState().turns.running?.id;
  return turn === undefined ? {} : { turn };
}

interface Execution {
  readonly test: TestCommand;
  readonly started: Recorded & { type: 'run.started' };
  readonly size: { readonly columns: number; readonly rows: number };
  readonly request: RunRequest;
  readonly state: Running;
}

async function execute(ports: RunPorts, execution: Execution): Promise<Run> {
  const { clock, store, live } = ports;
  const { test, started, size, request, state } = execution;
  const begun = clock.mono();
  const disturbed = ports.disturbed();
  const output = collectOutput();
  const log = ports.journal.draft();
  const over = request.scratch ? () => undefined : ports.watched();
  // The pane has one terminal: a run in the worktree has it first.
  const shown = request.commit === undefined || store.getState().tests.running === undefined;
  const show = shown ? live.runStarted(test.command) : () => undefined;
  const spec = {
    ...(isUnasked(request.purpose) && { nice: NICE }),
    command: test.command,
    cwd: request.scratch?.directory ?? ports.repository.root,
    env: test.env,
    ...size,
    onData(bytes: Uint8Array) {
      output.add(bytes);
      log.write(bytes);
      show(bytes);
    },
  };
  const end = await runToEnd(ports, spec, (run) => {
    state.terminal = run;
    if (state.stopped) void run.stop();
  });
  over();
  const text = await output.text(() => clock.sleep(0));
  // A look that fails is met again by the commit; the run must have its end all the same.
  const looked = state.stopped ? undefined : await request.wrote?.().catch(() => null);
  const same = state.stopped ? false : await isSteady(ports, state, looked?.look);
  state.steady = same;
  // What the starting tree says is of use only if it was the starting tree to the end.
  const stopped = state.stopped || (request.purpose === 'start' && !same);
  const report = stopped ? { failures: [] } : await test.read(text);
  const kept = stopped ? undefined : log.keep();
  if (stopped) log.drop();
  const wrote = looked?.paths ?? [];
  store.record({
    type: 'run.finished',
    run: started.seq,
    verdict: stopped ? 'stopped' : verdictOf(end, report),
    exit: end.code,
    ms: Math.round(clock.mono() - begun),
    failures: report.failures,
    tail: plainTail(text, TAIL.lines, TAIL.characters),
    cacheable: same && looked !== null && wrote.length === 0 && !disturbed && !ports.disturbed(),
    ...(report.counts && { counts: report.counts }),
    ...(report.slow?.length && { slow: report.slow }),
    ...(kept && { log: kept }),
    ...(wrote.length > 0 && { wrote }),
    ...(end.reason && { reason: end.reason }),
  });
  // Until the next look at the files: they are the ones that were tested.
  if (!stopped && same && request.scratch === undefined) live.change((state) => (state.staleFiles = 0));
  const result = store.getState().tests.results.findLast((each) => each.run.id === started.seq)?.run;
  return result ?? { ...started, id: started.seq, verdict: 'stopped', failures: [] };
}

/** Nobody waits for it as it begins. */
function isUnasked(purpose: RunPurpose): boolean {
  return purpose === 'start' || purpose === 'speculative' || purpose === 'commit';
}

/** Whether the tree is still the one that the run was started on. */
async function isSteady(
  { repository }: RunPorts,
  state: Running,
  look: Status | undefined,
): Promise<boolean> {
  if (state.request.scratch !== undefined) return true;
  const hash = await repository.treeHash(look).catch(() => undefined);
  if (hash === undefined) return false;
  state.left = hash + state.key.slice(state.key.indexOf(' '));
  return state.left === state.key;
}
