// Reads the lines of a summary that count tests: `1 failed | 3 passed | 1 skipped (5)`, `1 failed, 3 passed, 4 total`.
import type { Counts } from './runner.ts';

/** What a runner calls tests that passed, failed and did not run; several words with `|` between them. */
export type CountWords = Readonly<Record<keyof Counts, string>>;

const USUAL: CountWords = { passed: 'passed', failed: 'failed', skipped: 'skipped|todo' };

/** Adds up all lines whose first group holds counts (a run of several packages prints one each); undefined for none. */
export function readCounts(
  lines: readonly string[],
  summary: RegExp,
  words: CountWords = USUAL,
): Counts | undefined {
  const found = lines.flatMap((line) => summary.exec(line)?.[1] ?? []).join('\n');
  if (found === '') return undefined;
  const count = (word: string): number =>
    [...found.matchAll(new RegExp(`\\b(\\d{1,9}) (?:${word})\\b`, 'g'))].reduce(
      (sum, [, number]) => sum + Number(number),
      0,
    );
  return { passed: count(words.passed), failed: count(words.failed), skipped: count(words.skipped) };
}

/** Adds up, group by group, the numbers of all lines that `pattern` fits; empty where it fits none. */
export function sumNumbers(lines: readonly string[], pattern: RegExp): readonly number[] {
  return lines.reduce<number[]>((sums, line) => {
    const numbers = pattern.exec(line)?.slice(1) ?? [];
    return numbers.length === 0 ? sums : numbers.map((number, at) => (sums[at] ?? 0) + Number(number ?? 0));
  }, []);
}
