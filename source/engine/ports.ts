// What the engine needs from the world and what the faces need from the engine. Types alone: a fake exists only here.
// A port rejects with an `AppError` (errors.ts) where the world fails; expected outcomes are values.
import type { Command } from '../session/commands.ts';
import type {
  CallOutcome,
  Claim,
  Counts,
  Decision,
  Failure,
  Kept,
  Recorded,
  SessionEvent,
  Usage,
  WireItem,
} from '../session/events.ts';
import type { SessionState } from '../session/state.ts';
import type { Call } from '../session/turn.ts';

// ---------------------------------------------------------------- model

/** A tool as the Responses API takes it. */
export type WireTool = { readonly type: string } & Readonly<Record<string, unknown>>;

export interface ModelRequest {
  readonly instructions: string;
  readonly input: readonly WireItem[];
  readonly tools: readonly WireTool[];
  /** `none`: the tools stand there for the cache's sake alone. */
  readonly toolChoice?: 'none';
  /** Constant for a session, so that the provider's cache is found again. */
  readonly cacheKey: string;
}

/** What is seen of an answer while it streams. Never a fact: a cut answer is dropped whole. */
export type ModelDelta =
  | { readonly kind: 'text' | 'reasoning'; readonly text: string }
  /** Part of a call's argument; `index` tells the calls of an answer apart. */
  | { readonly kind: 'call'; readonly index: number; readonly name: string; readonly text: string }
  | { readonly kind: 'search'; readonly query: string }
  /** The provider gave a sign of life without content. */
  | { readonly kind: 'ping' };

export interface ModelAnswer {
  readonly items: readonly WireItem[];
  readonly usage: Usage;
  /** Ended by max output tokens: only whole items are here. */
  readonly cut?: true;
}

/**
 * How a request failed. `again`: the identical request may succeed; `length`: the input is too long for the model;
 * `reasoning`: the provider does not accept replayed reasoning items; `final`: asking again is pointless.
 */
export interface ModelFailure {
  readonly kind: 'again' | 'length' | 'reasoning' | 'final' | 'aborted';
  /** Short machine name: `connection`, `429`, `500`, `cut`, `silent`, `401`, `404`, `content_filter`, … */
  readonly code: string;
  /** For people: what was tried, on what URL and model, and what to do. Cleaned of control sequences. */
  readonly reason: string;
  /** The server's retry-after. */
  readonly retryAfterMs?: number;
}

export interface Model {
  readonly name: string;
  /** Host of the base URL, with the port: reasoning items are replayed only to the host that made them. */
  readonly host: string;
  /** Whether the wire takes grammar tools, and has a web search of its own (rule 21). */
  readonly custom: boolean;
  readonly webSearch: boolean;
  /** Streams one answer. Never rejects for the world's faults: they are values. An aborted signal gives `aborted` at once. */
  ask(
    request: ModelRequest,
    onDelta: (delta: ModelDelta) => void,
    signal: AbortSignal,
  ): Promise<ModelAnswer | ModelFailure>;
  /** The provider's own compaction of an input; null where it has none. Same failures as `ask`. */
  compact(request: ModelRequest, signal: AbortSignal): Promise<ModelAnswer | ModelFailure | null>;
}

// ---------------------------------------------------------------- tools

export interface ShipRequest {
  readonly subject: string;
  readonly body?: string;
  readonly say?: string;
  readonly decisions?: readonly Decision[];
  readonly also?: readonly string[];
  readonly known?: boolean;
  readonly push?: boolean;
  readonly more?: boolean;
}

/** A call whose arguments were read. `error` is written for the model. */
export type ParsedCall =
  | {
      readonly kind: 'command';
      readonly cmd: string;
      readonly workdir: string;
      readonly tty: boolean;
      readonly yieldMs: number;
      readonly maxTokens: number;
    }
  | {
      readonly kind: 'input';
      readonly session: number;
      readonly chars: string;
      readonly yieldMs: number;
      readonly maxTokens: number;
    }
  | { readonly kind: 'patch'; readonly patch: string }
  | { readonly kind: 'ship'; readonly request: ShipRequest }
  | { readonly kind: 'error'; readonly error: string };

/** One file that a patch changed, with its whole content before and after; null: no file. Line counts as in a diff. */
export interface PatchedFile {
  readonly path: string;
  readonly before: Uint8Array | null;
  readonly after: Uint8Array | null;
  readonly added: number;
  readonly removed: number;
}

export interface ToolResult {
  readonly outcome: Exclude<CallOutcome, 'superseded'>;
  /** For the model, already bounded. */
  readonly output: string;
  readonly exit?: number;
  readonly kept?: Kept;
  /** Paths relative to the worktree, `/`-separated. */
  readonly files?: readonly PatchedFile[];
  /** The command goes on under this id. */
  readonly session?: number;
}

/** A command of the model that went on after its call was answered. */
export interface BackgroundCommand {
  readonly session: number;
  readonly cmd: string;
  /** Epoch ms. `ended` absent: it still runs. */
  readonly started: number;
  readonly ended?: number;
  readonly exit?: number | null;
}

export interface Tools {
  definitions(wire: { readonly custom: boolean; readonly webSearch: boolean }): readonly WireTool[];
  /** Never throws. */
  parse(call: Call): ParsedCall;
  /**
   * Runs a command, an input or a patch. Never rejects: a fault of the world is an output with outcome `failed`.
   * An aborted signal kills what runs in the foreground with all its children and gives `interrupted` within 100 ms.
   * `onOutput` gets raw text as it comes, for the screen.
   */
  run(
    call: ParsedCall & { kind: 'command' | 'input' | 'patch' },
    onOutput: (text: string) => void,
    signal: AbortSignal,
  ): Promise<ToolResult>;
  /** Running ones and those that ended since `settle` was called last, oldest first. */
  background(): readonly BackgroundCommand[];
  /** Forgets background commands that have ended. */
  settle(): void;
  /** Kills every command with its children. */
  close(): Promise<void>;
}

// ---------------------------------------------------------------- terminal, tests, project

export interface TerminalSpec {
  readonly command: string;
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly columns: number;
  readonly rows: number;
  /** Everything the program writes, in order, before `exit` resolves. */
  readonly onData: (text: string) => void;
}

export interface TerminalRun {
  /** Resolves once, after the last `onData`. `code` null: killed by a signal. Never rejects. */
  readonly exit: Promise<{ readonly code: number | null; readonly signal?: number }>;
  write(text: string): void;
  resize(columns: number, rows: number): void;
  /** Kills it with all its children; resolves when they are gone. May be called at any time. */
  stop(): Promise<void>;
}

export interface Terminal {
  /** Rejects with `AppError('terminal')` where no pseudo-terminal can be had. */
  start(spec: TerminalSpec): Promise<TerminalRun>;
}

export interface TestReport {
  readonly counts?: Counts;
  readonly failures: readonly Failure[];
  /** The runner itself said that there are no tests. */
  readonly none?: true;
}

export interface TestCommand {
  /** For a shell, at the root of the worktree. */
  readonly command: string;
  /** Where it was found: `package.json`, `Makefile`, `config`, … */
  readonly source: string;
  /** Beside the person's own environment; switches watch modes off. */
  readonly env: Readonly<Record<string, string>>;
  /** Reads what a run printed (terminal sequences included). Never throws. */
  read(output: string): TestReport;
}

export interface Project {
  /** AGENTS.md files and the person's own, in order; '' where there are none. */
  instructions(): Promise<string>;
  /** Undefined where no tests were found. */
  tests(): Promise<TestCommand | undefined>;
  /** Whether a changed path needs no test run. */
  skips(path: string): boolean;
  /** One paragraph: system, date, directory, test command. */
  environment(): Promise<string>;
}

// ---------------------------------------------------------------- git

/** A path that differs from HEAD, as `git status` sees it. */
export interface DirtyPath {
  readonly path: string;
  /** Source of a staged rename. */
  readonly from?: string;
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
}

/** Reads only; runs nothing of the repository's (hooks, filters, fsmonitor). Every method may be called at any time. */
export interface Repository {
  readonly root: string;
  head(): Promise<Head>;
  status(): Promise<readonly DirtyPath[]>;
  /** Hash of the whole tree: tracked and untracked-not-ignored content, modes, deletions (rule 9). Same tree, same hash, whatever is committed. */
  treeHash(): Promise<string>;
  /** A merge, rebase, bisect, …, missing identity or the person's own `git commit` at work: the reason and what to do. */
  hindrance(): Promise<string | undefined>;
  /** Those of the paths that git ignores. */
  ignored(paths: readonly string[]): Promise<readonly string[]>;
  /** Newest first. */
  log(skip: number, count: number): Promise<readonly LogRow[]>;
  /** Commits after `sha` up to HEAD, oldest first, with their changed paths. */
  since(
    sha: string | null,
  ): Promise<
    readonly {
      readonly sha: string;
      readonly subject: string;
      readonly at: number;
      readonly paths: readonly string[];
    }[]
  >;
  /** A file of the worktree, or of HEAD, as bytes; null: there is none (or it is not a file). */
  content(path: string): Promise<Uint8Array | null>;
  headContent(path: string): Promise<Uint8Array | null>;
  /** Writes the tree as it stands (untracked too) into the object store, untouched by any index; its id. */
  keepTree(): Promise<string>;
  /** Lays a kept tree into a new temporary directory, with the worktree's ignored dependencies linked in. */
  scratch(tree: string): Promise<{ readonly directory: string; remove(): Promise<void> }>;
  ahead(): Promise<{ readonly upstream: string | null; readonly ahead: number; readonly behind: number }>;
}

/** One path of a commit. For patches, the session's delta from `before` to `after` is what is committed (rule 17). */
export interface PathPlan {
  readonly path: string;
  readonly by: Claim['by'];
  /** Content before the session's first write and after its last; null: no file. Absent: the worktree's content is taken. */
  readonly delta?: { readonly before: Uint8Array | null; readonly after: Uint8Array | null };
}

export interface CommitPlan {
  readonly subject: string;
  readonly body: string;
  readonly trailers: readonly string[];
  readonly paths: readonly PathPlan[];
  /** Called before the ref moves; resolves when the fact is on disk. */
  readonly onStarted: (fact: SessionEvent & { type: 'commit.started' }) => Promise<void>;
  readonly signal: AbortSignal;
}

export type CommitResult =
  | {
      readonly kind: 'created';
      readonly sha: string;
      readonly base: string | null;
      readonly branch: string;
      readonly paths: readonly string[];
      /** Paths whose lines overlap with the person's: left out. */
      readonly held: readonly string[];
    }
  /** Nothing differs from HEAD any more. */
  | { readonly kind: 'nothing'; readonly held: readonly string[] }
  /** A hook said no (or ran out of time): a red ship with its output. */
  | { readonly kind: 'hook'; readonly hook: string; readonly output: string }
  /** Nothing was changed; `reason` says what and what to do. */
  | { readonly kind: 'failed'; readonly reason: string }
  | { readonly kind: 'interrupted' };

export interface Committer {
  /** The tree that a commit of these paths would have, in the object store; `held`: paths that overlap with the person's, left out. */
  tree(paths: readonly PathPlan[]): Promise<{ readonly tree: string; readonly held: readonly string[] }>;
  /** Commits on what is checked out; the person's staged, unstaged and untracked work stays as it is. Never rejects. */
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

// ---------------------------------------------------------------- journal, clock, desk

export interface Journal {
  /** Stamps and writes one line at once (no fsync); the event as it stands in the journal. Throws `AppError('journal')` after close or on a write error. */
  append(event: SessionEvent): Recorded;
  /** `count` events from `seq` on, fewer at the end. Long values are whole again. */
  read(fromSeq: number, count: number): Promise<readonly Recorded[]>;
  /** Resolves when everything appended so far is on the disk. */
  barrier(): Promise<void>;
  /** Stores bytes under their own hash; the id. */
  keep(bytes: Uint8Array): string;
  /** The bytes again; null where they are gone. */
  fetch(id: string): Uint8Array | null;
  /** Writes a snapshot beside the journal, so that the next opening reads a tail. Never rejects. */
  snapshot(state: SessionState): Promise<void>;
  /** Barrier, then frees the lock. May be called twice. */
  close(): Promise<void>;
}

export interface Clock {
  /** Epoch ms. */
  now(): number;
  /** Monotonic ms. */
  mono(): number;
  /** Resolves after `ms`, or at once when the signal is aborted. Never rejects. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** The full screen's way to the person's desk. None of these rejects. */
export interface Desk {
  /** True only where a route worked. */
  copy(text: string): Promise<boolean>;
  openEditor(path: string, line?: number): Promise<boolean>;
  notify(text: string): void;
}

// ---------------------------------------------------------------- the engine, as its faces see it

export interface Settings {
  readonly model: string;
  readonly effort: string;
  readonly autoShip: boolean;
  readonly shipWhen: 'known' | 'green' | 'always';
  readonly maxRed: number;
  readonly maxSteps: number;
  /** Tokens at which the context is compacted, and the model's window. */
  readonly compactAt: number;
  readonly contextWindow: number;
  readonly testTimeoutMs: number;
  readonly testSilenceMs: number;
  /** Headless gives up on an unreachable model after this long; absent: never. */
  readonly giveUpMs?: number;
  /** A trailer for each commit; '' for none. */
  readonly attribution: string;
}

/** What the engine is doing this moment; the status row's verb. */
export type Activity =
  | 'idle'
  | 'thinking'
  | 'command'
  | 'testing'
  | 'committing'
  | 'pushing'
  | 'compacting'
  | 'waiting';

/** Not yet facts. Mutable and owned by the engine: readers look during a frame and keep nothing. */
export interface LiveState {
  activity: Activity;
  /** The answer that is streaming. */
  text: string;
  reasoning: string;
  calls: { name: string; argument: string }[];
  search: string;
  /** A request waits to be sent again. `until` is in ms of `Clock.mono`. */
  retry: { reason: string; until: number } | null;
  /** Raw output of running calls by call id, the newest 64 kB. */
  output: Map<string, string>;
  /** Paths changed since the last run ended, as far as snapshots know. */
  staleFiles: number;
  /** Time split of the running turn so far. */
  time: import('../session/events.ts').TimeSplit | null;
}

export interface Live {
  readonly state: LiveState;
  /** Called at once on every change; the listener does its own coalescing. Returns the way to stop. */
  subscribe(listener: () => void): () => void;
  /** Raw output of test runs: `start` clears, then text. */
  onRun(listener: (chunk: { readonly start: string } | { readonly text: string }) => void): () => void;
}

export interface ReadonlyStore {
  getState(): SessionState;
  subscribe(listener: (state: SessionState, previous: SessionState) => void): () => void;
}

/** The engine as its faces see it. */
export interface Engine {
  readonly session: ReadonlyStore;
  readonly live: Live;
  readonly settings: Settings;
  readonly repository: Repository;
  /** Records what the command means and acts on it; the reason where it is refused. */
  send(command: Command): { readonly refused: string } | undefined;
  /** Called synchronously with every event that this process records, in order. Returns the way to stop. */
  onEvent(listener: (event: Recorded) => void): () => void;
  /** The size that the tests pane has now: the next run starts with it, a running one is resized. */
  resizeTests(columns: number, rows: number): void;
  /** Resolves when no turn runs and none is due. */
  idle(): Promise<void>;
  /** Older events, for scrolling back. */
  history(fromSeq: number, count: number): Promise<readonly Recorded[]>;
  /** The test command as found, for the pane's header. */
  testCommand(): Promise<TestCommand | undefined>;
  /** Interrupts what runs, records the end, frees the lock. */
  close(reason: 'quit' | 'signal' | 'crash'): Promise<void>;
}
