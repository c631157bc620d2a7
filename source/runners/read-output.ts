// Reads what a run of tests printed, by the runner that its command names, else by the one that its words fit.
import type { TestReport } from '../engine/ports.ts';
import { boundFailures } from './failures.ts';
import { jest } from './jest.ts';
import { nodeTest } from './node-test.ts';
import { plainLines } from './plain-lines.ts';
import type { Runner } from './runner.ts';
import { tap } from './tap.ts';
import { vitest } from './vitest.ts';

const runners: readonly Runner[] = [vitest, jest, nodeTest, tap];

/** Arguments that make a command run once, for runners that it starts in a watch mode; '' where none is needed. */
export function watchOff(command: string): string {
  const watching = runners.filter((runner) => runner.matches(command) && runner.watch?.asked.test(command));
  return watching.map((runner) => runner.watch?.off).join(' ');
}

/**
 * Counts and failures of a run. `command` is what was run at last (the script behind an `npm test`). A command may start
 * several runners, and one runner several times: their reports are added up. Output that no runner is known by has no
 * names. Never throws.
 */
export function readOutput(command: string, output: string): TestReport {
  const lines = plainLines(output);
  const named = runners.filter((runner) => runner.matches(command));
  const reports = named.flatMap((runner) => runner.read(lines) ?? []);
  if (reports.length > 0) return addUp(reports);
  for (const runner of runners) {
    const report = runner.read(lines);
    if (report !== undefined) return addUp([report]);
  }
  return { failures: [] };
}

function addUp(reports: readonly TestReport[]): TestReport {
  const counts = reports.flatMap((report) => report.counts ?? []);
  const sum = (of: 'passed' | 'failed' | 'skipped'): number =>
    counts.reduce((total, each) => total + each[of], 0);
  const failures = boundFailures(reports.flatMap((report) => report.failures));
  return {
    ...(counts.length > 0 && {
      counts: { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') },
    }),
    failures,
    ...(reports.every((report) => report.none) && { none: true as const }),
  };
}
