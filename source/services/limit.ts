// A limit in time on work that nearly always ends sooner, and then leaves nothing behind.

export interface Limit {
  /** Aborted once the time is up, with `outer` and its reason, or by `abort`. */
  readonly signal: AbortSignal;
  isPassed(): boolean;
  abort(): void;
  /** The work has ended. */
  end(): void;
}

/**
 * Not `AbortSignal.timeout`, whose timer fires though the work is long done: a screen that rests behind 100 turns was
 * woken 500 times in 40 s by the limits of its calls of git, and took 310 ms of the processor.
 */
export function createLimit(ms: number, outer?: AbortSignal): Limit {
  const controller = new AbortController();
  let passed = false;
  const abort = (): void => controller.abort();
  const follow = (): void => controller.abort(outer?.reason);
  const timer = setTimeout(() => {
    passed = true;
    abort();
  }, ms).unref();
  outer?.addEventListener('abort', follow, { once: true });
  if (outer?.aborted) follow();
  return {
    signal: controller.signal,
    isPassed: () => passed,
    abort,
    end() {
      clearTimeout(timer);
      outer?.removeEventListener('abort', follow);
    },
  };
}
