// What is laid out and searched for one full screen, with what each of them remembers.
import type { CommitText } from '../engine/git-ports.ts';
import { type CommitTexts, createCommitTexts } from './panes/searched-commits.ts';
import { type KeptComposer, keepComposer } from './parts/kept-composer.ts';
import { createOutputPages, type OutputPagesOf } from './rows/background-rows.ts';
import { type CommitPages, layOutCommit } from './rows/commit-pages.ts';
import { type ConversationRows, createConversationRows } from './rows/conversation-rows.ts';
import { keepLaidOut } from './rows/laid-out.ts';
import { layOutItem } from './rows/pager-rows.ts';
import { type ConversationSearch, createConversationSearch } from './search/conversation-search.ts';
import { takeHits } from './search/search.ts';
import { createRowFinder, type RowFinder } from './search/searched.ts';
import { createTerminalRows, type TerminalRows } from './search/terminal-rows.ts';
import type { Stage } from './stage.ts';
import type { Theme } from './theme.ts';
import type { ItemText } from './view.ts';

export interface Pages {
  readonly theme: Theme;
  readonly composer: KeptComposer;
  readonly rows: ConversationRows;
  /** What there is to read of a commit, of an item of the conversation, and of what a background command prints. */
  readonly commitPages: (text: CommitText, width: number) => CommitPages;
  readonly pagerPages: (text: ItemText, width: number) => readonly string[];
  readonly outputPages: OutputPagesOf;
}

/** The theme, and what is laid out in it. */
export function pagesIn(theme: Theme): Pages {
  return {
    theme,
    composer: keepComposer(theme),
    rows: createConversationRows(theme),
    commitPages: keepLaidOut((text: CommitText, width) => layOutCommit(text, width, theme)),
    pagerPages: keepLaidOut((text: ItemText, width) => layOutItem(text, width, theme)),
    outputPages: createOutputPages(theme),
  };
}

export interface Searches {
  /** What is searched in rows, in those of a terminal, and in the conversation. */
  readonly find: RowFinder;
  readonly terminalRows: TerminalRows;
  /** What there is to find in commits. */
  readonly commitTexts: CommitTexts;
  readonly hits: ConversationSearch;
}

/** The stage is asked for when something is searched. */
export function createSearches(stage: () => Stage): Searches {
  return {
    find: createRowFinder(),
    terminalRows: createTerminalRows(),
    commitTexts: createCommitTexts(),
    hits: createConversationSearch(
      (fromSeq, count) => stage().engine.history(fromSeq, count),
      () => stage().rows,
      () => {
        takeHits(stage());
        stage().request();
      },
    ),
  };
}
