// The branch's commits as git has them: not ours, so read again whenever they may have changed.
import type { LogRow, Repository } from '../../engine/git-ports.ts';

export interface CommitLog {
  readonly rows: readonly LogRow[];
  /** Null: detached. Undefined: not read yet. */
  readonly branch: string | null | undefined;
  readonly ahead: number;
  readonly behind: number;
}

export interface CommitLogReader {
  current(): CommitLog;
  /** Reads the newest page and the branch again. While one reading runs, further ones become one more. */
  refresh(): void;
  /** Reads the page behind the last row. */
  more(): void;
}

const PAGE = 100;
/** Rows kept at most; a longer history is what `git log` is for. */
const KEPT = 2_000;
const nothing: CommitLog = { rows: [], branch: undefined, ahead: 0, behind: 0 };

/** `onChange` is called after each reading that changed something. A repository that cannot be read keeps what was read last. */
export function createCommitLog(repository: Repository, onChange: () => void): CommitLogReader {
  let current = nothing;
  let wanted: 'refresh' | 'more' | undefined;
  let reading = false;
  let ended = false;

  const read = async (what: 'refresh' | 'more'): Promise<void> => {
    if (what === 'more') {
      const rows = await repository.log(current.rows.length, PAGE);
      ended = rows.length < PAGE;
      current = { ...current, rows: [...current.rows, ...rows] };
      return;
    }
    const [head, ahead, rows] = await Promise.all([
      repository.head(),
      repository.ahead(),
      repository.log(0, PAGE),
    ]);
    const kept = keepOlder(current.rows, rows);
    ended = rows.length < PAGE;
    current = { rows: kept, branch: head.branch, ahead: ahead.ahead, behind: ahead.behind };
  };
  const ask = (what: 'refresh' | 'more'): void => {
    if (reading) {
      if (wanted !== 'refresh') wanted = what;
      return;
    }
    reading = true;
    read(what)
      .catch(() => undefined)
      .finally(() => {
        reading = false;
        onChange();
        const next = wanted;
        wanted = undefined;
        if (next !== undefined) ask(next);
      });
  };

  return {
    current: () => current,
    refresh: () => ask('refresh'),
    more: () => {
      if (!ended && current.rows.length < KEPT) ask('more');
    },
  };
}

/** What was read before stays behind the new page where the two still meet. */
function keepOlder(before: readonly LogRow[], page: readonly LogRow[]): readonly LogRow[] {
  const last = page.at(-1);
  const meets = last === undefined ? -1 : before.findIndex((row) => row.sha === last.sha);
  return meets < 0 ? page : [...page, ...before.slice(meets + 1)];
}
