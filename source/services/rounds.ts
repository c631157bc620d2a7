// Spreads what holds the loop: of several that begin at once, each has a round of the loop to itself.
import { setImmediate as comeRound } from 'node:timers/promises';

/**
 * Resolves at once where nobody else began in this round, else once keys were let through behind the one before. Twice:
 * what began while Node reads its files comes round the first time before these are read again.
 */
export function createRounds(): () => Promise<void> {
  let free: Promise<void> = Promise.resolve();
  return () => {
    const own = free;
    free = own.then(() => comeRound()).then(() => comeRound());
    return own;
  };
}
