// Whether red tests hold a ship: new failures always do, old ones until the model calls them known (rule 10). Pure.
import type { Run } from '../session/tests.ts';

/** What is known of the turn's starting tree. `unknown`: it could not be tested. `no tests`: nothing there could fail. */
export type Start = Run | 'unknown' | 'no tests';

export type Judgement =
  /** New failures, or ones that cannot be told from old: the model goes on. `old` were there before. */
  | { readonly kind: 'hold'; readonly fresh: readonly string[]; readonly old: readonly string[] }
  /** All are old and not yet called known. No names: the start was red too. */
  | { readonly kind: 'ask'; readonly old: readonly string[] }
  /** Nobody can say whether they are old. */
  | { readonly kind: 'uncompared' }
  | {
      readonly kind: 'commit';
      readonly verdict: 'known' | 'unverified' | 'red';
      readonly failures: number;
      readonly accepted: readonly string[];
    };

export interface Case {
  readonly run: Run;
  readonly start: Start;
  /** Called known in an earlier ship and not green since. */
  readonly accepted: readonly string[];
  /** The ship says `known: true`. */
  readonly known: boolean;
  readonly when: 'known' | 'green' | 'always';
}

export function judge({ run, start, accepted, known, when }: Case): Judgement {
  const names = run.failures.map((failure) => failure.name);
  const count = names.length || run.counts?.failed || 1;
  if (when === 'always') return { kind: 'commit', verdict: 'red', failures: count, accepted: [] };
  if (when === 'green') return { kind: 'hold', fresh: names, old: [] };
  if (run.verdict !== 'red' && differs(run, start)) return { kind: 'hold', fresh: names, old: [] };
  const open = names.filter((name) => !accepted.includes(name));
  if (names.length > 0 && open.length === 0 && unnamed(run) === 0)
    return { kind: 'commit', verdict: 'known', failures: count, accepted: [] };
  if (start === 'no tests' || (start !== 'unknown' && passed(start)))
    return { kind: 'hold', fresh: open, old: [] };
  if (start === 'unknown' || !comparable(names, start)) {
    return known
      ? { kind: 'commit', verdict: 'unverified', failures: count, accepted: names }
      : { kind: 'uncompared' };
  }
  if (unnamed(run) > unnamed(start)) return { kind: 'hold', fresh: ['failures without a name'], old: open };
  const before = new Set(start.failures.map((failure) => failure.name));
  const fresh = open.filter((name) => !before.has(name));
  if (fresh.length > 0) return { kind: 'hold', fresh, old: open.filter((name) => before.has(name)) };
  return known
    ? { kind: 'commit', verdict: 'known', failures: count, accepted: names }
    : { kind: 'ask', old: open };
}

/** Failures that the runner counted and did not name. */
function unnamed({ counts, failures }: Run): number {
  return failures.length === 0 ? 0 : Math.max(0, (counts?.failed ?? 0) - failures.length);
}

/** A run that did not come to its end has a failure without a name: new, unless the start ended in the same way. */
function differs(run: Run, start: Start): boolean {
  return start === 'no tests' || (start !== 'unknown' && start.verdict !== run.verdict);
}

function passed(start: Run): boolean {
  return start.verdict === 'green' || start.verdict === 'none';
}

/** Names are compared with names; without any on both sides it is red before and red now. */
function comparable(names: readonly string[], start: Run): boolean {
  const named = start.failures.length > 0;
  return names.length > 0 ? named : !named;
}
