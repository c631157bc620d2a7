// The best of many paths for a few letters, a slice at a time: no frame waits for a hundred thousand of them. What is
// left of them is small enough to be ranked with care.
import * as fuzzysort from 'fuzzysort';

export interface Ranked {
  readonly path: string;
  /** UTF-16 indexes of the letters that match. */
  readonly marks: readonly number[];
}

export interface Shortlist {
  /** Looks at one more slice; whether that was the last. */
  step(): boolean;
  /** Of what was looked at so far, the best first. */
  best(): readonly Ranked[];
}

/** Paths a slice: a few milliseconds. */
export const SLICE = 5_000;
/** Paths of each kind that are ranked with care, and those that are shown of them. */
const KEPT = 150;
const SHOWN = 50;
/** Below this score the letters are strewn over the path by chance: `@alice` names a person and no file. */
const LEAST = 0.28;

export function createShortlist(paths: readonly string[], query: string): Shortlist {
  const letters = query.toLowerCase();
  // In the name, in the path, and letter by letter.
  const kinds: [string[], string[], string[]] = [[], [], []];
  let next = 0;
  return {
    step() {
      const end = Math.min(paths.length, next + SLICE);
      for (; next < end; next++) {
        const path = paths[next] ?? '';
        const kind = kindOf(path.toLowerCase(), letters);
        if (kind !== undefined) put(kinds[kind], path);
      }
      return next >= paths.length;
    },
    best: () => {
      const kept = kinds.flatMap((kind) => shortest(kind).slice(0, KEPT));
      if (query === '') return kept.slice(0, SHOWN).map((path) => ({ path, marks: [] }));
      const ranked = fuzzysort.go(
        query,
        kept.map((path) => fuzzysort.prepare(path)),
        { limit: SHOWN, threshold: LEAST },
      );
      // Of equal ones the first comes first.
      const order = new Map(kept.map((path, at) => [path, at]));
      const place = (path: string): number => order.get(path) ?? 0;
      return ranked
        .toSorted((a, b) => b.score - a.score || place(a.target) - place(b.target))
        .map(({ target, indexes }) => ({ path: target, marks: [...indexes] }));
    },
  };
}

function kindOf(path: string, letters: string): 0 | 1 | 2 | undefined {
  const at = path.lastIndexOf(letters);
  if (at >= 0) return at > path.lastIndexOf('/') ? 0 : 1;
  let from = 0;
  for (const letter of letters) {
    from = path.indexOf(letter, from) + 1;
    if (from === 0) return undefined;
  }
  return 2;
}

/** Of very many the shortest stay. */
function put(kind: string[], path: string): void {
  kind.push(path);
  if (kind.length >= 20 * KEPT) kind.splice(0, kind.length, ...shortest(kind).slice(0, KEPT));
}

function shortest(paths: readonly string[]): readonly string[] {
  return paths.length <= KEPT ? paths : paths.toSorted((a, b) => a.length - b.length);
}
