// Runs of the project's tests: one at a time, each under the key of the tree that it tested (rules 9-15).

import type { Recorded } from '../session/events.ts';
import type { Failure, RunPurpose } from '../session/facts.ts';
import { greenFor, type Run } from '../session/tests.ts';
import type { Settings } from './face.ts';
import type { Repository } from './git-ports.ts';
import type { LiveWriter } from './live.ts';
import { collectOutput, plainText, tailOf } from './output.ts';
import type { Clock, Journal, Project, Terminal, TerminalRun, TestCommand } from './ports.ts';
import type { Stopwatch } from './stopwatch.ts';
import type { Store } from './store.ts';
import { runToEnd, verdictOf } from './test-run.ts';

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
  /** Says that a run may write into the worktree from now on; call the result when it has ended. */
  readonly watched: () => () => void;
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
  /** Files changed: another test command may be found in them. */
  findAgain(): void;
  /** Something happened that a hash of the tree does not show (rule 9). */
  nextEpoch(): void;
  /** A green run of this very tree that may be used again. */
  green(): Promise<Run | undefined>;
  /** Runs the tests; waits for a run of the same tree that is under way, stops any other. Undefined: there is no command. */
  run(request: RunRequest): Promise<Run | undefined>;
  /** Stops what runs; resolves when it is gone. */
  stop(): Promise<void>;
  resize(columns: number, rows: number): void;
  /** To the program that runs, if one does. */
  type(text: string): void;
}

export function createVerifier(ports: VerifyPorts): Verifier {
  const { store, project, repository } = ports;
  const size = { columns: 100, rows: 30 };
  let epoch = 0;
  /** Counts the stops: a run that was asked for before one never starts after it. */
  let stops = 0;
  let current: Running | null = null;
  let entry: Promise<unknown> = Promise.resolve();
  const found = keepFound(project);

  const halt = async (): Promise<void> => {
    const running = current;
    if (running === null) return;
    running.stopped = true;
    await running.terminal?.stop();
    await running.done;
  };

  /** One at a time: a run of the same tree is joined, any other makes way. */
  const admit = async (request: RunRequest, asked: number): Promise<Running | undefined> => {
    const test = await verifier.command();
    if (test === undefined || stops !== asked) return undefined;
    const wanted = request.scratch ? `${request.scratch.tree} ${test.command} scratch` : await verifier.key();
    if (current?.key === wanted && !current.stopped) return current;
    await halt();
    if (stops !== asked || request.signal?.aborted) return undefined;
    const running = begin(ports, { test, key: wanted, size, request }, () => {
      if (current === running) current = null;
    });
    current = running;
    return running;
  };

  const verifier: Verifier = {
    async key() {
      const [hash, test] = await Promise.all([repository.treeHash(), verifier.command()]);
      return `${hash} ${test?.command ?? ''} ${await project.stamp()} ${store.getState().openedSeq}.${epoch}`;
    },
    command: found.command,
    findAgain: found.forget,
    nextEpoch() {
      epoch += 1;
      found.forget();
    },
    green: async () => greenFor(store.getState().tests, await verifier.key()),
    async run(request) {
      for (;;) {
        const asked = stops;
        const admitted = entry.then(() => admit(request, asked));
        entry = admitted.catch(() => undefined);
        const running = await admitted;
        if (running === undefined) return undefined;
        const run = await attend(running, request.signal);
        // One that was joined answers for this request only where the tree stood still under it.
        if (running.request === request || running.steady || running.stopped) return run;
      }
    },
    async stop() {
      stops += 1;
      await entry;
      await halt();
    },
    resize(columns, rows) {
      Object.assign(size, { columns, rows });
      current?.terminal?.resize(columns, rows);
    },
    type: (text) => current?.terminal?.write(text),
  };
  return verifier;
}

/** The test command as it was found last: it is asked for before each command of the model. */
function keepFound(project: Project): {
  command(): Promise<TestCommand | undefined>;
  forget(): void;
} {
  let found: Promise<TestCommand | undefined> | null = null;
  return {
    command() {
      found ??= project.tests();
      return found;
    },
    forget() {
      found = null;
    },
  };
}

/** A run that is under way. */
interface Running {
  readonly key: string;
  readonly request: RunRequest;
  terminal?: TerminalRun;
  stopped: boolean;
  /** It ended on the tree that it began with. */
  steady: boolean;
  done: Promise<Run>;
}

interface Begun {
  readonly test: TestCommand;
  readonly key: string;
  readonly size: { readonly columns: number; readonly rows: number };
  readonly request: RunRequest;
}

function begin(ports: VerifyPorts, { test, key, size, request }: Begun, over: () => void): Running {
  const { store, stopwatch } = ports;
  const started = store.record({
    type: 'run.started',
    purpose: request.purpose,
    command: test.command,
    tree: key,
    ...turnOf(store),
  });
  const running: Running = { key, request, stopped: false, steady: false, done: Promise.resolve() as never };
  running.done = stopwatch
    .during('tests', () => execute(ports, { test, started, size, request, state: running }))
    .finally(over);
  return running;
}

/** Waits for a run, whoever began it; the signal of any who waits ends it. */
async function attend(running: Running, signal: AbortSignal | undefined): Promise<Run> {
  const abort = (): void => {
    running.stopped = true;
    void running.terminal?.stop();
  };
  if (signal?.aborted) abort();
  signal?.addEventListener('abort', abort, { once: true });
  try {
    return await running.done;
  } finally {
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

async function execute(ports: VerifyPorts, execution: Execution): Promise<Run> {
  const { clock, store, live } = ports;
  const { test, started, size, request, state } = execution;
  const begun = clock.mono();
  const disturbed = ports.disturbed();
  const output = collectOutput();
  const log = ports.journal.draft();
  const over = request.scratch ? () => undefined : ports.watched();
  live.runStarted(test.command);
  const spec = {
    command: test.command,
    cwd: request.scratch?.directory ?? ports.repository.root,
    env: test.env,
    ...size,
    onData(text: string) {
      output.add(text);
      log.write(text);
      live.runData(text);
    },
  };
  const end = await runToEnd(ports, spec, (run) => {
    state.terminal = run;
    if (state.stopped) void run.stop();
  });
  over();
  const text = output.text();
  const same = request.scratch !== undefined || (await sameTree(ports, started.tree).catch(() => false));
  state.steady = same;
  // What the starting tree says is of use only if it was the starting tree to the end.
  const stopped = state.stopped || (request.purpose === 'start' && !same);
  const report = stopped ? { failures: [] } : test.read(text);
  // A look that fails is met again by the commit; the run must have its end all the same.
  const kept = stopped ? undefined : log.keep();
  if (stopped) log.drop();
  const looked = stopped ? [] : await (request.wrote?.() ?? Promise.resolve([])).catch(() => undefined);
  const wrote = looked ?? [];
  store.record({
    type: 'run.finished',
    run: started.seq,
    verdict: stopped ? 'stopped' : verdictOf(end, report),
    exit: end.code,
    ms: Math.round(clock.mono() - begun),
    failures: report.failures,
    tail: tailOf(plainText(text), TAIL.lines, TAIL.characters),
    cacheable: same && looked?.length === 0 && !disturbed && !ports.disturbed(),
    ...(report.counts && { counts: report.counts }),
    ...(kept && { log: kept }),
    ...(wrote.length > 0 && { wrote }),
    ...(end.reason && { reason: end.reason }),
  });
  // Until the next look at the files: they are the ones that were tested.
  if (!stopped && same && request.scratch === undefined) live.change((state) => (state.staleFiles = 0));
  const result = store.getState().tests.results.findLast((each) => each.run.id === started.seq)?.run;
  return result ?? { ...started, id: started.seq, verdict: 'stopped', failures: [] };
}

/** Whether the tree is still the one that the run was started on. */
async function sameTree(ports: VerifyPorts, key: string): Promise<boolean> {
  return key.startsWith(`${await ports.repository.treeHash()} `);
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
