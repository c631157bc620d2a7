// Each pane's rows with its title on top.
import type { Pane } from '../layout.ts';
import type { Draw } from '../parts/drawn.tsx';
import { titledLine } from '../parts/lines.ts';
import { tabRow, titleRow } from '../parts/titles.ts';
import type { Screen } from '../screen.ts';
import type { Stage } from '../stage.ts';
import { drawCommits } from './commits.ts';
import { drawConversation } from './conversation.ts';
import { drawOwn } from './run.ts';
import { drawTests } from './tests.ts';

/** A pane's title and the rows below it, as many as its place has. */
export const titled: Readonly<Record<Pane, Draw>> = {
  conversation: (screen, stage) => [
    titleOf('conversation', screen, stage),
    ...drawConversation(screen, stage),
  ],
  tests: (screen, stage) => [titleOf('tests', screen, stage), ...drawShown(screen, stage)],
  commits: (screen, stage) => [titleOf('commits', screen, stage), ...drawCommits(screen, stage)],
};

const drawShown: Draw = (screen, stage) => (screen.view.shown === 'run' ? drawOwn : drawTests)(screen, stage);

/** In the strips below the conversation it begins a line. */
function titleOf(pane: Pane, screen: Screen, stage: Stage): string {
  const { layout, columns } = screen;
  switch (layout.kind) {
    case 'too small':
      return '';
    case 'single':
      return tabRow(pane, screen, stage, columns);
    case 'medium':
      return pane === 'conversation'
        ? titleRow(pane, screen, stage, columns)
        : titledLine(titleRow(pane, screen, stage, columns - 2), columns, stage.theme);
    case 'wide':
      return titleRow(pane, screen, stage, layout.panes[pane].title.width);
    default:
      return layout satisfies never;
  }
}
