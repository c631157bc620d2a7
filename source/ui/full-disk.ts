// What a key is answered with where the session's disk takes nothing: the reason. What the key was about stays as it was.

/** A failing journal says in its error what was tried and what to do; any other error is a bug, and goes on. */
export function orReason<T>(work: () => T): { readonly done: T } | { readonly failed: string } {
  try {
    return { done: work() };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'journal')
      return { failed: error.message };
    throw error;
  }
}
