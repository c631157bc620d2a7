// A bug ends the process, from wherever it happened.

/** Whoever holds the terminal restores it on the way out. */
export function crash(error: unknown): void {
  setImmediate(() => {
    throw error;
  });
}
