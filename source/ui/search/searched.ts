// What a search goes through where it is a list of rows: a terminal, the commits, what is read over the panes. The conversation
// has its own.
import { searchedReading } from '../panes/reading.ts';
import { searchedOwn } from '../panes/run.ts';
import { searchedCommits } from '../panes/searched-commits.ts';
import { searchedTests } from '../panes/tests.ts';
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
  /** Each row is a text of its own, and one match, however often it is in there. */
  readonly apart?: true;
  /** Those on the screen; a search begins at the top. */
  readonly top: number;
  readonly height: number;
  /** Brings the row of a match onto the screen; `top`: the one that is on top then, as far as it can be. */
  show(match: { readonly row: number; readonly top: number }): void;
  /** Where there may be more rows behind or before these; absent: they are all there are. */
  readonly more?: MoreRows;
}

export interface MoreRows {
  /** Reads on behind the last row (or, with -1, before the first). False: there was nothing. */
  read(by: 1 | -1): Promise<boolean>;
  /** Back to the first rows of all. */
  first(): Promise<void>;
}

/** Undefined in the conversation, and where nothing can be searched. `view`: the one that is drawn, else as it is now. */
export function searchedIn(stage: Stage, view: View = stage.view.getState()): Searched | undefined {
  const screen = stage.screen.getState();
  const cover = coverOf(view);
  if (cover === 'reading') return searchedReading(screen, stage);
  if (cover !== undefined) return undefined;
  if (view.focus === 'run') return searchedOwn(screen, stage);
  if (view.focus === 'commits') return searchedCommits(stage);
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
    const all = pattern === undefined ? [] : findMatches(rows, width, pattern, first);
    const found = searched.apart ? all.filter(([{ row }], at) => row !== all[at - 1]?.[0].row) : all;
    last = { searched, query, found };
    return found;
  };
}
