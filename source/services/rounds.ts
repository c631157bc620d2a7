// Spreads what holds the loop, so that a key is read and shown in between.
import { setImmediate as comeRound, setTimeout as sleep } from 'node:timers/promises';

/**
 * Resolves once a key that was typed until now is on the screen: read in the next round of the loop at the latest, and
 * written at the end of that one. What came round before the writing would hold it up, so a timer comes after both.
 */
export async function letKeysThrough(): Promise<void> {
  await comeRound();
  await comeRound();
  await sleep(1);
}
