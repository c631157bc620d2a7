// One commit over all the panes: its title, and the part of its pages that is being read.
import { useStore } from 'zustand';
import { Rows } from '../parts/rows.tsx';
import type { CommitPages } from '../rows/commit-pages.ts';
import { openedTitle } from '../rows/commit-rows.ts';
import { fileTitle } from '../rows/work-rows.ts';
import type { Screen } from '../screen.ts';
import { markShown } from '../search/mark-shown.ts';
import type { Stage } from '../stage.ts';
import { wrap } from '../text/wrap.ts';
import { type Paged, paged } from './scroll.ts';

export function OpenedCommitPane({ stage }: { readonly stage: Stage }) {
  const screen = useStore(stage.screen);
  const page = pageOpened(screen, stage);
  if (page === undefined) return null;
  const { title, rows, top, height, width } = page;
  const shown = markShown(rows.slice(top, top + height), page, screen.view.diff?.search, stage.theme);
  return <Rows rows={[title, ...shown]} width={width} height={height + 1} />;
}

export interface OpenedPage extends CommitPages, Paged {
  readonly title: string;
  readonly width: number;
  readonly height: number;
}

/** Undefined where no commit is open. */
export function pageOpened(
  { view, layout, session, work, columns, at }: Screen,
  stage: Stage,
): OpenedPage | undefined {
  if (view.diff === undefined || layout.kind === 'too small') return undefined;
  const { commit, file, text = 'reading …', top: wanted } = view.diff;
  const pages =
    typeof text === 'string'
      ? { rows: wrap(stage.theme.sgr('dim', text), columns), files: [] }
      : stage.commitPages(text, columns);
  const height = layout.foot.line.y - 1;
  const { top, last } = paged(pages.rows.length, height, wanted);
  const shipped = commit && stage.shipped.find(session.commits, commit.sha);
  const reached = pages.files.filter((row) => row <= top).length;
  const place = reached === 0 ? '' : `file ${reached} of ${pages.files.length}`;
  return {
    ...pages,
    title: commit
      ? openedTitle(commit, shipped, place, at, columns, stage.theme)
      : fileTitle(work.files.find(({ path }) => path === file?.path) ?? file, columns, stage.theme),
    width: columns,
    top,
    last,
    height,
  };
}
