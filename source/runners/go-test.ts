// Reads go test, plain, with -v and with -json: a package's tests stand before the line that ends it.
import { boundDetail, DETAIL_REACH, joinTitles, linesBelow, linesUntil } from './failures.ts';
import { asOutput } from './go-json.ts';
import { toReport } from './report.ts';
import { type Failure, type Runner, runsSubcommand } from './runner.ts';

/** Tabs arrive as two blanks. A package that was not tested says why in brackets. */
const PACKAGE = /^(ok|FAIL|\?) {2,5}(\S+) {1,2}(?:(?:\(cached\)|[\d.]+s)( .*)?|\[([a-z ]+)\])$/;
const RESULT = /^ *--- (PASS|FAIL|SKIP): (\S{1,500}) \([\d.]+s\)$/;
/** The test that the next lines are of: only with `-v`. */
const CURRENT = /^=== [A-Z]+ +(\S{1,500})$/;
const ASIDE = /^(?:PASS|FAIL|exit status \d+|coverage: .*)$/;
const STACK = /^\s*goroutine \d+ \[/;
const PLACE = /(?:^|[\s/])([^\s/]+_test\.go):(\d+)\b/;
const BUILD = /^# (\S+)(?: \[(\S+)\.test\])?$/;
const BUILD_PLACE = /^(?:vet: )?([^\s:]+):(\d+):\d+: /;
/** Anything but a compiler's message and what stands indented below it. */
const BUILD_END = /^(?!vet: |\s+\S|[^\s:]+:\d+)/;
const NO_PACKAGES = /^no packages to test$/;

interface Result {
  readonly test: string;
  readonly outcome: string;
}

interface Package {
  readonly passed: number;
  readonly skipped: number;
  readonly failures: readonly Failure[];
}

export const goTest: Runner = {
  name: 'go test',
  matches: (command) => runsSubcommand(command, 'go', 'test'),
  slow: /^(?:ok|FAIL) {2,5}(?<name>\S+) {1,2}(?<time>[\d.]+s)(?: |$)/,
  sign: /^(?:ok|FAIL|\?) {2,5}\S|^no packages to test$|^\{"/,
  read: (raw) => {
    const lines = asOutput(raw);
    if (lines.some((line) => NO_PACKAGES.test(line))) return { failures: [], none: true };
    const packages = readPackages(lines);
    if (packages.length === 0) return undefined;
    const failures = packages.flatMap((each) => each.failures);
    if (lines.every(isWithoutTests)) return { failures, none: true };
    const sum = (of: 'passed' | 'skipped'): number => packages.reduce((total, each) => total + each[of], 0);
    const counts = { passed: sum('passed'), failed: failures.length, skipped: sum('skipped') };
    // Without `-v` nobody says how many passed.
    return toReport(lines.some((line) => CURRENT.test(line)) ? counts : undefined, failures);
  },
};

/** Whether a line ends no package, or one that has no tests. */
function isWithoutTests(line: string): boolean {
  const [, verdict, , after] = PACKAGE.exec(line) ?? [];
  return verdict === undefined || verdict === '?' || after?.endsWith('[no tests to run]') === true;
}

function readPackages(lines: readonly string[]): Package[] {
  const builds = readBuilds(lines);
  const packages: Package[] = [];
  let start = 0;
  for (const [index, line] of lines.entries()) {
    const [, verdict, path, , untested] = PACKAGE.exec(line) ?? [];
    if (path === undefined) continue;
    const read = readPackage(path, lines.slice(start, index));
    const broken = verdict === 'FAIL' && read.failures.length === 0;
    const said = untested === undefined ? lines.slice(start, index) : (builds.get(path) ?? []);
    packages.push(broken ? { ...read, failures: [describeBroken(path, said)] } : read);
    start = index + 1;
  }
  return packages;
}

/** A failed parent of a failed subtest says nothing of its own, a passed parent is not one more test. */
function readPackage(path: string, lines: readonly string[]): Package {
  const { results, said } = readResults(lines);
  const ended = (outcome: string): Result[] => results.filter((each) => each.outcome === outcome);
  const leaves = withoutParents(ended('FAIL'));
  return {
    passed: withoutParents(results).filter((each) => each.outcome === 'PASS').length,
    skipped: ended('SKIP').length,
    failures: leaves.map(({ test }) => describe(joinTitles([path, test]), said.get(test) ?? [])),
  };
}

/** What a test says stands below its result, and with `-v` below the line that names it too. */
function readResults(lines: readonly string[]): { results: Result[]; said: Map<string, string[]> } {
  const results: Result[] = [];
  const said = new Map<string, string[]>();
  let current: string[] = [];
  for (const line of lines) {
    const [, outcome, ended] = RESULT.exec(line) ?? [];
    const test = ended ?? CURRENT.exec(line)?.[1];
    if (outcome !== undefined && ended !== undefined) results.push({ test: ended, outcome });
    if (test !== undefined) {
      current = said.get(test) ?? [];
      said.set(test, current);
    } else if (current.length < DETAIL_REACH && !ASIDE.test(line)) current.push(line);
  }
  return { results, said };
}

function withoutParents(results: readonly Result[]): readonly Result[] {
  const tests = new Set(results.map((each) => each.test));
  const parents = new Set([...tests].map((test) => nearestParent(test, tests)));
  return results.filter((each) => !parents.has(each.test));
}

/** A subtest's own title may hold slashes. */
function nearestParent(test: string, tests: ReadonlySet<string>): string | undefined {
  for (let end = test.lastIndexOf('/'); end > 0; end = test.lastIndexOf('/', end - 1)) {
    if (tests.has(test.slice(0, end))) return test.slice(0, end);
  }
  return undefined;
}

function describe(name: string, lines: readonly string[]): Failure {
  const [, file, line] = lines.map((each) => PLACE.exec(each)).find((each) => each !== null) ?? [];
  const detail = boundDetail(linesUntil(lines, STACK));
  return { name, ...(file && { file, line: Number(line) }), ...(detail && { detail }) };
}

/** A package that does not build, or ended before a test of it could fail. */
function describeBroken(path: string, said: readonly string[]): Failure {
  const [, file, line] = BUILD_PLACE.exec(said[0] ?? '') ?? [];
  if (file !== undefined) return { name: path, file, line: Number(line), detail: boundDetail(said) };
  return describe(path, said.filter((each) => !ASIDE.test(each)).slice(-DETAIL_REACH));
}

/** The compiler's words by package; they come as the packages are built, not where these end. */
function readBuilds(lines: readonly string[]): Map<string, readonly string[]> {
  return new Map(
    lines.flatMap((line, index) => {
      const [, built, tested] = BUILD.exec(line) ?? [];
      const path = tested ?? built;
      return path === undefined ? [] : [[path, linesBelow(lines, index, BUILD_END)]];
    }),
  );
}
