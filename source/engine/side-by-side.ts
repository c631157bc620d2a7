// Runs the calls of an answer at once where they do not conflict: a model that sends several together needs the output
// of none for another.

/** With whom a call may run: with nobody, with all but those that share its number, or with all that are not alone. */
export type Share = 'alone' | 'free' | number;

export interface Order<T, R> {
  readonly all: readonly T[];
  /** Asked when nothing that is alone runs any more. */
  readonly share: (each: T) => Promise<Share>;
  /** `stop` is aborted with `signal`, and when another one has rejected. */
  readonly run: (each: T, stop: AbortSignal) => Promise<R>;
  readonly signal: AbortSignal;
}

interface Running<R> {
  readonly share: Share;
  readonly done: Promise<R>;
}

/**
 * Begins them in their order, each as soon as nothing before it conflicts with it. The results stand in the same order.
 * Rejects as the first one does, once all that were begun have ended; then no further one begins.
 */
export async function sideBySide<T, R>({ all, share, run, signal }: Order<T, R>): Promise<R[]> {
  const fault = new AbortController();
  const stop = AbortSignal.any([signal, fault.signal]);
  const begun: Running<R>[] = [];
  const over = (conflicts: (other: Share) => boolean): Promise<unknown> =>
    Promise.all(begun.filter((each) => conflicts(each.share)).map((each) => each.done));
  try {
    for (const each of all) {
      await over((other) => other === 'alone');
      const own = await share(each);
      await over((other) => own === 'alone' || (own !== 'free' && other === own));
      if (fault.signal.aborted) break;
      const done = run(each, stop);
      // Who waits for it hears of it, too.
      done.catch(() => fault.abort());
      begun.push({ share: own, done });
    }
    return await Promise.all(begun.map(({ done }) => done));
  } finally {
    await Promise.allSettled(begun.map(({ done }) => done));
  }
}
