// The branch's commits and the changed files as git has them: not ours, so read again whenever they may have changed.
import type { DirtyPath, LogPage, LogRow, Repository } from '../../engine/git-ports.ts';
import type { Claims } from '../../session/claims.ts';
import { type Work, workOf } from '../rows/work-rows.ts';

export interface CommitLog {
  /** Part of the log, newest first; `from` newer ones are not among them. */
  readonly rows: readonly LogRow[];
  readonly from: number;
  /** Of the first of them. A commit keeps its number while newer ones come, which have lower ones. */
  readonly number: number;
  /** Whether the last of them is the very first commit, as far as is known. */
  readonly ended: boolean;
  /** Null: detached. Undefined: not read yet. */
  readonly branch: string | null | undefined;
  readonly ahead: number;
  readonly behind: number;
  readonly dirty: readonly DirtyPath[];
  /** Only commits with decisions are among the rows. */
  readonly decided: boolean;
}

/** Each but `refresh` resolves when it has read. While one reads, further ones of its kind become one more. None rejects. */
export interface CommitLogReader {
  current(): CommitLog;
  /** Reads the rows that are there, the branch and the changed files again. */
  refresh(): void;
  /** Reads the page behind the last row, or before the first. */
  later(): Promise<void>;
  earlier(): Promise<void>;
  /** Goes to the newest rows, or to the very first commit, however many there are. */
  newest(): Promise<void>;
  oldest(): Promise<void>;
  /** Has only commits with decisions among the rows, or all again; the newest. */
  turnDecided(): Promise<void>;
  /** The changed files, by whether a ship takes them. */
  work(claims: Claims): Work;
}

interface Files {
  /** The claims when git had looked, and those now. */
  readonly first: Claims;
  readonly claims: Claims;
  readonly dirty: CommitLog['dirty'];
  readonly files: Work;
}

const PAGE = 100;
/** Rows kept at most: a window over a history of any length. */
const KEPT = 2_000;
const nothing: CommitLog = {
  rows: [],
  from: 0,
  number: 0,
  ended: false,
  branch: undefined,
  ahead: 0,
  behind: 0,
  dirty: [],
  decided: false,
};

/**
 * `onChange` is called after each reading. A repository that cannot be read keeps what was read last. `recorded`: commits
 * that decide something, though their message does not say so.
 */
export function createCommitLog(
  repository: Repository,
  onChange: () => void,
  recorded: () => readonly string[],
): CommitLogReader {
  let current = nothing;
  let decided = false;
  /** What a key asked for last. */
  let wanted = false;
  const work = createWork();

  const page = (from: number, count: number): Promise<LogPage> =>
    repository.log(from, count, decided ? recorded() : undefined);
  const readFrom = async (from: number, count: number): Promise<void> => {
    const [{ head, dirty }, { rows, ahead, behind }] = await Promise.all([
      repository.status(),
      page(from, count),
    ]);
    // The branch became shorter than what has been scrolled over.
    if (rows.length === 0 && from > 0) return readFrom(0, PAGE);
    const ended = rows.length < count;
    // Where the newest was is seen only while it is among these.
    const came = from === current.from ? rows.findIndex(({ sha }) => sha === current.rows[0]?.sha) : 0;
    const number = current.number + from - current.from - Math.max(0, came);
    current = { rows, from, number, ended, branch: head.branch, ahead, behind, dirty, decided };
  };
  const readers = {
    refresh: () => readFrom(current.from, Math.max(PAGE, current.rows.length)),
    newest: () => readFrom(0, PAGE),
    oldest: async () => {
      const count = await repository.count(decided ? recorded() : undefined);
      await readFrom(Math.max(0, count - PAGE), PAGE + 1);
    },
    later: async () => {
      if (current.ended) return;
      const { rows: more } = await page(current.from + current.rows.length, PAGE);
      const ended = more.length < PAGE;
      const rows = [...current.rows, ...unknownIn(current.rows, more)];
      const over = Math.max(0, rows.length - KEPT);
      const { from, number } = current;
      current = { ...current, rows: rows.slice(over), from: from + over, number: number + over, ended };
    },
    earlier: async () => {
      if (current.from === 0) return;
      const from = Math.max(0, current.from - PAGE);
      const { rows: newer } = await page(from, current.from - from);
      const rows = [...unknownIn(current.rows, newer), ...current.rows];
      const ended = current.ended && rows.length <= KEPT;
      const number = current.number + from - current.from;
      current = { ...current, rows: rows.slice(0, KEPT), from, number, ended };
    },
    turnDecided: async () => {
      decided = wanted;
      await readFrom(0, PAGE);
    },
  };
  const ask = oneAfterTheOther(onChange);

  return {
    current: () => current,
    refresh: () => void ask(readers.refresh),
    newest: () => ask(readers.newest),
    oldest: () => ask(readers.oldest),
    turnDecided() {
      wanted = !wanted;
      return ask(readers.turnDecided);
    },
    later: () => ask(readers.later),
    earlier: () => ask(readers.earlier),
    work: (claims) => work(claims, current.dirty),
  };
}

/** Sorts the changed files anew where git has looked or the claims have changed. */
function createWork(): (claims: Claims, dirty: CommitLog['dirty']) => Work {
  let work: Files | undefined;
  return (claims, dirty) => {
    if (work?.claims === claims && work.dirty === dirty) return work.files;
    const first = work?.dirty === dirty ? work.first : claims;
    // What was the session's when git looked and is no more was committed since: it is not the person's.
    const still = dirty.filter(({ path }) => first[path] === undefined || claims[path] !== undefined);
    work = { first, claims, dirty, files: workOf(claims, still) };
    return work.files;
  };
}

/** Runs one at a time in the order asked for; one that has not begun yet is asked for once. */
function oneAfterTheOther(onEnd: () => void): (read: () => Promise<void>) => Promise<void> {
  const waiting = new Map<() => Promise<void>, Promise<void>>();
  let last = Promise.resolve();
  return (read) => {
    const known = waiting.get(read);
    if (known !== undefined) return known;
    last = last
      .then(() => {
        waiting.delete(read);
        return read();
      })
      .catch(() => undefined)
      .finally(onEnd);
    waiting.set(read, last);
    return last;
  };
}

/** The branch may have moved since the rows were read: then a page overlaps with them until the next refresh. */
function unknownIn(rows: readonly LogRow[], page: readonly LogRow[]): readonly LogRow[] {
  const known = new Set(rows.map(({ sha }) => sha));
  return page.filter(({ sha }) => !known.has(sha));
}
