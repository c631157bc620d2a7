// What a runner's counts and failures come to: the report that goes on.
import type { TestReport } from '../engine/ports.ts';
import type { Counts, Failure } from './runner.ts';

/** Where no test was counted and nothing failed, there were no tests. */
export function toReport(counts: Counts | undefined, failures: readonly Failure[]): TestReport {
  const tests = counts && counts.passed + counts.failed + counts.skipped;
  const none = tests === 0 && failures.length === 0;
  return { ...(counts && { counts }), failures, ...(none && { none: true as const }) };
}
