// Reads Jest's default reporter, and leaves its watch modes.
import { readCounts } from './counts.ts';
import { boundDetail, joinTitles, linesBelow, linesUntil } from './failures.ts';
import { readPlace } from './place.ts';
import { type Failure, type Runner, runsProgram } from './runner.ts';

const FILE = /^ ?(PASS|FAIL) +(.+?)(?: \([\d.]+ m?s\))?$/;
const TITLE = /^ {2}● (.+)$/;
const STACK = /^ {4,}at /;
/** Where what was expected ends and the source around it, or the stack, begins. */
const SOURCE = /^ {4,}(?:> ?)? *\d+ \||^ {4,}at /;
/** Long runs repeat all failures under this line. */
const REPEATED = /^Summary of all failing tests$/;
const END = /^ {2}● |^ ?(?:PASS|FAIL) +|^(?:Tests|Test Suites): /;

export const jest: Runner = {
  name: 'jest',
  matches: (command) => runsProgram(command, 'jest') || runsProgram(command, 'react-scripts test'),
  watch: { asked: /\s--watch(?:All)?(?=$|\s)/, off: '--watch=false --watchAll=false' },
  slow: /^ ?(?:PASS|FAIL) +(?<name>.+?) \((?<time>[\d.]+ m?s)\)$/,
  sign: /^Tests: |^No tests found/,
  read: (lines) => {
    if (lines.some((line) => /^No tests found/.test(line))) return { failures: [], none: true };
    const counts = readCounts(lines, /^Tests: +(.+) total$/);
    return counts && { counts, failures: readFailures(lines) };
  },
};

function readFailures(lines: readonly string[]): Failure[] {
  let file: string | undefined;
  const failures: Failure[] = [];
  for (const [index, line] of lines.entries()) {
    if (REPEATED.test(line)) failures.length = 0;
    const [, verdict, path] = FILE.exec(line) ?? [];
    // A project's name may stand before the path.
    if (path !== undefined) file = verdict === 'FAIL' ? path.split(' ').at(-1) : undefined;
    const title = TITLE.exec(line)?.[1];
    if (file === undefined || title === undefined || title === 'Console') continue;
    failures.push(describe(file, title, linesBelow(lines, index, END)));
  }
  return failures;
}

function describe(file: string, title: string, lines: readonly string[]): Failure {
  const titles = title === 'Test suite failed to run' ? [] : title.split(' › ');
  const place = lines
    .filter((line) => STACK.test(line))
    .map(readPlace)
    .find((each) => each && file.endsWith(each.file));
  const said = linesUntil(lines, SOURCE).map((line) => line.replace(/^ {4}/, ''));
  const detail = boundDetail(said);
  return {
    name: joinTitles([file, ...titles]),
    file,
    ...(place && { line: place.line }),
    ...(detail && { detail }),
  };
}
