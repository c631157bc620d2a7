// Reads pytest: names from its short summary, words and places from the tracebacks above it.
import { type CountWords, readCounts } from './counts.ts';
import { boundDetail, linesUntil } from './failures.ts';
import { toReport } from './report.ts';
import { type Failure, type Runner, runsProgram } from './runner.ts';

const SUMMARY = /^=+ short test summary info =+$/;
/** `= 1 failed, 2 passed in 0.50s =`, without the rule where it was asked to be quiet. */
const FOOTER = /^(?:=+ )?((?:\d+ [a-z ]+, )*\d+ [a-z ]+|no tests ran) in [\d.]+s\b/;
const WORDS: CountWords = {
  passed: 'passed|xpassed',
  failed: 'failed|errors?',
  skipped: 'skipped|xfailed',
};
const FAILED = /^(?:FAILED|ERROR) (.+)$/;
const HEADING = /^_+ (?:ERROR (?:at (?:setup|teardown) of|collecting) )?([^_].*) _+$/;
const BLOCK_END = /^=+ .+ =+$|^-+ Captured |^_+ .*[^_ ].* _+$/;
const PLACE = /^([^\s:][^:]*):(\d+): /;
/** A wrong option or path: nothing ran, but not for want of tests. */
const MISUSE = /^ERROR: /;

export const pytest: Runner = {
  name: 'pytest',
  matches: (command) => runsProgram(command, 'pytest') || runsProgram(command, 'py\\.test'),
  sign: FOOTER,
  read: (lines) => {
    const counts = readCounts(lines, FOOTER, WORDS);
    if (counts === undefined) return undefined;
    const report = toReport(counts, readFailures(lines));
    return lines.some((line) => MISUSE.test(line)) ? { failures: report.failures } : report;
  },
};

/** Tests of several files may have the same heading; both lists keep the order in which they failed. */
function readFailures(lines: readonly string[]): Failure[] {
  const blocks = Map.groupBy(readBlocks(lines), (block) => block.heading);
  return readSummary(lines).map(({ id, said }) => {
    const [file = '', ...titles] = splitId(id);
    const block = blocks.get(titles.length > 0 ? titles.join('.') : file)?.shift()?.lines ?? [];
    const place = block.map((line) => PLACE.exec(line)).find((match) => match?.[1] === file);
    const errors = block.filter((line) => /^E(?: |$)/.test(line)).map((line) => line.slice(1));
    const detail = boundDetail(errors) ?? boundDetail([said]);
    return { name: id, file, ...(place && { line: Number(place[2]) }), ...(detail && { detail }) };
  });
}

function readBlocks(lines: readonly string[]): { heading: string; lines: readonly string[] }[] {
  const headings = lines.flatMap((line, index) => {
    const heading = HEADING.exec(line)?.[1];
    return heading === undefined ? [] : [{ heading, index }];
  });
  return headings.map(({ heading, index }, at) => {
    const block = lines.slice(index + 1, headings[at + 1]?.index);
    return { heading, lines: linesUntil(block, BLOCK_END) };
  });
}

function readSummary(lines: readonly string[]): { id: string; said: string }[] {
  let inside = false;
  return lines.flatMap((line) => {
    if (SUMMARY.test(line)) inside = true;
    else if (FOOTER.test(line)) inside = false;
    const failed = inside ? FAILED.exec(line)?.[1] : undefined;
    return failed === undefined ? [] : [splitReason(failed)];
  });
}

/** `tests/test_slug.py::test_it[a - b] - assert 1 == 2`: a parameter may hold a dash of its own. */
function splitReason(text: string): { id: string; said: string } {
  const bracket = text.indexOf('[');
  const dash = text.indexOf(' - ');
  const end = bracket >= 0 && bracket < dash ? text.indexOf('] - ', bracket) + 1 || text.length : dash;
  return end < 0 ? { id: text, said: '' } : { id: text.slice(0, end), said: text.slice(end + 3) };
}

/** File, classes and function; colons of a parameter separate nothing. */
function splitId(id: string): string[] {
  const [place = '', ...parameter] = id.split(/(?=\[)/);
  const titles = place.split('::');
  return [...titles.slice(0, -1), `${titles.at(-1)}${parameter.join('')}`];
}
