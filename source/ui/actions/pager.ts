// What keys do in an item that is read over the panes.
import { scrollPager } from '../items.ts';
import type { Stage } from '../stage.ts';

export const pagerActions = {
  'pager up': (stage: Stage) => scrollPager(stage, -1),
  'pager down': (stage: Stage) => scrollPager(stage, 1),
  'pager top': (stage: Stage) => scrollPager(stage, Number.NEGATIVE_INFINITY),
  'pager end': (stage: Stage) => scrollPager(stage, Number.POSITIVE_INFINITY),
};
