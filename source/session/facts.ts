// The values that events are made of. Plain JSON; what they mean stands here and nowhere else.

/** What is checked out; null: no commit yet, and no branch (detached). */
export interface HeadSeen {
  readonly sha: string | null;
  readonly branch: string | null;
}

/** What somebody else did: see `NoticeAbout`. */
export interface WorldNews {
  readonly paths: readonly string[];
  readonly more?: number;
  readonly moved?: string;
}

/** An item of the provider's wire, verbatim but for `id` and `status` (rule 20). */
export type WireItem = { readonly type: string } & Readonly<Record<string, unknown>>;

/** Something that the model is shown and that is neither its own output nor a call's output (rule 1). */
export interface StepInput {
  readonly kind: 'prompt' | 'steer' | 'notice' | 'run' | 'card' | 'hint' | 'decisions' | 'docs';
  readonly text: string;
  /** Blob ids of images, in order. */
  readonly images?: readonly string[];
  /** Path of the reference whose card this is. */
  readonly reference?: string;
}

/** Tokens of one model request, as the provider counts them. */
export interface Usage {
  readonly input: number;
  /** Part of `input` that the provider's cache served. */
  readonly cached: number;
  readonly output: number;
  /** Part of `output` that was reasoning. */
  readonly reasoning: number;
}

/** How a turn came to rest (rule 5). */
export type Outcome = 'shipped' | 'answered' | 'red' | 'held' | 'interrupted' | 'failed';

/** The model's ms by what it did: nothing yet (also between an answer that failed and the next), thinking, writing. */
export interface AnswerTime {
  readonly waiting: number;
  readonly reasoning: number;
  readonly output: number;
}

/** Wall time of a turn in ms by what it waited for; the sum is the wall time (rule 32). */
export interface TimeSplit {
  readonly model: number;
  /** The sum is `model`. Absent: from before it was measured. */
  readonly answer?: AnswerTime;
  readonly commands: number;
  readonly tests: number;
  readonly git: number;
  readonly harness: number;
  /** Tests that ran while a model request was open; not part of the sum. */
  readonly hidden: number;
}

/** How a call came to its output. `superseded`: an earlier ship of the same step. */
export type CallOutcome = 'ok' | 'failed' | 'refused' | 'interrupted' | 'superseded';

/** What was kept of a long output, in lines and bytes. */
export interface Kept {
  readonly lines: number;
  readonly ofLines: number;
  readonly bytes: number;
  readonly ofBytes: number;
}

/** One file that a patch changed. `before`/`after` are blob ids of the whole content; null: no file. */
export interface FileChange {
  readonly path: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly added: number;
  readonly removed: number;
}

/** One failing test. */
export interface Failure {
  /** Unique within a run: file and full title where the runner gives them. */
  readonly name: string;
  readonly file?: string;
  /** 1-based. */
  readonly line?: number;
  /** A few lines of what was expected and received. */
  readonly detail?: string;
}

/** A file of tests, a package or a test, by what the runner gives the time of. */
export interface SlowTests {
  readonly name: string;
  readonly ms: number;
}

export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** Why a run was started. `start`: the turn's untouched tree. `command`: the model ran it itself (rule 12). `commit`: what was committed as `testing`. */
export type RunPurpose = 'start' | 'ship' | 'asked' | 'command' | 'speculative' | 'scratch' | 'commit';

/** `broken`: the command could not run (126, 127). `none`: it found no tests. `stopped`: we ended it, nothing was learnt. */
export type RunVerdict = 'green' | 'red' | 'timed out' | 'broken' | 'none' | 'stopped';

/** What a commit's row says about its tests. */
export type ShipVerdict =
  | {
      readonly kind: 'green';
      readonly counts?: Counts;
      readonly flaky?: boolean;
      /** Only these of the repository's suites were run. */
      readonly suites?: readonly string[];
      readonly wrote?: readonly string[];
    }
  | { readonly kind: 'known'; readonly failures: number }
  | { readonly kind: 'unverified'; readonly failures: number }
  | { readonly kind: 'red' }
  | { readonly kind: 'untested' }
  | { readonly kind: 'not needed' }
  | { readonly kind: 'testing' };

/** A choice that the model states with a ship, or that the commit's diff tells. */
export interface Decision {
  readonly chose: string;
  readonly over?: string;
  readonly why: string;
}

/** A dependency that a manifest has more, has no more, or has at another major version. */
export interface DependencyChange {
  readonly name: string;
  /** Path of the manifest. */
  readonly manifest: string;
  /** As the manifest asks for it; absent: it was not there, or is there no more. */
  readonly from?: string;
  readonly to?: string;
}

/** How a path came to be the session's (rule 16). */
export type ClaimOrigin = 'patch' | 'command' | 'also';

/** A path that the session changed and has not shipped yet. */
export interface Claim {
  readonly path: string;
  readonly by: ClaimOrigin;
  /** Blob id of the content before the session's first write; null: there was no file. Absent: HEAD's content. */
  readonly before?: string | null;
  /** Blob id of the content after the session's last write; null: deleted. Absent: the worktree's content. */
  readonly after?: string | null;
  /** Set where the person's own lines and the session's overlap: the path is held. */
  readonly overlap?: true;
  /** The person took it out of what is shipped, and has not put it back. */
  readonly out?: true;
}

/** Why the queue waits for the person. */
export type PauseReason = 'interrupted' | 'red' | 'held' | 'failed' | 'restart' | 'person';

/** What is done to a waiting item of the queue. `item` null in `before`: to the end. */
export type QueueChange =
  /** `images` are blob ids; absent: those that it has stay. */
  | { readonly to: 'text'; readonly text: string; readonly images?: readonly string[] }
  | { readonly to: 'before'; readonly item: number | null }
  | { readonly to: 'removed' }
  | { readonly to: 'steer' }
  | { readonly to: 'queue' }
  /** Whether it runs only while the last run of the tests was green. */
  | { readonly to: 'when green'; readonly on: boolean };

/** What a commit is about, beside its paths. */
export interface CommitAbout {
  readonly subject: string;
  readonly verdict: ShipVerdict;
  readonly decisions?: readonly Decision[];
  readonly turn?: number;
  /** How many files of the tree that was tested are not as they were committed: the person's, or rewritten by a run. */
  readonly dirty?: number;
}
