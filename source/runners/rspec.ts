// Reads RSpec: names from its list of failed examples, words and places from the failures above it.
import { sumNumbers } from './counts.ts';
import { boundDetail, joinTitles, linesBelow, linesUntil } from './failures.ts';
import { readPlace } from './place.ts';
import { toReport } from './report.ts';
import { type Counts, type Failure, type Runner, runsProgram } from './runner.ts';

const TOTAL =
  /^(\d{1,9}) examples?, (\d{1,9}) failures?(?:, (\d{1,9}) pending)?(?:, (\d{1,9}) errors? occurred)?/;
const HEADING = /^ {2}\d+\) (.+)$/;
const STACK = /^ *# (\.\/\S+:\d+)/;
const SOURCE = /^( *)Failure\/Error: /;
/** `rspec ./spec/slug_spec.rb:10 # slug hashes`; shared examples have an index instead of a line. */
const EXAMPLE = /^rspec '?\.\/([^\s:[]+)(?::(\d+)|\[[\d:]+\])'? # (.+)$/;
const NOT_LOADED = /^An error occurred while loading \.\/(\S+?)\.(?: |$)/;

export const rspec: Runner = {
  name: 'rspec',
  matches: (command) => runsProgram(command, 'rspec') || runsProgram(command, 'rake\\s+spec'),
  sign: TOTAL,
  read: (lines) => {
    const counts = readTotal(lines);
    return counts && toReport(counts, [...readExamples(lines), ...readNotLoaded(lines)]);
  },
};

function readTotal(lines: readonly string[]): Counts | undefined {
  const [examples, failures = 0, pending = 0, errors = 0] = sumNumbers(lines, TOTAL);
  if (examples === undefined) return undefined;
  const passed = Math.max(0, examples - failures - pending);
  return { passed, failed: failures + errors, skipped: pending };
}

/** Both lists keep the order in which the examples failed. */
function readExamples(lines: readonly string[]): Failure[] {
  const blocks = Map.groupBy(
    lines.flatMap((line, index) => {
      const title = HEADING.exec(line)?.[1];
      return title === undefined ? [] : [{ title, index }];
    }),
    (block) => block.title,
  );
  return lines.flatMap((line) => {
    const [, file, defined, title] = EXAMPLE.exec(line) ?? [];
    if (file === undefined || title === undefined) return [];
    const index = blocks.get(title)?.shift()?.index;
    return [describe({ file, title, defined }, index === undefined ? [] : linesBelow(lines, index, HEADING))];
  });
}

function describe(
  { file, title, defined }: { file: string; title: string; defined: string | undefined },
  block: readonly string[],
): Failure {
  const places = block.flatMap((line) => readPlace(STACK.exec(line)?.[1] ?? '') ?? []);
  const line = places.find((place) => place.file === `./${file}`)?.line ?? Number(defined ?? 0);
  const detail = readReason(block);
  return { name: joinTitles([file, title]), file, ...(line > 0 && { line }), ...(detail && { detail }) };
}

function readNotLoaded(lines: readonly string[]): Failure[] {
  return lines.flatMap((line, index) => {
    const file = NOT_LOADED.exec(line)?.[1];
    if (file === undefined) return [];
    const detail = readReason(linesBelow(lines, index, NOT_LOADED));
    return [{ name: file, file, ...(detail && { detail }) }];
  });
}

/** From the line of source down to the stack. */
function readReason(block: readonly string[]): string | undefined {
  const source = block.findIndex((line) => SOURCE.test(line));
  const words = linesUntil(block.slice(Math.max(0, source)), STACK);
  return boundDetail(words.map((line) => line.replace(SOURCE, '$1')));
}
