// Slow work that is asked for often: one at a time, and those who ask meanwhile share the next one.

/**
 * At most one `work` runs and at most one waits, which then gets the newest input.
 * Each answer resolves or rejects with a run that began after it was asked for.
 */
export function coalesce<Input = void>(
  work: (input: Input) => Promise<void>,
): (input: Input) => Promise<void> {
  let newest: Input;
  let running: Promise<void> | undefined;
  let waiting: Promise<void> | undefined;
  const begin = (): Promise<void> => {
    waiting = undefined;
    const run = work(newest).finally(() => {
      running = undefined;
    });
    running = run;
    return run;
  };
  return (input) => {
    newest = input;
    if (running === undefined) return waiting ?? begin();
    waiting ??= running.then(begin, begin);
    return waiting;
  };
}
