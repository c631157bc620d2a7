// Reads XCTest, the older of the two frameworks that swift test runs, and packages that do not compile.
import { boundDetail, DETAIL_REACH, joinTitles } from './failures.ts';
import { toReport } from './report.ts';
import { type Failure, type Runner, runsSubcommand } from './runner.ts';

/** On macOS a case is `-[SampleTests.SlugTests testLowers]`, elsewhere `SlugTests.testLowers`. */
const STARTED = /^Test Case '(?:-\[)?([^'\]]+)\]?' started/;
const ENDED = /^Test Case '(?:-\[)?([^'\]]+)\]?' (passed|failed|skipped) \(/;
/** What is thrown out of a test has no place: `<EXPR>:0`. */
const ISSUE = /^([^:]+):(\d+): error: (?:-\[)?([^\]:]+?)\]? : (.*)$/;
const SUITES = /^Test Suite '(?:All tests|Selected tests)' (?:passed|failed) at /;
/** Of tests run at once, only those that failed print their case. */
const PARALLEL = /^\[\d+\/\d+\] Testing /;
const COMPILER = /^([^\s:]+\.swift):(\d+):\d+: error: (.+)$/;
const NO_TESTS = /^error: no tests found; /;

export const xctest: Runner = {
  name: 'xctest',
  matches: (command) => runsSubcommand(command, 'swift', 'test'),
  sign: /^Test (?:Case|Suite) '|^error: no tests found; |\.swift:\d+:\d+: error: /,
  read: (lines) => {
    if (lines.some((line) => NO_TESTS.test(line))) return { failures: [], none: true };
    const compilation = readCompilation(lines);
    if (compilation.length > 0) return { failures: compilation };
    const { ended, failures } = readCases(lines);
    if (ended.length === 0 && failures.length === 0 && !lines.some((line) => SUITES.test(line)))
      return undefined;
    if (lines.some((line) => PARALLEL.test(line))) return { failures };
    const count = (outcome: string): number => ended.filter((each) => each === outcome).length;
    const counts = { passed: count('passed'), failed: failures.length, skipped: count('skipped') };
    return toReport(counts, failures);
  },
};

/** A case that was started and never ended has crashed, or held up the run. */
function readCases(lines: readonly string[]): { ended: string[]; failures: Failure[] } {
  const ended: string[] = [];
  const failures: Failure[] = [];
  let open: { id: string; lines: string[] } | undefined;
  for (const line of lines) {
    const started = STARTED.exec(line)?.[1];
    const [, id, outcome] = ENDED.exec(line) ?? [];
    if (started !== undefined) open = { id: started, lines: [] };
    else if (id !== undefined && outcome !== undefined) {
      ended.push(outcome);
      if (outcome === 'failed') failures.push(describe(id, open?.lines ?? []));
      open = undefined;
    } else if (open !== undefined && open.lines.length < DETAIL_REACH) open.lines.push(line);
  }
  if (open !== undefined) failures.push(describe(open.id, open.lines));
  return { ended, failures };
}

function describe(id: string, lines: readonly string[]): Failure {
  const at = lines.findIndex((line) => ISSUE.exec(line)?.[3] === id);
  const [, file, number, , message] = ISSUE.exec(lines[at] ?? '') ?? [];
  const rest = lines.slice(at + 1);
  const next = rest.findIndex((line) => ISSUE.test(line));
  const detail = boundDetail([message ?? '', ...(next < 0 ? rest : rest.slice(0, next))]);
  const split = id.includes(' ') ? id.lastIndexOf(' ') : id.lastIndexOf('.');
  const name = joinTitles([id.slice(0, Math.max(0, split)), id.slice(split + 1)]);
  return { name, ...(Number(number) > 0 && { file, line: Number(number) }), ...(detail && { detail }) };
}

/** One a file, named without its folders, which differ between checkouts. */
function readCompilation(lines: readonly string[]): Failure[] {
  const files = new Map<string, Failure>();
  for (const each of lines) {
    const [, file, line, message] = COMPILER.exec(each) ?? [];
    if (file === undefined || message === undefined || files.has(file) || ISSUE.test(each)) continue;
    const detail = boundDetail([message]);
    files.set(file, {
      name: file.split('/').at(-1) ?? file,
      file,
      line: Number(line),
      ...(detail && { detail }),
    });
  }
  return [...files.values()];
}
