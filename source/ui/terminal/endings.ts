// Every way in which the full screen can end, as one callback.

export interface Ending {
  readonly reason: 'quit' | 'signal' | 'crash';
  /** The process's exit code: 0, 128 and the signal's number, or 70 for a bug. */
  readonly code: number;
  readonly error?: unknown;
}

const signals = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

export const quitting: Ending = { reason: 'quit', code: 0 };
/** The terminal went away without a signal. */
export const hungUp: Ending = { reason: 'signal', code: signals.SIGHUP };

export function crashed(error: unknown): Ending {
  return { reason: 'crash', code: 70, error };
}

/**
 * Listens until the returned function is called. `onExit` runs where somebody ends the process without asking. `given`:
 * whether another program has the terminal, whose Ctrl+C reaches us too.
 */
export function listenForEndings(
  onEnding: (ending: Ending) => void,
  onExit: () => void,
  given: () => boolean,
): () => void {
  const onCrash = (error: unknown): void => onEnding(crashed(error));
  const onSignal = (name: NodeJS.Signals): void => {
    if (name === 'SIGINT' && given()) return;
    if (name in signals) onEnding({ reason: 'signal', code: signals[name as keyof typeof signals] });
  };
  const names = Object.keys(signals) as (keyof typeof signals)[];
  for (const name of names) process.on(name, onSignal);
  process.on('uncaughtException', onCrash).on('unhandledRejection', onCrash).on('exit', onExit);
  return () => {
    for (const name of names) process.off(name, onSignal);
    process.off('uncaughtException', onCrash).off('unhandledRejection', onCrash).off('exit', onExit);
  };
}
