// Runs of the project's tests: one at a time, each under the key of the tree that it tested (rules 9-15).
import { greenFor, type Run } from '../session/tests.ts';
import type { Project, TestCommand } from './ports.ts';
import { attend, begin, type Running, type RunPorts, type RunRequest } from './run-tests.ts';

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

export function createVerifier(ports: RunPorts): Verifier {
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
