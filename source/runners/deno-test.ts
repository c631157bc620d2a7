// Reads deno test: the reasons between ERRORS and FAILURES, and programs that did not pass the type check.
import { type CountWords, readCounts } from './counts.ts';
import { boundDetail, joinTitles, linesBelow, linesUntil } from './failures.ts';
import { type Place, readPlace } from './place.ts';
import { toReport } from './report.ts';
import { type Failure, type Runner, runsSubcommand } from './runner.ts';

const TOTAL = /^(?:ok|FAILED) \| (.+)$/;
const WORDS: CountWords = { passed: 'passed', failed: 'failed', skipped: 'ignored' };
const ERRORS = /^ ERRORS $/;
const FAILURES = /^ FAILURES $/;
/** `parent ... step => ./slug_test.ts:13:13`, or a whole file. */
const HEADING = /^(?:(.+) => )?\.\/(.+?)(?::(\d+):\d+| \(uncaught error\))$/;
const STACK = /^ {4}at /;
const CARET = /^ *\^+$/;
const TYPES = /^(?:error: )?Type checking failed\.$/;
const TYPE_ERROR = /^TS\d+ \[ERROR\]: /;
const NO_TESTS = /^error: No test modules found/;

export const denoTest: Runner = {
  name: 'deno test',
  matches: (command) => runsSubcommand(command, 'deno', 'test'),
  watch: { asked: /\s--watch(?:-hmr)?(?:=\S*)?(?=$|\s)/ },
  sign: /^(?:ok|FAILED) \| |^(?:error: )?Type checking failed\.$|^error: No test modules found/,
  read: (lines) => {
    if (lines.some((line) => NO_TESTS.test(line))) return { failures: [], none: true };
    if (lines.some((line) => TYPES.test(line))) return { failures: [readTypeError(lines)] };
    const counts = readCounts(lines, TOTAL, WORDS);
    return counts && toReport(counts, readFailures(lines));
  },
};

function readFailures(lines: readonly string[]): Failure[] {
  let inside = false;
  return lines.flatMap((line, index) => {
    if (ERRORS.test(line)) inside = true;
    else if (FAILURES.test(line)) inside = false;
    const [heading, title, file, number] = HEADING.exec(line) ?? [];
    if (!inside || heading === undefined || file === undefined) return [];
    const below = linesUntil(linesBelow(lines, index, HEADING), FAILURES);
    const thrown = stackPlaces(below).find((place) => place.file.endsWith(`/${file}`));
    const place = thrown?.line ?? (number === undefined ? undefined : Number(number));
    const detail = boundDetail(readReason(below));
    const name = joinTitles([file, ...(title?.split(' ... ') ?? [])]);
    return [{ name, file, ...(place && { line: place }), ...(detail && { detail }) }];
  });
}

function stackPlaces(lines: readonly string[]): Place[] {
  return lines.filter((line) => STACK.test(line)).flatMap((line) => readPlace(line) ?? []);
}

/** Down to the line of source that the caret points into, or to the stack. */
function readReason(lines: readonly string[]): readonly string[] {
  const caret = lines.findIndex((line) => CARET.test(line));
  const said = caret < 0 ? linesUntil(lines, STACK) : lines.slice(0, Math.max(0, caret - 1));
  return said.map((line) => line.replace(/^error: /, ''));
}

/** No test ran. One name for all, without a path: that of a checkout is no part of a name. */
function readTypeError(lines: readonly string[]): Failure {
  const index = lines.findIndex((line) => TYPE_ERROR.test(line));
  const below = linesBelow(lines, index, /^$/);
  const place = stackPlaces(below)[0];
  const detail = boundDetail([lines[index] ?? '', ...linesUntil(below, STACK)]);
  return { name: 'type check', ...place, ...(detail && { detail }) };
}
