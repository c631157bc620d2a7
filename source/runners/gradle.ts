// Reads Gradle: tests that failed, as every console prints them, and tasks other than tests that failed.
import { sumNumbers } from './counts.ts';
import { boundDetail, joinTitles, linesBelow, linesUntil } from './failures.ts';
import { toReport } from './report.ts';
import { type Counts, type Failure, type Runner, runsProgram } from './runner.ts';
import { findOwnPlace } from './source-path.ts';

const BUILD = /^BUILD (SUCCESSFUL|FAILED) in /;
/** `org.sample.SlugTest > raises() FAILED`; the others only where the project asks for them. */
const TEST = /^([^\s>][^>]*) > (.+) (PASSED|SKIPPED|FAILED)$/;
const COMPLETED = /^(\d{1,9}) tests? completed(?:, (\d{1,9}) failed)?(?:, (\d{1,9}) skipped)?$/;
const STACK = /^ {8}at /;
const NOT_INDENTED = /^(?! {4})/;
const TASK_FAILED = /^Execution failed for task '(:[^']+)'\.$/;
const TESTS_FAILED = /^> There were failing tests/;
/** As the compilers of Java and Kotlin write it. */
const COMPILER = /^(?:e: )?(?:file:\/\/)?([^\s:]+):(\d+):(?:\d+:?)? (?:error: )?(.+)$/;
/** Every task has a line of its own only on the plain and the verbose console. */
const TEST_TASK = /^(?:> Task )?:(?:\S+:)?test(?: (\S+))?$/;

export const gradle: Runner = {
  name: 'gradle',
  matches: (command) => runsProgram(command, 'gradlew?'),
  watch: { asked: /\s(?:--continuous|-t)(?=$|\s)/ },
  sign: BUILD,
  read: (lines) => {
    const build = lines.map((line) => BUILD.exec(line)?.[1]).find((verdict) => verdict !== undefined);
    if (build === undefined) return undefined;
    const failures = [...readFailures(lines), ...readTasks(lines)];
    const none = build === 'SUCCESSFUL' && hasNoSources(lines);
    return none ? { failures, none } : toReport(readTotals(lines), failures);
  },
};

function hasNoSources(lines: readonly string[]): boolean {
  const outcomes = lines.flatMap((line) => {
    const task = TEST_TASK.exec(line);
    return task === null ? [] : [task[1]];
  });
  return outcomes.length > 0 && outcomes.every((outcome) => outcome === 'NO-SOURCE');
}

/** Modules whose tests all passed say nothing, unless each test is logged. */
function readTotals(lines: readonly string[]): Counts | undefined {
  const outcomes = lines.flatMap((line) => TEST.exec(line)?.[3] ?? []);
  const logged = (outcome: string): number => outcomes.filter((each) => each === outcome).length;
  if (logged('PASSED') > 0)
    return { passed: logged('PASSED'), failed: logged('FAILED'), skipped: logged('SKIPPED') };
  const [tests, failed = 0, skipped = 0] = sumNumbers(lines, COMPLETED);
  return tests === undefined ? undefined : { passed: Math.max(0, tests - failed - skipped), failed, skipped };
}

function readFailures(lines: readonly string[]): Failure[] {
  return lines.flatMap((line, index) => {
    const [, className, title, outcome] = TEST.exec(line) ?? [];
    if (className === undefined || title === undefined || outcome !== 'FAILED') return [];
    const block = linesBelow(lines, index, NOT_INDENTED);
    const detail = boundDetail(linesUntil(block, STACK));
    return [
      { name: joinTitles([className, title]), ...findOwnPlace(className, block), ...(detail && { detail }) },
    ];
  });
}

function readTasks(lines: readonly string[]): Failure[] {
  const [, file, number, message] =
    lines.map((line) => COMPILER.exec(line)).find((match) => match !== null) ?? [];
  return lines.flatMap((line, index) => {
    const task = TASK_FAILED.exec(line)?.[1];
    const reason = lines[index + 1] ?? '';
    if (task === undefined || TESTS_FAILED.test(reason)) return [];
    const compiles = /Compil/.test(reason);
    const detail = boundDetail([reason.replace(/^> /, ''), ...(compiles && message ? [message] : [])]);
    return [
      { name: task, ...(compiles && file && { file, line: Number(number) }), ...(detail && { detail }) },
    ];
  });
}
