// Runs of the project's tests: one at a time, each under the key of the tree that it tested (rules 9-15).
import { toShip } from '../session/claims.ts';
import { greenFor, type Run, resultFor } from '../session/tests.ts';
import type { Status } from './git-ports.ts';
import type { Project, TestCommand } from './ports.ts';
import { attend, begin, overAlready, type Running, type RunPorts, type RunRequest } from './run-tests.ts';

/** What runs of this very tree have said: the newest, and one that may answer a ship (rule 9). */
export interface Known {
  readonly run?: Run;
  readonly green?: Run;
}

export interface Verifier {
  /** What tests the paths that are to be committed; all of the tests where there are none. Undefined: there are no tests. */
  command(): Promise<TestCommand | undefined>;
  /**
   * What a ship waits for, and what runs before it: the command, or `tests.before_commit` in its place. Undefined: nothing.
   * Where commits cannot be tested after they were made, it is the command.
   */
  gate(): Promise<TestCommand | undefined>;
  /** The key of the tree as it stands, or as a look has just seen it: its hash, the gate's command and the epoch. */
  key(look?: Status): Promise<string>;
  /** Files changed: another test command may be found in them. */
  findAgain(): void;
  /** Something happened that a hash of the tree does not show (rule 9). */
  nextEpoch(): void;
  /** Of all of the tests, and of the gate. */
  known(look?: Status): Promise<{ readonly full: Known; readonly gate: Known }>;
  /**
   * Runs the gate, or all of the tests; waits for a run of the same tree that is under way, stops any other. Undefined: there is no command.
   * A speculative one stops no other, and does not begin where the tree's result is known.
   */
  run(request: RunRequest): Promise<Run | undefined>;
  /** Stops what runs; resolves when it is gone. */
  stop(): Promise<void>;
  /** A place of its own for runs of commits, which nobody waits for. */
  readonly beside: Pick<Verifier, 'run' | 'stop'>;
  resize(columns: number, rows: number): void;
  /** To the program that runs, if one does. */
  type(text: string): void;
}

export function createVerifier(ports: RunPorts): Verifier {
  const { store, project, repository } = ports;
  let epoch = 0;
  const found = keepFound(project);
  const command = async (paths?: readonly string[]): Promise<TestCommand | undefined> => {
    const whole = await found.command();
    return whole?.touching?.(paths ?? toShip(store.getState().claims)) ?? whole;
  };
  const gate = async (): Promise<TestCommand | undefined> => {
    const all = await command();
    if (all === undefined || store.getState().tests.scratchOff) return all;
    const first = project.beforeCommit();
    return first === undefined ? all : (first ?? undefined);
  };
  /** Of each of the commands. */
  const keys = async (
    look: Status | undefined,
    ...tests: readonly (TestCommand | undefined)[]
  ): Promise<string[]> => {
    const [hash, stamp] = await Promise.all([repository.treeHash(look), project.stamp()]);
    return tests.map(
      (test) => `${hash} ${test?.command ?? ''} ${stamp} ${store.getState().openedSeq}.${epoch}`,
    );
  };
  const want = async (
    { scratch, full, paths }: RunRequest,
    look: Status | undefined,
  ): Promise<Wanted | undefined> => {
    const test = await (full || paths ? command(paths) : gate());
    if (test === undefined) return undefined;
    const key = scratch ? `${scratch.tree} ${test.command} scratch` : (await keys(look, test))[0];
    return { test, key: key ?? '' };
  };
  const place = createPlace(ports, want);
  const beside = createPlace(ports, want);
  return {
    ...place,
    beside,
    resize(columns, rows) {
      for (const each of [place, beside]) each.resize(columns, rows);
    },
    command: () => command(),
    gate,
    key: async (look) => (await keys(look, await gate()))[0] ?? '',
    findAgain: found.forget,
    nextEpoch() {
      epoch += 1;
      found.forget();
    },
    async known(look) {
      const [full = '', first = ''] = await keys(look, await command(), await gate());
      const { tests } = store.getState();
      const of = (key: string): Known => ({ run: resultFor(tests, key), green: greenFor(tests, key) });
      return { full: of(full), gate: of(first) };
    },
  };
}

/** What a request comes to. */
interface Wanted {
  readonly test: TestCommand;
  readonly key: string;
}

/** A place in which one run at a time goes on. Undefined from `want`: there is no command. */
function createPlace(
  ports: RunPorts,
  want: (request: RunRequest, look: Status | undefined) => Promise<Wanted | undefined>,
): Pick<Verifier, 'run' | 'stop' | 'resize' | 'type'> {
  const size = { columns: 100, rows: 30 };
  /** Counts the stops: a run that was asked for before one never starts after it. */
  let stops = 0;
  let current: Running | null = null;
  /** The key of what the last run left behind. */
  let left: string | undefined;
  let entry: Promise<unknown> = Promise.resolve();

  const halt = async (): Promise<void> => {
    const running = current;
    if (running === null) return;
    running.stopped = true;
    await running.terminal?.stop();
    await running.done;
  };

  /** What a run wrote itself is no news (rule 11). */
  const isKnown = (key: string): boolean =>
    key === left || resultFor(ports.store.getState().tests, key) !== undefined;

  /** One at a time: a run of the same tree is joined, any other makes way. */
  const admit = async (
    request: RunRequest,
    look: Status | undefined,
    asked: number,
  ): Promise<Running | undefined> => {
    const wanted = await want(request, look);
    if (wanted === undefined || stops !== asked) return undefined;
    if (current?.key === wanted.key && !current.stopped) return current;
    // One that ended since the ship asked, or while the key was worked out, answers it.
    const green = request.purpose === 'ship' ? greenFor(ports.store.getState().tests, wanted.key) : undefined;
    if (green !== undefined) return overAlready(wanted.key, request, green);
    if (request.purpose === 'speculative' && (current !== null || isKnown(wanted.key))) return undefined;
    await halt();
    if (stops !== asked || request.signal?.aborted) return undefined;
    const running = begin(ports, { ...wanted, size, request }, () => {
      left = running.left ?? left;
      if (current === running) current = null;
    });
    current = running;
    return running;
  };

  return {
    async run(request) {
      // After a run that was joined the look is an old one.
      for (let { look } = request; ; look = undefined) {
        const asked = stops;
        const admitted = entry.then(() => admit(request, look, asked));
        entry = admitted.catch(() => undefined);
        const running = await admitted;
        if (running === undefined) return undefined;
        const run = await attend(ports, running, request);
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
