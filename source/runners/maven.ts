// Reads Maven: what Surefire says of each class, the totals of each module, and goals other than tests that failed.
import { sumNumbers } from './counts.ts';
import { boundDetail, joinTitles, linesBelow, linesUntil } from './failures.ts';
import { toReport } from './report.ts';
import { type Counts, type Failure, type Runner, runsProgram } from './runner.ts';
import { findOwnPlace } from './source-path.ts';

/** Surefire before 2.20 has no levels before its lines. */
const TOTAL =
  /^(?:\[[A-Z]+\] )?Tests run: (\d{1,9}), Failures: (\d{1,9}), Errors: (\d{1,9}), Skipped: (\d{1,9})(?:, Flakes: \d+)?$/;
const CLASS = /^(?:\[[A-Z]+\] )?(?:Running|Tests run: .* in) (\S+)$/;
const FAILED = /^(?:\[[A-Z]+\] )?(?!Tests run)(\S.*) Time elapsed: .+ <<< (?:FAILURE|ERROR)!$/;
const LEVEL = /^\[[A-Z]+\] /;
const STACK = /^ +at /;
const GOAL = /^\[ERROR\] Failed to execute goal (\S+) .*\bon project (\S+): (.+)$/;
const TESTS_FAILED = /^There (?:are|were) test failures/;
const ERROR_PLACE = /^\[ERROR\] (\S+):\[(\d+),\d+\] (.+)$/;
const NO_TESTS = /^(?:\[[A-Z]+\] )?(?:No tests to run\.|There are no tests to run\.)$/;

export const maven: Runner = {
  name: 'maven',
  matches: (command) => runsProgram(command, 'mvn[wd]?'),
  sign: /^(?:\[[A-Z]+\] )?(?:Tests run: |(?:No|There are no) tests to run\.$|Failed to execute goal )|<<< (?:FAILURE|ERROR)!$/,
  read: (lines) => {
    const counts = readTotals(lines);
    const failures = [...readFailures(lines), ...readGoals(lines)];
    if (counts !== undefined || failures.length > 0) return toReport(counts, failures);
    return lines.some((line) => NO_TESTS.test(line)) ? { failures, none: true } : undefined;
  },
};

/** One line a module. */
function readTotals(lines: readonly string[]): Counts | undefined {
  const [tests, failures = 0, errors = 0, skipped = 0] = sumNumbers(lines, TOTAL);
  if (tests === undefined) return undefined;
  const failed = failures + errors;
  return { passed: Math.max(0, tests - failed - skipped), failed, skipped };
}

function readFailures(lines: readonly string[]): Failure[] {
  let running = '';
  return lines.flatMap((line, index) => {
    const heading = FAILED.exec(line)?.[1]?.replace(/ --$/, '').trim();
    if (heading === undefined) {
      // "Tests run: … <<< FAILURE! - in org.sample.SlugTest"
      running = CLASS.exec(line)?.[1] ?? running;
      return [];
    }
    const { className, title } = splitHeading(heading, running);
    const block = linesUntil(linesBelow(lines, index, FAILED), LEVEL);
    const place = findOwnPlace(className, block);
    const detail = boundDetail(linesUntil(block, STACK));
    return [{ name: joinTitles([className, title]), ...place, ...(detail && { detail }) }];
  });
}

/** `raises(org.sample.SlugTest)`, `org.sample.SlugTest.raises`, or `raises` alone; a class where none of its tests ran. */
function splitHeading(heading: string, running: string): { className: string; title: string } {
  const open = heading.lastIndexOf('(');
  const bracketed = heading.endsWith(')') ? heading.slice(open + 1, -1) : '';
  if (bracketed.includes('.') && !bracketed.includes(' '))
    return { className: bracketed, title: heading.slice(0, open) };
  if (heading === running) return { className: running, title: '' };
  const title = heading.startsWith(`${running}.`) ? heading.slice(running.length + 1) : heading;
  return { className: running, title };
}

/** A module that does not compile, or whose tests could not be run. */
function readGoals(lines: readonly string[]): Failure[] {
  return lines.flatMap((line, index) => {
    const [, goal, project, reason] = GOAL.exec(line) ?? [];
    if (goal === undefined || project === undefined || reason === undefined) return [];
    if (TESTS_FAILED.test(reason)) return [];
    const [, file, number, message] = ERROR_PLACE.exec(lines[index + 1] ?? '') ?? [];
    const detail = boundDetail([reason, message ?? '']);
    return [
      {
        name: joinTitles([project, goal.split(':').at(-1) ?? goal]),
        ...(file && { file, line: Number(number) }),
        ...(detail && { detail }),
      },
    ];
  });
}
