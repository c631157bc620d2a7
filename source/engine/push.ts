// Pushes the branch, for the model with a ship or for the person by hand, and records what came of it.
import type { Committer } from './git-ports.ts';
import type { LiveWriter } from './live.ts';
import type { Store } from './store.ts';

export interface PushPorts {
  readonly store: Store;
  readonly live: LiveWriter;
  readonly committer: Committer;
}

export interface Pushed {
  readonly ok: boolean;
  /** What came of it, in a sentence for people and for the model. */
  readonly output: string;
}

export async function push(
  { store, committer }: Omit<PushPorts, 'live'>,
  signal: AbortSignal,
): Promise<Pushed> {
  const result = await committer.push(signal);
  if (!result.ok) {
    const output = `not pushed: ${result.reason} By hand: ${result.command}`;
    store.record({ type: 'notice.raised', level: 'warning', text: output });
    return { ok: false, output };
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
