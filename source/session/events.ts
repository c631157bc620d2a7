// The durable facts of a session. Everything that is shown, and everything that the model is given,
// follows from these in their order (rules 27-28). Past tense, plain JSON, no clock and no ids inside:
// the journal stamps `seq`, `at` and `mono`, and every id is the `seq` of the event that created it.

/** The version of the journal's format that this program writes. */
export const FORMAT = 1;

/** An item of the provider's wire, verbatim but for `id` and `status` (rule 20). */
export type WireItem = { readonly type: string } & Readonly<Record<string, unknown>>;

/** Something that the model is shown and that is neither its own output nor a call's output (rule 1). */
export interface StepInput {
  readonly kind: 'prompt' | 'steer' | 'notice' | 'run' | 'card' | 'hint';
  readonly text: string;
  /** Blob ids of images, in order. */
  readonly images?: readonly string[];
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

/** Wall time of a turn in ms by what it waited for; the sum is the wall time (rule 32). */
export interface TimeSplit {
  readonly model: number;
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

export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** Why a run was started. `start`: the turn's untouched tree. `command`: the model ran it itself (rule 12). */
export type RunPurpose = 'start' | 'ship' | 'asked' | 'command' | 'speculative' | 'scratch';

/** `broken`: the command could not run (126, 127). `none`: it found no tests. `stopped`: we ended it, nothing was learnt. */
export type RunVerdict = 'green' | 'red' | 'timed out' | 'broken' | 'none' | 'stopped';

/** What a commit's row says about its tests. */
export type ShipVerdict =
  | {
      readonly kind: 'green';
      readonly counts?: Counts;
      readonly flaky?: boolean;
      readonly wrote?: readonly string[];
    }
  | { readonly kind: 'known'; readonly failures: number }
  | { readonly kind: 'unverified'; readonly failures: number }
  | { readonly kind: 'red' }
  | { readonly kind: 'untested' }
  | { readonly kind: 'not needed' }
  | { readonly kind: 'testing' };

/** A choice that the model states with a ship. */
export interface Decision {
  readonly chose: string;
  readonly over?: string;
  readonly why: string;
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
}

/** Why the queue waits for the person. */
export type PauseReason = 'interrupted' | 'red' | 'held' | 'failed' | 'restart' | 'person';

/** What is done to a waiting item of the queue. `item` null in `before`: to the end. */
export type QueueChange =
  | { readonly to: 'text'; readonly text: string }
  | { readonly to: 'before'; readonly item: number | null }
  | { readonly to: 'removed' }
  | { readonly to: 'steer' }
  | { readonly to: 'queue' };

export type SessionEvent =
  /** A process opened the session. The first event of every process. */
  | {
      readonly type: 'session.opened';
      readonly format: number;
      readonly app: string;
      readonly root: string;
      readonly pid: number;
    }
  | { readonly type: 'session.closed'; readonly reason: 'quit' | 'signal' | 'crash' }
  /** A prompt waits its turn. `front`: ahead of the others. `item`: the accepted prompt that never came to its turn. */
  | {
      readonly type: 'prompt.queued';
      readonly text: string;
      readonly images?: readonly string[];
      readonly front?: boolean;
      readonly item?: number;
    }
  | { readonly type: 'prompt.changed'; readonly item: number; readonly change: QueueChange }
  /** A prompt is now worked on; `item` is the queued or steering prompt that it was. */
  | {
      readonly type: 'prompt.accepted';
      readonly text: string;
      readonly images?: readonly string[];
      readonly item?: number;
    }
  /** A message for the next step of the running turn. */
  | { readonly type: 'prompt.steered'; readonly text: string; readonly images?: readonly string[] }
  | { readonly type: 'queue.paused'; readonly reason: PauseReason }
  | { readonly type: 'queue.resumed' }
  /** `prompt` is the seq of `prompt.accepted`. `you` is the ms the person took since the last turn of this process. */
  | { readonly type: 'turn.started'; readonly prompt: number; readonly you?: number }
  | {
      readonly type: 'turn.ended';
      readonly turn: number;
      readonly outcome: Outcome;
      readonly reason?: string;
      readonly time?: TimeSplit;
    }
  /**
   * A request is about to be sent. `steers` are the steering prompts among its inputs.
   * `begins` is there on the first request of a context and fixes its instructions (rule 1).
   */
  | {
      readonly type: 'step.started';
      readonly turn: number;
      readonly inputs: readonly StepInput[];
      readonly steers?: readonly number[];
      readonly begins?: { readonly instructions: string };
    }
  /** The whole answer, replayed verbatim from now on. `cut`: max tokens reached. */
  | {
      readonly type: 'step.finished';
      readonly step: number;
      readonly items: readonly WireItem[];
      readonly usage: Usage;
      readonly model: string;
      readonly host: string;
      readonly cut?: true;
      readonly firstMs?: number;
    }
  /** The answer was dropped whole; `text` is what had been shown. With `retryInMs` the same request follows. */
  | {
      readonly type: 'step.failed';
      readonly step: number;
      readonly code: string;
      readonly reason: string;
      readonly text: string;
      readonly retryInMs?: number;
    }
  | { readonly type: 'call.started'; readonly step: number; readonly call: string }
  /** The one output of a call. `session`: it goes on in the background under this id. */
  | {
      readonly type: 'call.finished';
      readonly call: string;
      readonly outcome: CallOutcome;
      readonly output: string;
      readonly ms: number;
      readonly exit?: number;
      readonly kept?: Kept;
      readonly changes?: readonly FileChange[];
      readonly session?: number;
    }
  /** `tree` is the key of rule 9. */
  | {
      readonly type: 'run.started';
      readonly purpose: RunPurpose;
      readonly command: string;
      readonly tree: string;
      readonly turn?: number;
    }
  /** `tail` is the end of the cleaned output; `log` the blob id of all of it. `cacheable`: a green may answer a ship. */
  | {
      readonly type: 'run.finished';
      readonly run: number;
      readonly verdict: RunVerdict;
      readonly exit: number | null;
      readonly ms: number;
      readonly counts?: Counts;
      readonly failures: readonly Failure[];
      readonly tail: string;
      readonly log?: string;
      readonly cacheable?: boolean;
      readonly wrote?: readonly string[];
      readonly reason?: string;
    }
  /** Written before the ref moves (rule 19). `ref` is `HEAD`'s branch, or `HEAD` when detached. */
  | {
      readonly type: 'commit.started';
      readonly ref: string;
      readonly base: string | null;
      readonly next: string;
      readonly indexLock?: string;
    }
  | {
      readonly type: 'commit.created';
      readonly sha: string;
      readonly base: string | null;
      readonly branch: string;
      readonly subject: string;
      readonly by: 'ship' | 'command';
      readonly paths: readonly { readonly path: string; readonly by: ClaimOrigin }[];
      readonly verdict: ShipVerdict;
      readonly decisions?: readonly Decision[];
      readonly turn?: number;
      readonly dirty?: number;
      readonly moved?: true;
    }
  | { readonly type: 'commit.failed'; readonly reason: string; readonly paths: readonly string[] }
  /**
   * The context was made shorter, or begun anew (`new`). Entries before `keepFrom` go; `items` (the provider's)
   * or `summary` stand for them, then `carry`. `cut`: outputs of calls shortened in place.
   */
  | {
      readonly type: 'context.compacted';
      readonly by: 'provider' | 'summary' | 'new' | 'cut';
      readonly keepFrom: number;
      readonly items?: readonly WireItem[];
      readonly summary?: string;
      readonly carry: readonly StepInput[];
      readonly cut?: readonly { readonly call: string; readonly output: string }[];
      readonly before: number;
      readonly usage?: Usage;
      readonly ms: number;
    }
  | {
      readonly type: 'notice.raised';
      readonly level: 'info' | 'warning' | 'error';
      readonly text: string;
      readonly about?: NoticeAbout;
    };

/** What a notice says to the state, beside its words to people. */
export type NoticeAbout =
  /** A snapshot changed what the session claims. */
  | { readonly kind: 'claims'; readonly claimed: readonly Claim[]; readonly released: readonly string[] }
  /** Failures that the model has called known; kept until they have been green (rule 10). */
  | { readonly kind: 'known'; readonly failures: readonly string[] }
  | { readonly kind: 'pushed'; readonly to: string; readonly commits: number }
  | { readonly kind: 'scratch off' };

/** What the journal adds to every event (rule 27). */
export interface Stamp {
  /** Format version of the line. */
  readonly v: number;
  /** Gapless, from 1. */
  readonly seq: number;
  /** Epoch ms, for display only. */
  readonly at: number;
  /** Monotonic ms of the writing process, for durations. */
  readonly mono: number;
}

/** An event as it stands in the journal. */
export type Recorded<E extends SessionEvent = SessionEvent> = E & Stamp;
