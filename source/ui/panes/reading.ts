// What is read over all the panes: its title, and the rows of it that are on the screen.
import { outputTitle } from '../rows/background-rows.ts';
import { openedTitle } from '../rows/commit-rows.ts';
import { paceRows, paceTitle } from '../rows/pace-rows.ts';
import { pagerTitle } from '../rows/pager-rows.ts';
import { fileTitle } from '../rows/work-rows.ts';
import type { Screen } from '../screen.ts';
import { markShown } from '../search/mark-shown.ts';
import type { Searched } from '../search/searched.ts';
import type { Stage } from '../stage.ts';
import { grouped, plural } from '../text/amounts.ts';
import { wrap } from '../text/wrap.ts';
import type { Subject } from '../view.ts';
import { commandOf } from './background.ts';
import { type Paged, paged } from './scroll.ts';

export function drawReading(screen: Screen, stage: Stage): string[] {
  const page = pageReading(screen, stage);
  if (page === undefined) return [];
  const { title, rows, first, top, height } = page;
  const from = top - first;
  return [
    title,
    ...markShown(rows.slice(from, from + height), page, screen.view.reading?.search, stage.theme),
  ];
}

/** What there is to read of something. */
export interface Text {
  readonly rows: readonly string[];
  /** The number of the first row: of what grows without end, the oldest rows are not kept. */
  readonly first: number;
  /** The row at which each file of a diff begins. */
  readonly files: readonly number[];
}

export interface ReadingPage extends Text, Paged {
  readonly title: string;
  /** Whether there may be more at its end. */
  readonly grows: boolean;
  readonly width: number;
  readonly height: number;
}

/** Undefined where nothing is read. */
export function pageReading(screen: Screen, stage: Stage): ReadingPage | undefined {
  const { view, layout, columns: width } = screen;
  if (view.reading === undefined || layout.kind === 'too small') return undefined;
  const { subject, top: wanted } = view.reading;
  const height = layout.foot.line.y - 1;
  const grows = subject.kind === 'output';
  const text = textOf(subject, screen, stage);
  const { rows, first, files } = typeof text === 'string' ? sentence(text, width, stage) : text;
  const end = grows ? Number.POSITIVE_INFINITY : first;
  const { top, last } = paged(rows.length, height, Math.max(first, wanted ?? end) - first);
  const reached = files.filter((row) => row <= top).length;
  const place =
    typeof text === 'string' || (files.length > 0 && reached === 0)
      ? ''
      : files.length > 0
        ? `file ${reached} of ${files.length}`
        : rowPlace(top, height, rows.length);
  const title = titleOf(subject, place, screen, stage);
  return { title, rows, first, files, grows, width, height, top: top + first, last: last + first };
}

export function searchedReading(screen: Screen, stage: Stage): Searched | undefined {
  const page = pageReading(screen, stage);
  const show = ({ top }: { readonly top: number }): void =>
    stage.view.setState(({ reading }) => ({ reading: reading && { ...reading, top } }));
  return page && { ...page, show };
}

/** A sentence where there is nothing to read. */
function textOf(subject: Subject, screen: Screen, stage: Stage): Text | string {
  const { columns } = screen;
  if (subject.kind === 'output') {
    const command = commandOf(screen, subject.session);
    return command === undefined ? 'it ended, and is not kept any more' : stage.outputPages(command, columns);
  }
  if (subject.kind === 'pace') return { rows: paceRows(screen, stage), first: 0, files: [] };
  if (typeof subject.text === 'string') return subject.text;
  return subject.kind === 'pager'
    ? { rows: stage.pagerPages(subject.text, columns), first: 0, files: [] }
    : { ...stage.commitPages(subject.text, columns), first: 0 };
}

function sentence(text: string, width: number, { theme }: Stage): Text {
  return { rows: wrap(theme.sgr('dim', text), width), first: 0, files: [] };
}

function titleOf(subject: Subject, place: string, screen: Screen, stage: Stage): string {
  const { session, work, columns, at } = screen;
  const { theme, shipped } = stage;
  if (subject.kind === 'pace') return paceTitle(place, columns, theme);
  if (subject.kind === 'pager') return pagerTitle(subject.item, place, columns, theme);
  if (subject.kind === 'output') {
    const command = commandOf(screen, subject.session);
    return command === undefined ? '' : outputTitle(command, place, at, columns, theme);
  }
  const { chosen } = subject;
  if ('file' in chosen)
    return fileTitle(work.files.find(({ path }) => path === chosen.file.path) ?? chosen.file, columns, theme);
  const known = shipped.find(session.commits, chosen.commit.sha);
  return openedTitle(chosen.commit, known, place, at, columns, theme);
}

/** `1-40 of 212`; `212 rows` where all of them are on the screen. */
export function rowPlace(top: number, height: number, rows: number): string {
  if (rows <= height) return plural(rows, 'row');
  return `${grouped(top + 1)}-${grouped(Math.min(rows, top + height))} of ${grouped(rows)}`;
}
