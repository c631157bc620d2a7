// The engine's two ways to git, one that only reads and one that commits. Types alone.
import type { SessionEvent } from '../session/events.ts';
import type { Claim, Decision, DependencyChange } from '../session/facts.ts';

/** A path that differs from HEAD, as `git status` sees it. A rename is two: one gone, one new. */
export interface DirtyPath {
  readonly path: string;
  /** XY of porcelain v2, `??` for untracked, `.` for unchanged. */
  readonly xy: string;
  readonly submodule: boolean;
  /** Null: not on disk. Times in epoch ms with fractions. */
  readonly stat: {
    readonly size: number;
    readonly mtimeMs: number;
    readonly ctimeMs: number;
    readonly ino: number;
    readonly mode: number;
  } | null;
  /** ctime of the nearest existing parent: when a deleted path went. */
  readonly parentCtimeMs: number;
  /** What HEAD has there; null: nothing. Absent where git does not say. */
  readonly base?: { readonly mode: string; readonly oid: string } | null;
}

export interface Head {
  /** Null: no commit yet. */
  readonly sha: string | null;
  /** Null: detached. */
  readonly branch: string | null;
}

/** A commit of the branch, as the commits pane lists it. */
export interface LogRow {
  readonly sha: string;
  readonly subject: string;
  readonly author: string;
  /** Epoch ms. */
  readonly at: number;
  readonly unpushed: boolean;
  /** What its `Decision:` lines say, each on one line and bounded. */
  readonly decisions: readonly string[];
}

/** A commit as text for people. `diff` is unified; `cut`: it was longer. */
export interface CommitText {
  readonly author: string;
  readonly message: string;
  readonly diff: string;
  readonly cut: boolean;
}

/** What a push would do; `first`: the branch is not there yet, and becomes the upstream. */
export type Outgoing =
  | {
      readonly to: string;
      readonly commits: number;
      readonly first: boolean;
      readonly head: string;
    }
  /** Why nothing would be pushed, and what to do. */
  | { readonly reason: string };

/** How HEAD came from one commit to where it is. */
export interface Move {
  /** Whether HEAD still has that commit in its history. */
  readonly contained: boolean;
  /** Commits that HEAD has and it had not; the newest few of them, newest first. */
  readonly count: number;
  readonly commits: readonly { readonly sha: string; readonly subject: string }[];
  /** Paths that differ between the two, and how many more there are. */
  readonly paths: readonly string[];
  readonly more: number;
}

/** One look of git's at the worktree. */
export interface Status {
  /** As it was at that moment. */
  readonly head: Head;
  readonly dirty: readonly DirtyPath[];
  /** Names the index file that git read: a later one has another name. */
  readonly index: string;
}

/** Part of the log, and how the branch stands to its upstream: both take the same look. */
export interface LogPage {
  readonly rows: readonly LogRow[];
  /** As people write it: `origin/main`. */
  readonly upstream: string | null;
  /** Without an upstream, what is on no remote; 0 where there is no remote. */
  readonly ahead: number;
  readonly behind: number;
}

/**
 * Reads only; runs nothing of the repository's (hooks, filters, fsmonitor). Every method may be called at any time.
 * `look`: a status that was taken a moment ago stands for a new one, which is a process less.
 */
export interface Repository {
  readonly root: string;
  /**
   * Whether HEAD, the index and each path that differed are still as a look saw them. Starts no process; false also where only
   * git could tell.
   */
  stands(look: Status): Promise<boolean>;
  head(): Promise<Head>;
  status(): Promise<Status>;
  /** More than some 20,000 files: a status takes so long that a request need not wait for it. */
  isLarge(): Promise<boolean>;
  /** Hash of the whole tree: tracked and untracked-not-ignored content, modes, deletions (rule 9). Same tree, same hash, whatever is committed. */
  treeHash(look?: Status): Promise<string>;
  /** A merge, rebase, bisect, …, missing identity or the person's own `git commit` at work: the reason and what to do. */
  hindrance(look?: Status): Promise<string | undefined>;
  /** Null where `from` is no commit any more. */
  move(from: string): Promise<Move | null>;
  /** Those of the paths that git ignores. */
  ignored(paths: readonly string[]): Promise<readonly string[]>;
  /** Paths that a person may name: tracked, and new ones that are not ignored. `sibling`: those of a folder beside the root, from there on. */
  files(sibling?: string): Promise<readonly string[]>;
  /** Names of the folders beside the root. */
  siblings(): Promise<readonly string[]>;
  /**
   * Newest first. With `recorded`, those with decisions alone, which are skipped and counted: their message says so, or they
   * are among the newest thousand and among the `recorded` ones, whose decisions no message has.
   */
  log(skip: number, count: number, recorded?: readonly string[]): Promise<LogPage>;
  /** The newest `commits` commits, newest first. One process where HEAD has moved, none otherwise. */
  decisions(commits: number): Promise<readonly Pick<LogRow, 'sha' | 'decisions'>[]>;
  /** Commits after `sha` up to HEAD, oldest first, with their changed paths. */
  since(sha: string | null): Promise<
    readonly {
      readonly sha: string;
      readonly subject: string;
      readonly at: number;
      readonly paths: readonly string[];
    }[]
  >;
  /** What a commit changes of its first parent; all that it has, where there is none. */
  changesOf(sha: string): Promise<CommitDiff>;
  /** A file of the worktree, or of HEAD, as bytes; null: there is none (or it is not a file). */
  content(path: string): Promise<Uint8Array | null>;
  /** Of a path of the worktree, without following links; null: nothing is there. */
  stat(path: string): Promise<DirtyPath['stat']>;
  headContent(path: string): Promise<Uint8Array | null>;
  /** Writes the tree as it stands (untracked too) into the object store, untouched by any index; its id. */
  keepTree(look?: Status): Promise<string>;
  /** Lays a kept tree into a new temporary directory, with the worktree's ignored dependencies linked in. */
  scratch(tree: string): Promise<{ readonly directory: string; remove(): Promise<void> }>;
  /** How many commits HEAD has behind and with it. */
  count(recorded?: readonly string[]): Promise<number>;
  /** Null where there is no such commit. A merge shows what it brought to its first parent. */
  show(sha: string): Promise<CommitText | null>;
  /** The path as it is in the worktree against HEAD; no message and no author. Untracked files are all new. */
  diff(path: string): Promise<CommitText>;
  /** What a push would do now, as far as the last fetch knows. */
  outgoing(): Promise<Outgoing>;
  /** Calls back a moment after the branch has moved, whoever moved it; returns the way to stop. Never throws. */
  watch(onMove: () => void): () => void;
  /** Calls back with each tracked path that is written or removed, by whomever; returns the way to stop. Never throws, and may miss some in a large tree. */
  watchFiles(onChange: (path: string) => void): () => void;
}

/** One path of a commit. For patches, the session's delta from `before` to `after` is what is committed (rule 17). */
export interface PathPlan {
  readonly path: string;
  readonly by: Claim['by'];
  /** The person had it changed or staged before the session wrote it: what is staged there is theirs. */
  readonly shared?: true;
  /** The person's lines cannot be told from the session's: it is held. */
  readonly overlap?: true;
  /** Content before the session's first write and after its last; null: no file. Absent: the worktree's content is taken. */
  readonly delta?: { readonly before: Uint8Array | null; readonly after: Uint8Array | null };
}

export interface PathChange {
  readonly path: string;
  readonly change: 'added' | 'removed' | 'changed';
}

/** The text of a file before and after; null: no file. */
export interface FileDiff {
  readonly path: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** Reads decisions off what changed. Nothing here touches the disk, and nothing throws: what cannot be read says nothing. */
export interface DecisionReader {
  /** Whether the path's content names dependencies, or may tell any other decision. */
  isManifest(path: string): boolean;
  isReadable(path: string): boolean;
  /** A bounded list. `files`: those that are readable. `folders`: at the root before; null: there was nothing before. */
  decisions(diff: {
    readonly paths: readonly PathChange[];
    readonly files: readonly FileDiff[];
    readonly folders: readonly string[] | null;
    /** Decisions that are stated already: what they name is not told again. */
    readonly stated: readonly Decision[];
  }): readonly Decision[];
  dependencies(files: readonly FileDiff[]): readonly DependencyChange[];
}

/** What a commit changes, as git keeps it. */
export interface CommitDiff {
  readonly paths: readonly PathChange[];
  /** Folders at the root before it; null: it is the first commit. */
  folders(): Promise<readonly string[] | null>;
  /** The text of one of the paths; null: no file. Rejects where it is not text, or too long for a manifest. */
  text(path: string): Promise<{ readonly before: string | null; readonly after: string | null }>;
}

export interface CommitPlan {
  readonly subject: string;
  readonly body: string;
  readonly trailers: readonly string[];
  /** Further trailers, which stand first, from what is committed in the end; asked again where that changes. */
  readonly read?: (diff: CommitDiff) => Promise<readonly string[]>;
  readonly paths: readonly PathPlan[];
  /** Called before the ref moves; resolves when the fact is on disk. `partial`: paths that are not committed as the worktree has them. */
  readonly onStarted: (
    fact: SessionEvent & { type: 'commit.started' },
    partial: readonly string[],
  ) => Promise<void>;
  readonly signal: AbortSignal;
}

export type CommitResult =
  | {
      readonly kind: 'created';
      readonly sha: string;
      readonly base: string | null;
      readonly branch: string;
      readonly paths: readonly string[];
    }
  /** Nothing differs from HEAD any more. */
  | { readonly kind: 'nothing' }
  /** Nothing was changed: at these paths the person's lines cannot be left out. The rest has not been tested alone. */
  | { readonly kind: 'overlap'; readonly paths: readonly string[] }
  /** A hook said no (or ran out of time): a red ship with its output. */
  | { readonly kind: 'hook'; readonly hook: string; readonly output: string }
  /** Nothing was changed; `reason` says what and what to do. */
  | { readonly kind: 'failed'; readonly reason: string }
  | { readonly kind: 'interrupted' };

export interface Committer {
  /**
   * The tree that a commit of these paths would have, in the object store; `held`: paths that overlap with what the person
   * has written or staged, left out. `look`: a status that saw these paths a moment ago; where the index has changed since,
   * git is asked anew. What was worked out is kept for `commit`. Rejects with the signal's reason where that
   * stops one of git's processes.
   */
  tree(
    paths: readonly PathPlan[],
    look?: Status,
    signal?: AbortSignal,
  ): Promise<{ readonly tree: string; readonly held: readonly string[] }>;
  /**
   * Commits all of these paths or nothing, on what is checked out; the person's staged, unstaged and untracked work stays
   * as it is. The last `tree` of the very same plans is taken over, unless the index or one of the files has changed since.
   * Never rejects.
   */
  commit(plan: CommitPlan): Promise<CommitResult>;
  /** Finishes or rolls back a commit that a crash left open. */
  recover(open: {
    readonly ref: string;
    readonly base: string | null;
    readonly next: string;
    readonly indexLock?: string;
  }): Promise<'finished' | 'rolled back'>;
  /** Pushes the branch. Never asks, never forces. `command`: what a person can run by hand. */
  push(
    signal: AbortSignal,
  ): Promise<
    | { readonly ok: true; readonly to: string; readonly commits: number }
    | { readonly ok: false; readonly reason: string; readonly command: string }
  >;
  /** Three-way merge of contents; null: they overlap. A null content is a missing file. */
  merge(
    base: Uint8Array | null,
    ours: Uint8Array | null,
    theirs: Uint8Array | null,
  ): Promise<{ readonly content: Uint8Array | null } | null>;
}
