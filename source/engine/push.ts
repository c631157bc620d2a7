// Pushes the branch, for the model with a ship or for the person by hand, and records what came of it.
import { latestLate } from '../session/commits.ts';
import type { Committer } from './git-ports.ts';
import type { LateTests } from './late-tests.ts';
import type { LiveWriter } from './live.ts';
import type { Store } from './store.ts';

export interface PushPorts {
  readonly store: Store;
  readonly live: LiveWriter;
  readonly committer: Committer;
  readonly late: LateTests;
}

export interface Pushed {
  readonly ok: boolean;
  /** What came of it, in a sentence for people and for the model. */
  readonly output: string;
}

export async function push(
  { store, committer, late }: Omit<PushPorts, 'live'>,
  signal: AbortSignal,
): Promise<Pushed> {
  const held = await waitForTests(store, late, signal);
  if (held !== undefined) return refuse(store, held);
  const result = await committer.push(signal);
  if (!result.ok) {
    return refuse(store, `${result.reason} By hand: ${result.command}`);
  }
  const { to, commits } = result;
  const output = `pushed ${commits} ${commits === 1 ? 'commit' : 'commits'} to ${to}`;
  store.record({
    type: 'notice.raised',
    level: 'info',
    text: output,
    about: { kind: 'pushed', to, commits },
  });
  return { ok: true, output };
}

function refuse(store: Store, reason: string): Pushed {
  const output = `not pushed: ${reason}`;
  store.record({ type: 'notice.raised', level: 'warning', text: output });
  return { ok: false, output };
}

/** What is still being tested is pushed once it is green (rule 46). The reason where it is not. */
async function waitForTests(store: Store, late: LateTests, signal: AbortSignal): Promise<string | undefined> {
  const waits = latestLate(store.getState().commits);
  if (waits?.verdict.kind !== 'testing') return undefined;
  const sha = waits.sha.slice(0, 7);
  store.record({ type: 'notice.raised', level: 'info', text: `the push waits for the tests of ${sha}` });
  await late.settled(0, signal);
  const verdict = store.getState().commits.made.find((commit) => commit.sha === waits.sha)?.verdict.kind;
  if (verdict === 'red') return `the tests of ${sha} are red.`;
  return verdict === 'testing' ? `${sha} has not been tested: run the tests first.` : undefined;
}

export interface Pusher {
  /** Begins a push beside whatever else goes on. While one is on its way, does nothing. */
  push(): void;
  /** Interrupts the push that is on its way; resolves when it has ended. */
  close(): Promise<void>;
}

/** The person's own pushes: no turn waits for them, and the status keeps saying what the turn does. */
export function createPusher(ports: PushPorts, onFatal: (error: unknown) => void): Pusher {
  const abort = new AbortController();
  let running: Promise<unknown> | undefined;
  const show = (pushing: boolean): void => ports.live.change((state) => Object.assign(state, { pushing }));
  return {
    push() {
      if (running !== undefined || abort.signal.aborted) return;
      show(true);
      running = push(ports, abort.signal)
        .catch(onFatal)
        .finally(() => {
          running = undefined;
          show(false);
        });
    },
    async close() {
      abort.abort();
      await running;
    },
  };
}
