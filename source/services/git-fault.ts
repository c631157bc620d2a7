// Faults of the file system as the one error that a port may reject with.
import { AppError } from '../engine/errors.ts';

/** Runs `work`; what the system refuses rejects as `AppError('git')`, bugs stay what they are. */
export async function withFaults<T>(root: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (!(cause instanceof Error && 'syscall' in cause)) throw cause;
    throw new AppError('git', `Working with the repository at ${root} failed: ${cause.message}`, { cause });
  }
}
