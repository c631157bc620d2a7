// Reads Vitest's default reporter, and leaves its watch mode.
import { readCounts } from './counts.ts';
import { boundDetail, DETAIL_REACH, linesUntil } from './failures.ts';
import { readPlace } from './place.ts';
import { type Failure, type Runner, runsProgram } from './runner.ts';

const FAIL = /^ FAIL {2,}(.+)$/;
const STACK = /^ ❯ /;
const END = /^⎯{3,}|^ FAIL {2,}/;

export const vitest: Runner = {
  name: 'vitest',
  lingers: true,
  matches: (command) => runsProgram(command, 'vitest'),
  watch: { asked: /\s(?:--watch|-w|watch|dev)(?=$|\s)/, off: '--run' },
  slow: /^ [✓❯×] (?:\|[^|]+\| )?(?<name>\S+) \(\d+ tests?[^)]*\) +(?<time>\d+ ?ms)/,
  sign: /^ {6}Tests {2}|^ Test Files {2}|^No test files found/,
  read: (lines) => {
    const counts = readCounts(lines, /^ {6}Tests {2}(.+)$/);
    if (lines.some((line) => /^No test files found/.test(line))) return { counts, failures: [], none: true };
    const failures = readFailures(lines);
    const recognised = counts !== undefined || lines.some((line) => /^ Test Files {2}/.test(line));
    return recognised ? { counts, failures } : undefined;
  },
};

/** Tests that fail alike stand under each other and share what is said below. */
function readFailures(lines: readonly string[]): Failure[] {
  return lines.flatMap((line, index) => {
    const title = FAIL.exec(line)?.[1];
    if (title === undefined) return [];
    const after = lines.slice(index + 1, index + DETAIL_REACH);
    const below = after.slice(after.findIndex((each) => !FAIL.test(each)));
    return [describe(title.trim(), linesUntil(below, END))];
  });
}

/** A title is `file > suite > test`, with a project's name before it, or `file [ file ]` where the file did not load. */
function describe(title: string, lines: readonly string[]): Failure {
  const loaded = title.includes(' > ') || !title.endsWith(' ]');
  const name = loaded ? title : title.slice(0, title.indexOf(' [ '));
  const file = name.split(' > ', 1)[0]?.split(/\s+/).at(-1) ?? '';
  const place = lines
    .filter((line) => STACK.test(line))
    .map(readPlace)
    .find((each) => each?.file === file);
  const detail = boundDetail(linesUntil(lines, STACK));
  return { name, file, ...(place && { line: place.line }), ...(detail && { detail }) };
}
