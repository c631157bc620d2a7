// Reads Mocha's list of failures, the same for all reporters that people look at, and leaves its watch mode.
import { type CountWords, readCounts } from './counts.ts';
import { boundDetail, joinTitles, linesBelow, linesUntil } from './failures.ts';
import { readPlace } from './place.ts';
import { toReport } from './report.ts';
import { type Failure, type Runner, runsProgram } from './runner.ts';

const PASSING = /^ {2}\d+ passing \(.+\)$/;
const TOTAL = /^ {2}(\d+ (?:passing|failing|pending))(?: \(.+\))?$/;
const WORDS: CountWords = { passed: 'passing', failed: 'failing', skipped: 'pending' };
const FAILING = /^ {2}\d+ failing$/;
const HEADING = /^ {2}\d+\) (.+)$/;
const STACK = /^ {6,}at /;
/** Of the first line of a message; more lines of it may have none. */
const MARGIN = /^ {5,6}/;
/** The frame of the test's own function. */
const OWN = /\bContext\./;
const EXCEPTION = /^ *Exception during run: (.+)$/;
const NO_TESTS = /^Error: No test files found/;

export const mocha: Runner = {
  name: 'mocha',
  matches: (command) => runsProgram(command, '_?mocha'),
  watch: { asked: /\s(?:--watch|-w)(?=$|\s)/, off: '--no-watch' },
  sign: /^ {2}\d+ passing \(|^ *Exception during run: |^Error: No test files found/,
  read: (lines) => {
    if (lines.some((line) => NO_TESTS.test(line))) return { failures: [], none: true };
    const exception = lines.findIndex((line) => EXCEPTION.test(line));
    if (exception >= 0) return { failures: [describeException(lines, exception)] };
    if (!lines.some((line) => PASSING.test(line))) return undefined;
    return toReport(readCounts(lines, TOTAL, WORDS), readFailures(lines));
  },
};

function readFailures(lines: readonly string[]): Failure[] {
  let inside = false;
  return lines.flatMap((line, index) => {
    if (FAILING.test(line)) inside = true;
    else if (PASSING.test(line)) inside = false;
    const title = HEADING.exec(line)?.[1];
    if (!inside || title === undefined) return [];
    return [describe(title, linesBelow(lines, index, HEADING))];
  });
}

/** Each title stands deeper than the one around it, the last before a colon. Files are named only by the stack. */
function describe(title: string, below: readonly string[]): Failure {
  const titles = [title];
  while (!titles.at(-1)?.endsWith(':') && /^ {7,}\S/.test(below[titles.length - 1] ?? ''))
    titles.push((below[titles.length - 1] ?? '').trim());
  const said = below.slice(titles.length - 1);
  const own = said.filter((line) => STACK.test(line) && OWN.test(line)).map(readPlace)[0];
  const detail = boundDetail(linesUntil(said, STACK).map((line) => line.replace(MARGIN, '')));
  return { name: joinTitles(titles).replace(/:$/, ''), ...own, ...(detail && { detail }) };
}

function describeException(lines: readonly string[], index: number): Failure {
  const detail = boundDetail([EXCEPTION.exec(lines[index] ?? '')?.[1] ?? '']);
  return { name: 'exception while loading', ...(detail && { detail }) };
}
