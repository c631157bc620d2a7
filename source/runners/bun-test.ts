// Reads bun test: what went wrong stands above the line of the test that failed.
import { type CountWords, readCounts } from './counts.ts';
import { boundDetail, DETAIL_REACH, joinTitles, linesBelow } from './failures.ts';
import { readPlace } from './place.ts';
import { toReport } from './report.ts';
import { type Failure, type Runner, runsSubcommand } from './runner.ts';

const FILE = /^(\S.*\.[cm]?[jt]sx?):$/;
/** Signs in a terminal, words elsewhere. */
const RESULT = /^(?:([✗✓»✎])|\((fail|pass|skip|todo)\)) (.+?)(?: \[[\d.]+m?s\])?$/u;
const TIMED_OUT = /^ {2}\^ /;
const UNHANDLED = /^# Unhandled error between tests$/;
const RULE = /^-{5,}$/;
/** The line of source, or the caret below it, after which the words begin. */
const SOURCE = /^ *\d+ \| |^ *\^$/;
const STACK = /^ +at /;
const TOTAL = /^ (\d+ (?:pass|fail|skip|todo))$/;
const WORDS: CountWords = { passed: 'pass', failed: 'fail', skipped: 'skip|todo' };
const RAN = /^Ran \d+ tests? across \d+ files?\./;
/** Long runs repeat their failures from here on. */
const REPEATED = /^\d+ tests? (?:failed|skipped|todo):$/;
const NO_TESTS = /^No tests found!/;

export const bunTest: Runner = {
  name: 'bun test',
  matches: (command) => runsSubcommand(command, 'bun', 'test'),
  watch: { asked: /\s--watch(?=$|\s)/ },
  sign: /^Ran \d+ tests? across |^No tests found!/,
  read: (lines) => {
    if (!lines.some((line) => RAN.test(line))) {
      const none =
        lines.some((line) => /^bun test v/.test(line)) && lines.some((line) => NO_TESTS.test(line));
      return none ? { failures: [], none } : undefined;
    }
    return toReport(readCounts(lines, TOTAL, WORDS), readFailures(lines));
  },
};

function readFailures(lines: readonly string[]): Failure[] {
  const failures: Failure[] = [];
  let file = '';
  let start = 0;
  for (const [index, line] of lines.entries()) {
    if (REPEATED.test(line)) break;
    const [, sign, word, title] = RESULT.exec(line) ?? [];
    const heading = FILE.exec(line)?.[1];
    if (heading !== undefined) file = heading;
    else if (UNHANDLED.test(line)) failures.push(describeUnhandled(file, lines, index));
    else if (sign === '✗' || word === 'fail') {
      const above = lines.slice(Math.max(start, index - DETAIL_REACH), index);
      failures.push(describe(file, title ?? '', above, lines[index + 1] ?? ''));
    }
    if (heading !== undefined || title !== undefined) start = index + 1;
  }
  return failures;
}

function describe(file: string, title: string, above: readonly string[], below: string): Failure {
  const place = above.map((line) => (STACK.test(line) ? readPlace(line) : undefined));
  const own = place.find((each) => each?.file.endsWith(file));
  const source = above.findLastIndex((line) => SOURCE.test(line));
  const words = above.slice(source + 1).filter((line) => !STACK.test(line));
  const detail = TIMED_OUT.test(below) ? boundDetail([below.slice(4)]) : boundDetail(words);
  return { name: joinTitles([file, title]), file, ...(own && { line: own.line }), ...(detail && { detail }) };
}

/** A file that did not load, or threw outside its tests. */
function describeUnhandled(file: string, lines: readonly string[], index: number): Failure {
  const detail = boundDetail(linesBelow(lines, index + 1, RULE));
  return { name: file, file, ...(detail && { detail }) };
}
