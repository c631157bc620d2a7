// Runs of the project's tests: what is running, what the last ones said, which greens may be used again.

import type { Recorded } from './events.ts';
import type { Counts, Failure, RunPurpose, RunVerdict, SlowTests } from './facts.ts';

/** One run. `verdict` absent: it is running. */
export interface Run {
  readonly id: number;
  readonly purpose: RunPurpose;
  readonly command: string;
  /** The key of rule 9. */
  readonly tree: string;
  /** Names of the suites that the command is made of. */
  readonly suites?: readonly string[];
  readonly at: number;
  readonly verdict?: RunVerdict;
  readonly exit?: number | null;
  readonly ms?: number;
  readonly counts?: Counts;
  readonly failures: readonly Failure[];
  readonly reason?: string;
  /** End of the cleaned output. */
  readonly tail?: string;
  readonly log?: string;
  readonly wrote?: readonly string[];
  readonly slow?: readonly SlowTests[];
  /** Turned from red to green on the same tree. */
  readonly flaky?: true;
  /** The commit that is tested beside the work. */
  readonly commit?: string;
}

export interface Tests {
  readonly running?: Run;
  /** The run of a commit, beside the work. */
  readonly beside?: Run;
  /** The newest run that ended with a verdict (not `stopped`). */
  readonly last?: Run;
  /** Results by key, newest last, bounded: greens that may answer a ship, and reds to know flaky ones by. */
  readonly results: readonly { readonly tree: string; readonly run: Run; readonly cacheable: boolean }[];
  /** Names of failures that the model called known, until they have been green. */
  readonly known: readonly string[];
  /** Whether scratch checkouts proved useless here (rule 10). */
  readonly scratchOff?: true;
}

const RESULTS = 50;
export const emptyTests: Tests = { results: [], known: [] };

export function reduceTests(tests: Tests, event: Recorded): Tests {
  switch (event.type) {
    case 'session.opened':
      return tests.running || tests.beside ? without(without(tests, 'running'), 'beside') : tests;
    case 'run.started': {
      const { seq, purpose, command, tree, suites, at, commit } = event;
      const run: Run = { id: seq, purpose, command, tree, ...(suites && { suites }), at, failures: [] };
      return commit === undefined ? { ...tests, running: run } : { ...tests, beside: { ...run, commit } };
    }
    case 'run.finished':
      return finish(tests, event);
    case 'notice.raised':
      if (event.about?.kind === 'known')
        return { ...tests, known: [...new Set([...tests.known, ...event.about.failures])] };
      return event.about?.kind === 'scratch off' ? { ...tests, scratchOff: true } : tests;
    default:
      return tests;
  }
}

function without(tests: Tests, place: 'running' | 'beside'): Tests {
  const { [place]: _, ...rest } = tests;
  return rest;
}

function finish(tests: Tests, event: Recorded & { type: 'run.finished' }): Tests {
  const place = tests.beside?.id === event.run ? 'beside' : 'running';
  const started = tests[place];
  if (started === undefined || started.id !== event.run) return tests;
  const rest = without(tests, place);
  if (event.verdict === 'stopped') return rest;
  const { verdict, exit, ms, counts, failures, tail, log, wrote, reason, slow } = event;
  const wasRed = tests.results.some((result) => result.tree === started.tree && result.run.verdict === 'red');
  const optional = {
    ...(counts && { counts }),
    ...(log && { log }),
    ...(wrote?.length && { wrote }),
    ...(reason && { reason }),
    ...(slow?.length && { slow }),
  };
  const flaky = verdict === 'green' && wasRed ? { flaky: true as const } : {};
  const run: Run = { ...started, verdict, exit, ms, failures, tail, ...optional, ...flaky };
  const results = [...tests.results, { tree: run.tree, run, cacheable: event.cacheable === true }].slice(
    -RESULTS,
  );
  const known = stillFailing(tests, run);
  // A scratch checkout says nothing about the tree that the person looks at.
  if (run.purpose === 'scratch') return { ...rest, results };
  return run.commit === undefined ? { ...rest, last: run, results, known } : { ...rest, results, known };
}

/**
 * A green run clears them all; a red one with names keeps those that it names. Suites say nothing of other suites, and what
 * only another command was seen to name is not for this one to clear: that command may run more.
 */
function stillFailing({ known, results }: Tests, run: Run): readonly string[] {
  if (run.verdict !== 'green' && (run.verdict !== 'red' || run.failures.length === 0)) return known;
  const names = new Set(run.failures.map((failure) => failure.name));
  const untold = (name: string): boolean =>
    run.suites?.every((suite) => !name.startsWith(`${suite}: `)) ?? isAnothers(results, run, name);
  return known.filter((name) => (run.verdict === 'red' && names.has(name)) || untold(name));
}

function isAnothers(results: Tests['results'], { command }: Run, name: string): boolean {
  const named = results.filter(({ run }) => run.failures.some((failure) => failure.name === name));
  return named.length > 0 && named.every(({ run }) => run.command !== command && run.suites === undefined);
}

/** What ran, in few words. */
export function titleOf({ suites, command }: Pick<Run, 'suites' | 'command'>): string {
  return suites?.join(' · ') ?? command;
}

/** The run whose output is shown: of a commit only until a run in the worktree takes its place. */
export function shownRun({ running, beside, last }: Tests): Run | undefined {
  return running ?? (beside !== undefined && beside.id > (last?.id ?? 0) ? beside : undefined);
}

/** The run that is read: the newest that ended with a verdict, in the worktree or of a commit beside it. */
export function newestEnded({ results, last }: Pick<Tests, 'results' | 'last'>): Run | undefined {
  const of = results.findLast(({ run }) => run.commit !== undefined)?.run;
  return of !== undefined && endOf(of) > (last === undefined ? 0 : endOf(last)) ? of : last;
}

/** Epoch ms. */
function endOf({ at, ms }: Run): number {
  return at + (ms ?? 0);
}

/** The newest result for a key, or undefined where that tree was never tested. */
export function resultFor(tests: Tests, tree: string): Run | undefined {
  return tests.results.findLast((result) => result.tree === tree)?.run;
}

/** A green run that may answer a ship of this very tree (rule 9). */
export function greenFor(tests: Tests, tree: string): Run | undefined {
  return tests.results.findLast(
    (result) => result.tree === tree && result.cacheable && result.run.verdict === 'green',
  )?.run;
}

/**
 * Whether the next run of this command is likely to be a step forward: the last one came to its end in time, and was
 * green, or had failures that no run had counted before it, or fewer of them. Those that were called known do not count.
 */
export function isProgress(tests: Tests, command: string, patienceMs: number): boolean {
  const runs = tests.results.flatMap(({ run }) =>
    run.command === command && run.purpose !== 'scratch' && run.commit === undefined ? [run] : [],
  );
  const [last, before] = [runs.at(-1), runs.at(-2)];
  if (last === undefined) return true;
  if (isSlow(tests, command, patienceMs)) return false;
  if (last.verdict !== 'red') return last.verdict === 'green' || last.verdict === 'none';
  const open = openFailures(last, tests.known);
  return open === 0 || before?.verdict !== 'red' || open < openFailures(before, tests.known);
}

/** Whether this command took longer than somebody waits for, when it ran last. */
export function isSlow({ results }: Tests, command: string, patienceMs: number): boolean {
  return (results.findLast(({ run }) => run.command === command)?.run.ms ?? 0) > patienceMs;
}

function openFailures({ failures, counts }: Run, known: readonly string[]): number {
  const named = failures.filter(({ name }) => !known.includes(name)).length;
  const unnamed = Math.max((counts?.failed ?? 0) - failures.length, failures.length === 0 ? 1 : 0);
  return named + unnamed;
}

/** ` (41 passed, 1 failed)` behind what is said of a run; '' where nobody counted. */
export function describeCounts({ counts }: Pick<Run, 'counts'>): string {
  return counts ? ` (${counts.passed} passed, ${counts.failed} failed)` : '';
}

/** How a run that is not green ended, behind its command. */
export function describeEnd(run: Pick<Run, 'counts' | 'exit' | 'reason'>): string {
  return `${run.reason ?? `ended with exit ${run.exit ?? 'by signal'}`}${describeCounts(run)}`;
}

/** A run's failures as the model reads them. */
export function describeFailures(failures: readonly Failure[]): string {
  return failures
    .map((failure) =>
      [
        `✕ ${failure.name}${failure.file ? ` (${failure.file}${failure.line ? `:${failure.line}` : ''})` : ''}`,
        failure.detail,
      ]
        .filter(Boolean)
        .join('\n  '),
    )
    .join('\n');
}
