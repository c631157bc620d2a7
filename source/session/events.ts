// The durable facts of a session. Everything that is shown, and everything that the model is given,
// follows from these in their order (rules 27-28). Past tense, plain JSON, no clock and no ids inside:
// the journal stamps `seq`, `at` and `mono`, and every id is the `seq` of the event that created it.
import type {
  CallOutcome,
  Claim,
  ClaimOrigin,
  CommitAbout,
  Counts,
  DependencyChange,
  Failure,
  FileChange,
  HeadSeen,
  Kept,
  Outcome,
  PauseReason,
  QueueChange,
  RunPurpose,
  RunVerdict,
  SlowTests,
  StepInput,
  TimeSplit,
  Usage,
  WireItem,
  WorldNews,
} from './facts.ts';

/** The version of the journal's format that this program writes. */
export const FORMAT = 1;

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
   * A request is about to be sent. `steers` are the steering prompts among its inputs, `told` the notices (`tell`).
   * `begins` is there on the first request of a context and fixes its instructions (rule 1).
   */
  | {
      readonly type: 'step.started';
      readonly turn: number;
      readonly inputs: readonly StepInput[];
      readonly steers?: readonly number[];
      readonly told?: readonly number[];
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
  /** The one output of a call. `session`: it goes on in the background under this id. `dependencies`: what its patch changed of them. */
  | {
      readonly type: 'call.finished';
      readonly call: string;
      readonly outcome: CallOutcome;
      readonly output: string;
      readonly ms: number;
      readonly exit?: number;
      readonly kept?: Kept;
      /** Blob ids of what the model is shown beside the words. */
      readonly images?: readonly string[];
      /** With `kept`: the blob id of all that was printed. */
      readonly whole?: string;
      readonly changes?: readonly FileChange[];
      readonly dependencies?: readonly DependencyChange[];
      readonly session?: number;
    }
  /** `tree` is the key of rule 9. `commit`: the sha of the commit that is tested, beside other runs; with the purpose `commit` the run decides its verdict. */
  | {
      readonly type: 'run.started';
      readonly purpose: RunPurpose;
      readonly command: string;
      readonly tree: string;
      /** Names of the suites that the command is made of. */
      readonly suites?: readonly string[];
      readonly commit?: string;
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
      /** Where its time went, the slowest first, bounded. */
      readonly slow?: readonly SlowTests[];
    }
  /** Written before the ref moves (rule 19). `ref` is `HEAD`'s branch, or `HEAD` when detached. */
  | {
      readonly type: 'commit.started';
      readonly ref: string;
      readonly base: string | null;
      readonly next: string;
      readonly indexLock?: string;
      /** For a commit that is finished after a crash. */
      readonly about?: CommitAbout;
    }
  | ({
      readonly type: 'commit.created';
      readonly sha: string;
      readonly base: string | null;
      readonly branch: string;
      readonly by: 'ship' | 'command';
      readonly paths: readonly { readonly path: string; readonly by: ClaimOrigin }[];
      readonly moved?: true;
    } & CommitAbout)
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
      /** Whose `items` they are: nobody else can read them. */
      readonly model?: string;
      readonly host?: string;
    }
  /** Another project was named; its card, of so many tokens, is what the model is shown next. `said`: what is odd about it. */
  | {
      readonly type: 'reference.added';
      readonly name: string;
      readonly path: string;
      readonly tokens: number;
      readonly head?: string;
      readonly writable?: true;
      readonly said?: string;
    }
  | { readonly type: 'reference.removed'; readonly name: string; readonly path: string }
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
  /** The person took a claimed path out of what is shipped, or (`out` false) put it back. */
  | { readonly kind: 'left out'; readonly path: string; readonly out: boolean }
  /** Failures that the model has called known; kept until they have been green (rule 10). */
  | { readonly kind: 'known'; readonly failures: readonly string[] }
  | { readonly kind: 'pushed'; readonly to: string; readonly commits: number }
  | { readonly kind: 'scratch off' }
  /**
   * HEAD as it was seen, and what somebody else did since the model last saw the worktree: paths that they changed
   * (`more`: those that are not named), and how HEAD moved, in words. The model is told once.
   */
  | ({ readonly kind: 'world'; readonly head: HeadSeen } & WorldNews)
  /** A command changed dependencies in a manifest. */
  | { readonly kind: 'dependencies'; readonly changes: readonly DependencyChange[] }
  /** The model is to be told with its next request; once, and after a restart too. */
  | { readonly kind: 'tell'; readonly input: StepInput };

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
