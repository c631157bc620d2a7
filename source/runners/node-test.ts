// Reads the spec reporter of Node's own test runner, and leaves its watch mode.
import { boundDetail, joinTitles, linesBelow } from './failures.ts';
import { type Counts, type Failure, type Runner, runsSubcommand } from './runner.ts';

/** A line of the tree: a group that opens (`▶`), or a test or group that ended. Node 20 closes groups with `▶` too. */
const NODE = /^( *)([▶✔✖﹣⚠]) (.*?)( \([\d.]+ms\))?(?: # .*)?$/u;
const AT = /^test at (.+):(\d+):\d+$/;
/** Where the reason ends: at the stack, or where nothing is indented any more. */
const STACK = /^ +at |^\S/;
const FOOTER = /^ℹ (tests|pass|fail|cancelled|skipped|todo) (\d+)$/;

export const nodeTest: Runner = {
  name: 'node:test',
  matches: (command) => runsSubcommand(command, '(?:node|tsx)', '--test'),
  watch: { asked: /\s--watch(?=$|\s)/, off: '--no-watch' },
  slow: /^[✔✖▶] (?<name>.+) \((?<time>[\d.]+ms)\)/u,
  sign: /^ℹ tests \d/,
  read: (lines) => {
    const total = readTotals(lines);
    if (total === undefined) return undefined;
    const { counts, tests } = total;
    return { counts, failures: readFailures(lines), ...(tests === 0 && { none: true as const }) };
  },
};

function readTotals(lines: readonly string[]): { counts: Counts; tests: number } | undefined {
  const totals = new Map<string, number>();
  for (const line of lines) {
    const [, word, count] = FOOTER.exec(line) ?? [];
    if (word !== undefined) totals.set(word, (totals.get(word) ?? 0) + Number(count));
  }
  const tests = totals.get('tests');
  if (tests === undefined) return undefined;
  const of = (word: string): number => totals.get(word) ?? 0;
  const counts = {
    passed: of('pass'),
    failed: of('fail') + of('cancelled'),
    skipped: of('skipped') + of('todo'),
  };
  return { counts, tests };
}

/** The list at the end knows files and reasons, the tree before it the groups around a test. */
function readFailures(lines: readonly string[]): Failure[] {
  const paths = Map.groupBy(failedPaths(lines), (path) => path.at(-1));
  return lines.flatMap((line, index) => {
    const [, file, number] = AT.exec(line) ?? [];
    const [, , sign, title] = NODE.exec(lines[index + 1] ?? '') ?? [];
    if (file === undefined || title === undefined || sign !== '✖') return [];
    const titles = paths.get(title)?.shift() ?? [title];
    // A file that did not load is named by its path.
    const name = title === file ? file : joinTitles([file, ...titles]);
    const detail = boundDetail(linesBelow(lines, index + 1, STACK));
    return [{ name, file, line: Number(number), ...(detail && { detail }) }];
  });
}

/** Titles from the outermost group to each failed test, in the order of the list at the end. */
function failedPaths(lines: readonly string[]): string[][] {
  const open: { indent: number; title: string }[] = [];
  const failed: string[][] = [];
  for (const [index, line] of lines.entries()) {
    const [, spaces, sign, title, time] = NODE.exec(line) ?? [];
    if (spaces === undefined || title === undefined || AT.test(lines[index - 1] ?? '')) continue;
    const indent = spaces.length;
    while ((open.at(-1)?.indent ?? -1) > indent) open.pop();
    const group = open.at(-1);
    if (group?.indent === indent && group.title === title) open.pop();
    else if (sign === '▶' && time === undefined) open.push({ indent, title });
    else if (sign === '✖') failed.push([...open.map((each) => each.title), title]);
  }
  return failed;
}
