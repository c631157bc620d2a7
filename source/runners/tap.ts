// Reads the Test Anything Protocol, with nested tests as Node, tap and Perl print them.
import type { TestReport } from '../engine/ports.ts';
import { boundDetail, DETAIL_REACH, joinTitles } from './failures.ts';
import { readPlace } from './place.ts';
import { type Failure, type Runner, runsProgram } from './runner.ts';

const POINT = /^((?: {4})*)(not )?ok\b(?: \d+)?(?: -)? ?(.*)$/;
const DIRECTIVE = /(?:^|[^\\])# *(SKIP|TODO)\b.*$/i;
/** What says where and how long rather than what went wrong. */
const ASIDE =
  /^(?:duration_ms|type|location|failureType|exitCode|signal|code|name|stack|at|file|line|column):/;
const SUBTEST = /^ *# Subtest: /;
const PLACE = /^(?:location|at): /;

/** A test with the tests inside it. */
interface Point {
  readonly passed: number;
  readonly skipped: number;
  readonly failed: readonly Failed[];
}

/** `titles`: from the outermost test on. `block`: the YAML below it. */
interface Failed {
  readonly titles: readonly string[];
  readonly block: readonly string[];
}

export const tap: Runner = {
  name: 'tap',
  matches: (command) =>
    ['tap', 'tape', 'prove', 'bats', '\\S*=tap', '--tap'].some((word) => runsProgram(command, word)),
  sign: /^TAP version \d+$|^1\.\.\d/,
  read: (lines) => {
    const planned =
      lines.some((line) => /^TAP version \d+$/.test(line)) || lines.some((line) => /^1\.\.\d+/.test(line));
    const points = readPoints(lines);
    if (!planned || (points.length === 0 && !lines.some((line) => /^1\.\.0\b/.test(line)))) return undefined;
    return report(points);
  },
};

function report(points: readonly Point[]): TestReport {
  const { passed, skipped, failed } = addUp(points);
  const counts = { passed, failed: failed.length, skipped };
  return { counts, failures: failed.map(describe), ...(points.length === 0 && { none: true as const }) };
}

function addUp(points: readonly Point[]): Point {
  return {
    passed: points.reduce((sum, point) => sum + point.passed, 0),
    skipped: points.reduce((sum, point) => sum + point.skipped, 0),
    failed: points.flatMap((point) => point.failed),
  };
}

/**
 * The outermost points. Inner ones come, deeper indented, before the point that sums them up; where nothing is nested,
 * as with tape, the comment above a point names its group.
 */
function readPoints(lines: readonly string[]): readonly Point[] {
  const levels: Point[][] = [[]];
  const nested = lines.some((line) => SUBTEST.test(line));
  let group = '';
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    if (!nested && line.startsWith('# ')) group = line.slice(2).trim();
    const [, indent, not, said] = POINT.exec(line) ?? [];
    if (indent === undefined || said === undefined) continue;
    const level = indent.length / 4;
    const block = readBlock(lines, index + 1, `${indent}  `);
    index += block.length;
    const inner = levels.splice(level + 1).flat();
    while (levels.length <= level) levels.push([]);
    levels[level]?.push(readPoint(joinTitles([group, said]), not !== undefined, block, inner));
  }
  return levels[0] ?? [];
}

function readPoint(said: string, failed: boolean, block: readonly string[], inner: readonly Point[]): Point {
  if (DIRECTIVE.test(said)) return { passed: 0, skipped: 1, failed: [] };
  const title = said.replaceAll('\\#', '#');
  const sum = addUp(inner);
  if (sum.failed.length > 0)
    return { ...sum, failed: sum.failed.map((each) => ({ ...each, titles: [title, ...each.titles] })) };
  if (failed) return { ...sum, failed: [{ titles: [title], block }] };
  return inner.length > 0 ? sum : { passed: 1, skipped: 0, failed: [] };
}

/** Absolute paths differ between checkouts of the same project and names must not, so only the file's name is in them. */
function describe({ titles, block }: Failed): Failure {
  const yaml = withoutMargin(block.slice(1, -1));
  const place = yaml
    .filter((line) => PLACE.test(line))
    .map(readPlace)
    .find((each) => each !== undefined);
  const base = place?.file.split('/').at(-1) ?? '';
  const detail = boundDetail(readReason(yaml));
  // A file that did not load is named by its path.
  const name = joinTitles(titles[0]?.endsWith(base) ? titles : [base, ...titles]);
  return { name, ...place, ...(detail && { detail }) };
}

/** The YAML lines below a point, `---` and `...` included, without their indentation. */
function readBlock(lines: readonly string[], from: number, indent: string): string[] {
  if (lines[from] !== `${indent}---`) return [];
  const block = lines.slice(from, from + DETAIL_REACH);
  const end = block.indexOf(`${indent}...`);
  return block.slice(0, end + 1).map((line) => line.slice(indent.length));
}

function withoutMargin(lines: readonly string[]): string[] {
  const margin = Math.max(0, lines[0]?.search(/\S/) ?? 0);
  return lines.map((line) => line.slice(margin));
}

function readReason(yaml: readonly string[]): string[] {
  let aside = false;
  return yaml.filter((line) => {
    if (!line.startsWith(' ')) aside = ASIDE.test(line);
    return !aside && line.trim() !== '';
  });
}
