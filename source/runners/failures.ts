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
  const taken = new Set<string>();
  return failures.slice(0, FAILURES).map((failure) => {
    const wanted = failure.name.slice(0, NAME_CHARACTERS);
    let name = wanted;
    for (let count = 2; taken.has(name); count += 1) name = `${wanted} (${count})`;
    taken.add(name);
    return { ...failure, name };
  });
}

/** The lines below the one at `index`, within reach, up to the first that `end` finds. */
export function linesBelow(lines: readonly string[], index: number, end: RegExp): readonly string[] {
  return linesUntil(lines.slice(index + 1, index + DETAIL_REACH), end);
}

/** The lines before the first that `end` finds; all where it finds none. */
export function linesUntil(lines: readonly string[], end: RegExp): readonly string[] {
  const found = lines.findIndex((line) => end.test(line));
  return found < 0 ? lines : lines.slice(0, found);
}

/**
 * The first lines of what a runner says about a failure, without blank ones around and without the indentation that all
 * of them share; undefined where it says nothing.
 */
export function boundDetail(lines: readonly string[]): string | undefined {
  const first = lines.findIndex((line) => line.trim() !== '');
  if (first < 0) return undefined;
  const said = lines.slice(first, first + DETAIL_LINES);
  const margin = Math.min(...said.filter((line) => line.trim() !== '').map((line) => line.search(/\S/)));
  const text = said.map((line) => line.slice(margin)).join('\n');
  return text.trimEnd().slice(0, DETAIL_CHARACTERS);
}

/** `a > b > c`, the way of writing a test's place that vitest made common. */
export function joinTitles(titles: readonly string[]): string {
  return titles.filter((title) => title !== '').join(' > ');
}
