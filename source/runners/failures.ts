// Failures as they go on to the session: each with a name of its own, none larger than people and models can use.
import type { Failure } from './runner.ts';

const FAILURES = 1_000;
const NAME_CHARACTERS = 500;
/** Lines below a failure's title in which its words and its place are looked for. */
export const DETAIL_REACH = 200;
const DETAIL_LINES = 20;
const DETAIL_CHARACTERS = 2_000;

/** At most 1,000; of the same name, the second is called `name (2)`. */
export function boundFailures(failures: readonly Failure[]): Failure[] {
  const taken = new Map<string, number>();
  return failures.slice(0, FAILURES).map((failure) => {
    const name = failure.name.slice(0, NAME_CHARACTERS);
    const count = (taken.get(name) ?? 0) + 1;
    taken.set(name, count);
    return { ...failure, name: count === 1 ? name : `${name} (${count})` };
  });
}

/** The first lines of what a runner says about a failure, without blank ones around; undefined where it says nothing. */
export function boundDetail(lines: readonly string[]): string | undefined {
  const first = lines.findIndex((line) => line.trim() !== '');
  if (first < 0) return undefined;
  const text = lines
    .slice(first, first + DETAIL_LINES)
    .join('\n')
    .trimEnd();
  return text.slice(0, DETAIL_CHARACTERS);
}

/** `a > b > c`, the way of writing a test's place that vitest made common. */
export function joinTitles(titles: readonly string[]): string {
  return titles.filter((title) => title !== '').join(' > ');
}
