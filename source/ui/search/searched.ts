// What a search goes through where it is a list of rows: a terminal, what is read over the panes. The conversation has its own.
import { searchedReading } from '../panes/reading.tsx';
import { searchedOwn } from '../panes/run.tsx';
import { searchedTests } from '../panes/tests.tsx';
import type { Stage } from '../stage.ts';
import { coverOf, type View } from '../view.ts';
import { findMatches, type Match, patternOf } from './find.ts';

export interface Searched {
  /** All of them. The same array as long as nothing changed. */
  readonly rows: readonly string[];
  /** Their most columns. */
  readonly width: number;
  /** The number of the first; 0 where absent. Matches and `top` are counted from row 0. */
  readonly first?: number;
  /** Those on the screen. */
  readonly top: number;
  readonly height: number;
  /** Puts the row on top, as far as it can be. */
  show(row: number): void;
}

/** Undefined in the conversation, and where nothing can be searched. `view`: the one that is drawn, else as it is now. */
export function searchedIn(stage: Stage, view: View = stage.view.getState()): Searched | undefined {
  const screen = stage.screen.getState();
  const cover = coverOf(view);
  if (cover === 'reading') return searchedReading(screen, stage);
  if (cover !== undefined) return undefined;
  if (view.focus === 'run') return searchedOwn(screen, stage);
  return view.focus === 'tests' ? searchedTests(screen, stage) : undefined;
}

export type RowFinder = (searched: Searched, query: string) => readonly Match[];

/** Remembers what it found last. */
export function createRowFinder(): RowFinder {
  let last: { searched: Searched; query: string; found: readonly Match[] } | undefined;
  return (searched, query) => {
    const { rows, width, first = 0 } = searched;
    const known = last?.searched;
    if (
      known?.rows === rows &&
      known.width === width &&
      known.first === searched.first &&
      last?.query === query
    )
      return last.found;
    const pattern = patternOf(query);
    const found = pattern === undefined ? [] : findMatches(rows, width, pattern, first);
    last = { searched, query, found };
    return found;
  };
}
