// What a search goes through where it is a list of rows: a terminal, a diff, a pager. The conversation has its own.
import { pageOpened } from '../panes/opened-commit.tsx';
import { pagePager } from '../panes/pager.tsx';
import { searchedOwn } from '../panes/run.tsx';
import { searchedTests } from '../panes/tests.tsx';
import type { Stage } from '../stage.ts';
import { overlayOf, type View } from '../view.ts';
import { findMatches, type Match, patternOf } from './find.ts';

export interface Searched {
  /** All of them. The same array as long as nothing changed. */
  readonly rows: readonly string[];
  /** Their most columns. */
  readonly width: number;
  /** Those on the screen. */
  readonly top: number;
  readonly height: number;
  /** Puts the row on top, as far as it can be. */
  show(row: number): void;
}

/** Undefined in the conversation, and where nothing can be searched. `view`: the one that is drawn, else as it is now. */
export function searchedIn(stage: Stage, view: View = stage.view.getState()): Searched | undefined {
  const screen = stage.screen.getState();
  const overlay = overlayOf(view);
  if (overlay === 'help' || overlay === 'output' || overlay === 'background') return undefined;
  if (overlay === 'pager') {
    const page = pagePager(screen, stage);
    return page && { ...page, show: (top) => scrollPagerTo(stage, top) };
  }
  if (overlay === 'diff') {
    const page = pageOpened(screen, stage);
    return page && { ...page, show: (top) => scrollOpenedTo(stage, top) };
  }
  if (view.focus === 'run') return searchedOwn(screen, stage);
  return view.focus === 'tests' ? searchedTests(screen, stage) : undefined;
}

function scrollPagerTo(stage: Stage, top: number): void {
  stage.view.setState(({ pager }) => ({ pager: pager && { ...pager, top } }));
}

function scrollOpenedTo(stage: Stage, top: number): void {
  stage.view.setState(({ diff }) => ({ diff: diff && { ...diff, top } }));
}

export type RowFinder = (rows: readonly string[], width: number, query: string) => readonly Match[];

/** Remembers what it found last. */
export function createRowFinder(): RowFinder {
  let last: { rows: readonly string[]; width: number; query: string; found: readonly Match[] } | undefined;
  return (rows, width, query) => {
    if (last?.rows === rows && last.width === width && last.query === query) return last.found;
    const pattern = patternOf(query);
    const found = pattern === undefined ? [] : findMatches(rows, width, pattern);
    last = { rows, width, query, found };
    return found;
  };
}
