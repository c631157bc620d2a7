// When the worktree is looked at: beside a request that stays open, and not between calls that follow each other at once.
// A look starts git, which holds the loop for as long as a short command takes: of 100 calls that a model asked for
// without a pause, it made up a third. File times tell whose a change is, so that a later look says the same.
import type { Clock } from './ports.ts';

/** ms that a request is open before anybody looks. */
const OPEN_MS = 25;
/** ms after which a look is taken all the same, however soon the answers come. */
const LATEST_MS = 1_000;

export interface Looks<T> {
  /** A request is on its way. Resolves with the look that is taken beside it, or beside a later one. Rejects as `look` does. */
  request(): Promise<T>;
  /** It is over: what follows should not share the machine with git. */
  answered(): void;
  /** Somebody waits for the look, or there will be no further request. Resolves when the newest one has ended. */
  now(): Promise<void>;
}

/** A look that is due. */
interface Wanted<T> {
  readonly taken: Promise<T>;
  /** Aborted once it is taken, or the turn is interrupted: a wait that went on would keep the process from its end. */
  readonly ended: AbortSignal;
  readonly take: () => void;
}

export function createLooks<T>(clock: Clock, look: () => Promise<T>, signal: AbortSignal): Looks<T> {
  let requests = 0;
  let isOpen = false;
  let newest: Promise<unknown> = Promise.resolve();
  let wanted: Wanted<T> | undefined;

  const want = (): Wanted<T> => {
    const { promise: due, resolve } = Promise.withResolvers<void>();
    const over = new AbortController();
    const own = {
      taken: due.then(look),
      ended: AbortSignal.any([signal, over.signal]),
      take() {
        if (wanted !== own) return;
        wanted = undefined;
        resolve();
        over.abort();
      },
    };
    void clock.sleep(LATEST_MS, own.ended).then(own.take);
    // A fault is told to who asked.
    newest = own.taken.catch(() => undefined);
    return own;
  };
  return {
    request() {
      wanted ??= want();
      isOpen = true;
      requests += 1;
      const [own, mine] = [wanted, requests];
      void clock.sleep(OPEN_MS, own.ended).then(() => {
        if (own.ended.aborted || (isOpen && requests === mine)) own.take();
      });
      return own.taken;
    },
    answered() {
      isOpen = false;
    },
    async now() {
      wanted?.take();
      await newest;
    },
  };
}
