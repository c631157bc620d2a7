// Runs of the project's tests: one at a time, each under the key of the tree that it tested (rules 9-15).
import type { Failure, Recorded, RunPurpose, RunVerdict } from '../session/events.ts';
import { greenFor, type Run } from '../session/tests.ts';
import { AppError } from './errors.ts';
import type { LiveWriter } from './live.ts';
import { collectOutput, plainText, tailOf } from './output.ts';
import type {
  Clock,
  Journal,
  Project,
  Repository,
  Settings,
  Terminal,
  TerminalRun,
  TestCommand,
  TestReport,
} from './ports.ts';
import type { Stopwatch } from './stopwatch.ts';
import type { Store } from './store.ts';

/** Of a run's output, for the model and for people: lines and characters (about 2,000 tokens). */
const TAIL = { lines: 80, characters: 8_000 };

export interface VerifyPorts {
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
}

export interface RunRequest {
  readonly purpose: RunPurpose;
  /** A scratch checkout of the tree named by `tree`; absent: the worktree. */
  readonly scratch?: { readonly directory: string; readonly tree: string };
  /** Paths that changed while it ran and that it is blamed for; told by the caller, who takes the snapshots. */
  readonly wrote?: () => Promise<readonly string[]>;
  readonly signal?: AbortSignal;
}

export interface Verifier {
  command(): Promise<TestCommand | undefined>;
  /** The key of the tree as it stands: its hash, the test command and the epoch. */
  key(): Promise<string>;
  /** Something happened that a hash of the tree does not show (rule 9). */
  nextEpoch(): void;
  /** A green run of this very tree that may be used again. */
  green(): Promise<Run | undefined>;
  /** Runs the tests; waits for a run of the same tree that is under way, stops any other. Undefined: there is no command. */
  run(request: RunRequest): Promise<Run | undefined>;
  /** Stops what runs; resolves when it is gone. */
  stop(): Promise<void>;
  resize(columns: number, rows: number): void;
}

export function createVerifier(ports: VerifyPorts): Verifier {
  const { store, project, repository } = ports;
  const size = { columns: 100, rows: 30 };
  let epoch = 0;
  let current: { key: string; terminal?: TerminalRun; stopped: boolean; done: Promise<Run> } | null = null;
  let command: Promise<TestCommand | undefined> | null = null;

  const key = async (): Promise<string> => {
    const [hash, test] = await Promise.all([repository.treeHash(), verifier.command()]);
    return `${hash} ${test?.command ?? ''} ${store.getState().openedSeq}.${epoch}`;
  };

  const start = async (test: TestCommand, key: string, request: RunRequest): Promise<Run> => {
    const started = store.record({
      type: 'run.started',
      purpose: request.purpose,
      command: test.command,
      tree: key,
      ...turnOf(store),
    });
    const state = { key, stopped: false, done: Promise.resolve() as unknown as Promise<Run> };
    current = state;
    const abort = (): void => void verifier.stop();
    request.signal?.addEventListener('abort', abort, { once: true });
    state.done = ports.stopwatch
      .during('tests', () =>
        execute(ports, { test, started, size, request, state, isCurrent: () => current === state }),
      )
      .finally(() => {
        request.signal?.removeEventListener('abort', abort);
        if (current === state) current = null;
      });
    if (request.signal?.aborted) abort();
    return state.done;
  };

  const verifier: Verifier = {
    key,
    command: () => (command ??= project.tests()),
    nextEpoch() {
      epoch += 1;
      command = null;
    },
    green: async () => greenFor(store.getState().tests, await key()),
    async run(request) {
      const test = await verifier.command();
      if (test === undefined) return undefined;
      const wanted = request.scratch ? `${request.scratch.tree} ${test.command} scratch` : await key();
      if (current?.key === wanted && !current.stopped) return current.done;
      await verifier.stop();
      return start(test, wanted, request);
    },
    async stop() {
      const running = current;
      if (running === null) return;
      running.stopped = true;
      await running.terminal?.stop();
      await running.done;
    },
    resize(columns, rows) {
      Object.assign(size, { columns, rows });
      current?.terminal?.resize(columns, rows);
    },
  };
  return verifier;
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
  readonly state: { terminal?: TerminalRun; stopped: boolean };
  readonly isCurrent: () => boolean;
}

async function execute(ports: VerifyPorts, execution: Execution): Promise<Run> {
  const { clock, store, live } = ports;
  const { test, started, request, state } = execution;
  const begun = clock.mono();
  const output = collectOutput();
  live.runStarted(test.command);
  const end = await runToEnd(ports, execution, (text) => {
    output.add(text);
    live.runData(text);
  });
  const text = output.text();
  const report = state.stopped ? { failures: [] } : test.read(text);
  const verdict = state.stopped ? 'stopped' : verdictOf(end, report);
  const wrote = verdict === 'stopped' ? [] : ((await request.wrote?.()) ?? []);
  const cacheable =
    wrote.length === 0 &&
    !ports.disturbed() &&
    (request.scratch !== undefined || (await sameTree(ports, started.tree)));
  const plain = plainText(text);
  store.record({
    type: 'run.finished',
    run: started.seq,
    verdict,
    exit: end.code,
    ms: Math.round(clock.mono() - begun),
    failures: report.failures,
    tail: tailOf(plain, TAIL.lines, TAIL.characters),
    cacheable,
    ...(report.counts && { counts: report.counts }),
    ...(verdict === 'stopped' ? {} : { log: ports.journal.keep(new TextEncoder().encode(text)) }),
    ...(wrote.length > 0 && { wrote }),
    ...(end.reason && { reason: end.reason }),
  });
  const tests = store.getState().tests;
  const result = tests.results.findLast((each) => each.run.id === started.seq)?.run;
  return result ?? { ...started, id: started.seq, verdict: 'stopped', failures: [] };
}

/** Whether the tree is still the one that the run was started on. */
async function sameTree(ports: VerifyPorts, key: string): Promise<boolean> {
  return key.startsWith(`${await ports.repository.treeHash()} `);
}

interface End {
  readonly code: number | null;
  readonly cause?: 'time' | 'silence' | 'terminal';
  readonly reason?: string;
}

/** Runs the command until it ends, is silent for too long, or takes too long. */
async function runToEnd(
  ports: VerifyPorts,
  execution: Execution,
  onData: (text: string) => void,
): Promise<End> {
  const { clock, settings, terminal, repository } = ports;
  const { test, size, request, state } = execution;
  const quiet = new AbortController();
  let heard = clock.mono();
  const hear = (text: string): void => {
    heard = clock.mono();
    onData(text);
  };
  try {
    const cwd = request.scratch?.directory ?? repository.root;
    const run = await terminal.start({ command: test.command, cwd, env: test.env, ...size, onData: hear });
    state.terminal = run;
    if (state.stopped) await run.stop();
    const silence = watchSilence(clock, settings.testSilenceMs, () => heard, quiet.signal);
    const cause = await Promise.race([
      run.exit.then(() => 'exit' as const),
      silence.then(() => 'silence' as const),
      clock.sleep(settings.testTimeoutMs, quiet.signal).then(() => 'time' as const),
    ]);
    if (cause === 'exit') return { code: (await run.exit).code };
    await run.stop();
    const limit = cause === 'time' ? settings.testTimeoutMs : settings.testSilenceMs;
    const how = cause === 'time' ? 'ran longer than' : 'printed nothing for';
    const key = cause === 'time' ? 'tests.timeout' : 'tests.silence';
    return {
      code: null,
      cause,
      reason: `\`${test.command}\` ${how} ${Math.round(limit / 1000)} s and was stopped (${key})`,
    };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { code: null, cause: 'terminal', reason: error.message };
  } finally {
    quiet.abort();
  }
}

async function watchSilence(
  clock: Clock,
  limitMs: number,
  heard: () => number,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    const left = heard() + limitMs - clock.mono();
    if (left <= 0) return;
    await clock.sleep(left, signal);
  }
}

function verdictOf(end: End, report: TestReport): RunVerdict {
  if (end.cause === 'time' || end.cause === 'silence') return 'timed out';
  if (end.cause === 'terminal' || end.code === 126 || end.code === 127) return 'broken';
  if (report.none) return 'none';
  return end.code === 0 ? 'green' : 'red';
}

/** A run's failures as the model reads them. */
export function describeFailures(failures: readonly Failure[]): string {
  return failures
    .map((failure) =>
      [
        `✕ ${failure.name}${failure.file ? ` (${failure.file}${failure.line ? `:${failure.line}` : ''})` : ''}`,
        failure.detail,
      ]
        .filter(Boolean)
        .join('\n  '),
    )
    .join('\n');
}
