// How long a call waits for its command: until it is done, its time is up, or the person interrupts.

export type Waited = 'done' | 'late' | 'aborted';

/** Never rejects; an aborted signal wins over everything else. */
export function waitFor(done: Promise<void>, ms: number, signal: AbortSignal): Promise<Waited> {
  return new Promise((resolve) => {
    const settle = (how: Waited): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      resolve(how);
    };
    const onAbort = (): void => settle('aborted');
    const timer = setTimeout(settle, ms, 'late');
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
    void done.then(() => settle('done'));
  });
}
