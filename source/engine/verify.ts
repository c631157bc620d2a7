// Runs of the project's tests: one at a time, each under the key of the tree that it tested (rules 9-15).
import { toShip } from '../session/claims.ts';
import { greenFor, type Run, resultFor } from '../session/tests.ts';
import type { Status } from './git-ports.ts';
import type { Project, TestCommand } from './ports.ts';
import { attend, begin, type Running, type RunPorts, type RunRequest } from './run-tests.ts';

export interface Verifier {
  /** What tests the paths that are to be committed; all of the tests where there are none. */
  command(): Promise<TestCommand | undefined>;
  /** The key of the tree as it stands, or as a look has just seen it: its hash, the test command and the epoch. */
  key(look?: Status): Promise<string>;
  /** Files changed: another test command may be found in them. */
  findAgain(): void;
  /** Something happened that a hash of the tree does not show (rule 9). */
  nextEpoch(): void;
  /** A green run of this very tree that may be used again. */
  green(look?: Status): Promise<Run | undefined>;
  /**
   * Runs the tests; waits for a run of the same tree that is under way, stops any other. Undefined: there is no command.
   * A speculative one stops no other, and does not begin where the tree's result is known.
   */
  run(request: RunRequest): Promise<Run | undefined>;
  /** Stops what runs; resolves when it is gone. */
  stop(): Promise<void>;
  resize(columns: number, rows: number): void;
  /** To the program that runs, if one does. */
  type(text: string): void;
}

export function createVerifier(ports: RunPorts): Verifier {
  const { store, project, repository } = ports;
  let epoch = 0;
  const found = keepFound(project);
  const command: Verifier['command'] = async () => {
    const whole = await found.command();
    return whole?.touching?.(toShip(store.getState().claims)) ?? whole;
  };
  const keyOf = async (test: TestCommand | undefined, look?: Status): Promise<string> => {
    const hash = await repository.treeHash(look);
    return `${hash} ${test?.command ?? ''} ${await project.stamp()} ${store.getState().openedSeq}.${epoch}`;
  };
  const key = async (look?: Status): Promise<string> => keyOf(await command(), look);
  const place = createPlace(ports, async ({ scratch }, look) => {
    const test = await command();
    if (test === undefined) return undefined;
    return { test, key: scratch ? `${scratch.tree} ${test.command} scratch` : await keyOf(test, look) };
  });
  return {
    ...place,
    key,
    command,
    findAgain: found.forget,
    nextEpoch() {
      epoch += 1;
      found.forget();
    },
    green: async (look) => greenFor(store.getState().tests, await key(look)),
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
        const run = await attend(running, request);
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
