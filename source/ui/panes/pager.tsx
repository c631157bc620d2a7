// One item of the conversation over all the panes: its title, and the part of it that is being read.
import { useStore } from 'zustand';
import { Rows } from '../parts/rows.tsx';
import { pagePlace, pagerTitle } from '../rows/pager-rows.ts';
import type { Screen } from '../screen.ts';
import { markShown } from '../search/mark-shown.ts';
import type { Stage } from '../stage.ts';
import { wrap } from '../text/wrap.ts';
import { type Paged, paged } from './scroll.ts';

export function PagerPane({ stage }: { readonly stage: Stage }) {
  const screen = useStore(stage.screen);
  const page = pagePager(screen, stage);
  if (page === undefined) return null;
  const { title, rows, top, height, width } = page;
  const shown = markShown(rows.slice(top, top + height), page, screen.view.pager?.search, stage.theme);
  return <Rows rows={[title, ...shown]} width={width} height={height + 1} />;
}

export interface PagerPage extends Paged {
  readonly title: string;
  readonly rows: readonly string[];
  readonly width: number;
  readonly height: number;
}

/** Undefined where no item is read. */
export function pagePager({ view, layout, columns: width }: Screen, stage: Stage): PagerPage | undefined {
  if (view.pager === undefined || layout.kind === 'too small') return undefined;
  const { content, item, top: wanted } = view.pager;
  const rows =
    typeof content === 'string'
      ? wrap(stage.theme.sgr('dim', content), width)
      : stage.pagerPages(content, width);
  const height = layout.foot.line.y - 1;
  const { top, last } = paged(rows.length, height, wanted);
  const title = pagerTitle(item, pagePlace(top, height, rows.length), width, stage.theme);
  return { title, rows, width, top, last, height };
}
