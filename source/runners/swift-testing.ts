// Reads Swift Testing, the newer of the two frameworks that swift test runs.
import { boundDetail, joinTitles, linesBelow } from './failures.ts';
import { toReport } from './report.ts';
import { type Failure, type Runner, runsSubcommand } from './runner.ts';

const RUN = /^\S+ +Test run (?:started\.|with \d+ tests? )/;
/** A name in quotes, a function, or one with a raw identifier. */
const TITLE = '("(?:[^"\\\\]|\\\\.)*"|`[^`]*`\\([^)]*\\)|[^\\s"`()]+\\([^)]*\\))';
const ISSUE = new RegExp(`^\\S+ +Test ${TITLE} recorded an issue (?:.* )?at ([^\\s:]+):(\\d+):\\d+: (.*)$`);
const ENDED = new RegExp(
  `^\\S+ +Test ${TITLE} (?:with \\d+ test cases? )?(passed|failed|skipped)(?: after |\\.$|: )`,
);
/** What the comment of an expectation and its values stand behind. */
const COMMENT = /^ *↳ /;

interface Issue {
  readonly file: string;
  readonly line: number;
  readonly detail: string | undefined;
}

export const swiftTesting: Runner = {
  name: 'swift testing',
  matches: (command) => runsSubcommand(command, 'swift', 'test'),
  sign: RUN,
  read: (lines) => {
    if (!lines.some((line) => RUN.test(line))) return undefined;
    const { passed, skipped, failures } = readTests(lines);
    return toReport({ passed, failed: failures.length, skipped }, failures);
  },
};

/** Tests run at once, so their issues come mixed; the first of each test describes its failure. */
function readTests(lines: readonly string[]): { passed: number; skipped: number; failures: Failure[] } {
  const issues = new Map<string, Issue>();
  const failures: Failure[] = [];
  const count = { passed: 0, skipped: 0 };
  for (const [index, line] of lines.entries()) {
    const [, title, file, number, message] = ISSUE.exec(line) ?? [];
    if (title !== undefined && file !== undefined && !issues.has(title)) {
      const comments = linesBelow(lines, index, /^(?! *↳ )/).map((each) => each.replace(COMMENT, ''));
      issues.set(title, { file, line: Number(number), detail: boundDetail([message ?? '', ...comments]) });
    }
    const [, test, outcome] = ENDED.exec(line) ?? [];
    if (test === undefined) continue;
    if (outcome === 'passed' || outcome === 'skipped') count[outcome] += 1;
    else failures.push(describe(test, issues.get(test)));
    issues.delete(test);
  }
  return { ...count, failures };
}

function describe(test: string, issue: Issue | undefined): Failure {
  const title = test.startsWith('"') ? test.slice(1, -1).replace(/\\(.)/g, '$1') : test;
  if (issue === undefined) return { name: title };
  const { file, line, detail } = issue;
  return { name: joinTitles([file, title]), file, line, ...(detail && { detail }) };
}
