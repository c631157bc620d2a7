// Makes what stands on a row of a pane the one that keys are about: the item, the failure, the commit.
import { newestEnded } from '../../session/tests.ts';
import type { Pane } from '../layout.ts';
import { listedFailures } from '../rows/test-rows.ts';
import type { Stage } from '../stage.ts';
import { pageCommits } from './commits.ts';
import { pageConversation } from './conversation.ts';
import { keyAt } from './conversation-list.ts';
import { isSelectable } from './items.ts';
import { walk } from './scroll.ts';
import { selectCommits } from './scrolling.ts';
import { pageTests } from './tests.ts';

/** `row`: of the pane's body as it is on the screen, from 0. Where nothing can be selected there, all stays as it is. */
export function selectRow(stage: Stage, pane: Pane, row: number): void {
  if (pane === 'conversation') selectItemAt(stage, row);
  else if (pane === 'tests' && stage.view.getState().shown === 'tests') selectFailureAt(stage, row);
  else if (pane === 'tests') return;
  else selectCommitAt(stage, row);
}

function selectItemAt(stage: Stage, row: number): void {
  const page = pageConversation(stage.screen.getState(), stage);
  if (page === undefined || row >= page.height) return;
  const { block } = walk(page.blocks, page.top, row);
  const item = page.items[block];
  if (item !== undefined && isSelectable(item)) stage.view.setState({ selected: keyAt(page.items, block) });
}

function selectFailureAt(stage: Stage, row: number): void {
  const screen = stage.screen.getState();
  const page = pageTests(screen, stage);
  if (page === undefined) return;
  const at = page.starts.findLastIndex((start) => start <= page.top + row);
  const failure = listedFailures(newestEnded(screen.session.tests))[at];
  if (failure !== undefined) stage.view.setState({ failure: failure.name });
}

function selectCommitAt(stage: Stage, row: number): void {
  const nth = pageCommits(stage.screen.getState(), stage)?.stands[row];
  if (nth !== undefined) selectCommits(stage, nth);
}
