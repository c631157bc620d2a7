// Reads cargo test: what libtest prints for each target, doc tests included, and crates that do not compile.
import { type CountWords, readCounts } from './counts.ts';
import { boundDetail, joinTitles, linesBelow, linesUntil } from './failures.ts';
import { toReport } from './report.ts';
import { type Failure, type Runner, runsSubcommand } from './runner.ts';

const TARGET = /^ +(?:Running .*\(([^()]+)\)|Doc-tests (\S+))$/;
const RESULT = /^test result: (?:ok|FAILED)\. (.+)$/;
const WORDS: CountWords = { passed: 'passed', failed: 'failed', skipped: 'ignored' };
const BLOCK = /^---- (.+) stdout ----$/;
/** Before Rust 1.73 the message stood between the words and the place. */
const PANIC = / (?:panicked|as expected) at (?:'.*', )?([^\s:]+):(\d+):\d+(:?)$/;
const BACKTRACE = /^stack backtrace:|^note: (?:run with|Some details)/;
const DOC_TEST = /^(.+) \(line (\d+)\)$/;
const NOT_COMPILED = /^error: could not compile `([^`]+)`/;
const ERROR = /^error(?:\[E\d+\])?: /;
const ERROR_PLACE = /^ *--> ([^\s:]+):(\d+):\d+$/;

export const cargoTest: Runner = {
  name: 'cargo test',
  matches: (command) => runsSubcommand(command, 'cargo', 't(?:est)?'),
  sign: /^test result: |^error: could not compile /,
  read: (lines) => {
    const counts = readCounts(lines, RESULT, WORDS);
    const failures = [...readFailures(lines), ...readCompilation(lines)];
    return counts === undefined && failures.length === 0 ? undefined : toReport(counts, failures);
  },
};

/** Each target prints its tests, the words of those that failed, their names, and its result. */
function readFailures(lines: readonly string[]): Failure[] {
  let target = '';
  let start = 0;
  return lines.flatMap((line, index) => {
    const [heading, path, crate] = TARGET.exec(line) ?? [];
    if (heading !== undefined) target = crate ?? nameOf(path ?? '');
    if (!RESULT.test(line)) return [];
    const printed = lines.slice(start, index);
    start = index + 1;
    return readTarget(target, printed);
  });
}

/** `target/debug/deps/sample-e6daf73c296d6df0` is of the crate or the file `sample`. */
function nameOf(path: string): string {
  return (path.split(/[/\\]/).at(-1) ?? '').replace(/-[0-9a-f]{16}(?:\.exe)?$/, '');
}

function readTarget(target: string, lines: readonly string[]): Failure[] {
  const list = lines.lastIndexOf('failures:');
  if (list < 0) return [];
  const blocks = new Map<string, number>();
  for (const [index, line] of lines.slice(0, list).entries()) {
    const title = BLOCK.exec(line)?.[1];
    if (title !== undefined) blocks.set(title, index);
  }
  const titles = lines.slice(list + 1).filter((line) => /^ {4}\S/.test(line));
  return titles.map((title) => {
    const index = blocks.get(title.trim());
    const block = index === undefined ? [] : linesBelow(lines.slice(0, list), index, BLOCK);
    return describe(target, title.trim(), block);
  });
}

function describe(target: string, title: string, block: readonly string[]): Failure {
  const panic = block.findIndex((line) => PANIC.test(line));
  const [, file, line, messageBelow] = PANIC.exec(block[panic] ?? '') ?? [];
  const said = linesUntil(block.slice(messageBelow ? panic + 1 : Math.max(panic, 0)), BACKTRACE);
  const detail = boundDetail(said);
  // Lines of a doc test's panic are its own; the one of its title moves with the file and is no part of its name.
  const [, item, docLine] = DOC_TEST.exec(title) ?? [];
  if (item !== undefined) {
    const name = joinTitles([target, item]);
    return { name, file: item.split(' - ', 1)[0] ?? item, line: Number(docLine), ...(detail && { detail }) };
  }
  const name = joinTitles([target, title]);
  return { name, ...(file && { file, line: Number(line) }), ...(detail && { detail }) };
}

/** Which crate an error belongs to is not said, so each that did not compile is shown with the first. */
function readCompilation(lines: readonly string[]): Failure[] {
  const crates = new Set(lines.flatMap((line) => NOT_COMPILED.exec(line)?.[1] ?? []));
  if (crates.size === 0) return [];
  const error = lines.findIndex((line) => ERROR.test(line));
  const below = linesBelow(lines, error, ERROR);
  const [, file, line] = below.map((each) => ERROR_PLACE.exec(each)).find((each) => each !== null) ?? [];
  const detail = boundDetail([lines[error] ?? '', ...linesUntil(below, /^\s*$/)]);
  return [...crates].map((name) => ({
    name,
    ...(file && { file, line: Number(line) }),
    ...(detail && { detail }),
  }));
}
