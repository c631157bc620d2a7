// Tells a failing world from a bug.
import { AppError } from '../engine/errors.ts';

/** What the world threw, as an `AppError('journal')`; bugs stay what they are. */
export function journalError(attempt: string, cause: unknown, advice: string): unknown {
  if (cause instanceof AppError || !(cause instanceof Error && 'code' in cause)) return cause;
  return new AppError('journal', `${attempt}: ${cause.message}; ${advice}`, { cause });
}
