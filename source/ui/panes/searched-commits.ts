// What a search goes through in the commits: what there is to read in the row of each, whole, and page after page of the log.
import type { LogRow } from '../../engine/git-ports.ts';
import type { MoreRows, Searched } from '../search/searched.ts';
import type { Stage } from '../stage.ts';
import { clean } from '../text/clean.ts';
import { pageCommits } from './commits.ts';
import { screenNow } from './items.ts';
import { selectCommits } from './scrolling.ts';

/** It begins at the selected commit. Undefined where there is none on the screen. */
export function searchedCommits(stage: Stage): Searched | undefined {
  const screen = screenNow(stage);
  const page = pageCommits(screen, stage);
  if (page === undefined || page.commits.length === 0) return undefined;
  const { from, number, ended } = screen.log;
  const { files, selected, commits, height } = page;
  const isAll = ended && from === 0;
  return {
    rows: stage.commitTexts(commits),
    width: Number.POSITIVE_INFINITY,
    first: number,
    apart: true,
    top: number + Math.max(0, selected - files.length),
    height,
    show: ({ row }) => selectCommits(stage, files.length + row - number),
    ...(!isAll && { more: moreCommits(stage) }),
  };
}

function moreCommits({ log }: Stage): MoreRows {
  const end = (): number => log.current().from + log.current().rows.length;
  return {
    read: async (by) => {
      const before = by > 0 ? end() : log.current().from;
      await (by > 0 ? log.later() : log.earlier());
      return by > 0 ? end() > before : log.current().from < before;
    },
    first: async () => {
      if (log.current().from > 0) await log.newest();
    },
  };
}

/** By the rows that were read. */
export type CommitTexts = (commits: readonly LogRow[]) => readonly string[];

export function createCommitTexts(): CommitTexts {
  const kept = new WeakMap<readonly LogRow[], readonly string[]>();
  return (commits) => {
    const texts = kept.get(commits) ?? commits.map(textOf);
    kept.set(commits, texts);
    return texts;
  };
}

function textOf({ sha, subject, author, decisions }: LogRow): string {
  return clean([sha.slice(0, 7), subject, author, ...decisions].join(' '), { newlines: false });
}
