// Reads the line of a summary that counts tests: `1 failed | 3 passed | 1 skipped (5)`, `1 failed, 3 passed, 4 total`.
import type { Counts } from './runner.ts';

/** Adds up all lines whose first group holds counts (a run of several packages prints one each); undefined for none. */
export function readCounts(lines: readonly string[], summary: RegExp): Counts | undefined {
  const found = lines.flatMap((line) => summary.exec(line)?.[1] ?? []);
  if (found.length === 0) return undefined;
  const count = (word: string): number =>
    found.reduce((sum, text) => sum + Number(new RegExp(`(\\d+) ${word}\\b`).exec(text)?.[1] ?? 0), 0);
  return { passed: count('passed'), failed: count('failed'), skipped: count('skipped') + count('todo') };
}
