// What the engine needs from the world, but for git. Types alone: a fake exists only here and in git-ports.ts.
// A port rejects with an `AppError` (errors.ts) where the world fails; expected outcomes are values.
import type { Recorded, SessionEvent } from '../session/events.ts';
import type { CallOutcome, Counts, Decision, Failure, Kept, SlowTests } from '../session/facts.ts';
import type { SessionState } from '../session/state.ts';
import type { Call } from '../session/turn.ts';
import type { DecisionReader } from './git-ports.ts';
import type { WireTool } from './model-port.ts';

export type { Model, ModelAnswer, ModelDelta, ModelFailure, ModelRequest, WireTool } from './model-port.ts';

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

export interface NamedPath {
  readonly name: string;
  readonly path: string;
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
  /** `references`: real paths of other projects, into which no patch leads unless the person's config says so. */
  | { readonly kind: 'patch'; readonly patch: string; readonly references?: readonly NamedPath[] }
  /** An image to look at, by its absolute path. */
  | { readonly kind: 'image'; readonly path: string }
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
  /** With `kept`: all that was printed, as it came; absent where the disk did not take it. */
  readonly whole?: { readonly bytes: Uint8Array } | { readonly blob: string };
  /** Paths relative to the worktree, `/`-separated. */
  readonly files?: readonly PatchedFile[];
  /** The command goes on under this id. */
  readonly session?: number;
  /** For the model to look at. */
  readonly images?: readonly Uint8Array[];
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

/** A background command as people watch it. */
export interface WatchedCommand extends BackgroundCommand {
  /** The newest of what it printed, raw, from the start of a line, 80,000 bytes at most. */
  readonly output: string;
  /** Bytes that it printed before. */
  readonly dropped: number;
}

export interface Tools {
  definitions(wire: { readonly custom: boolean; readonly webSearch: boolean }): readonly WireTool[];
  /** Never throws. */
  parse(call: Call): ParsedCall;
  /**
   * Runs a command, an input or a patch, or reads an image. Never rejects: a fault of the world is an output with outcome `failed`.
   * An aborted signal kills what runs in the foreground with all its children and gives `interrupted` within 100 ms.
   * `onOutput` is called when something was printed, with the way to the newest 80,000 bytes at most of it: raw text, for the screen.
   */
  run(
    call: ParsedCall & { kind: 'command' | 'input' | 'patch' | 'image' },
    onOutput: (newest: () => string) => void,
    signal: AbortSignal,
  ): Promise<ToolResult>;
  /** Makes ready what the next command needs: to be called where nobody waits. */
  prepare(): void;
  /** Running ones and those that ended since `settle` was called last, oldest first. */
  background(): readonly BackgroundCommand[];
  /** Forgets background commands that have ended. */
  settle(): void;
  /** For people: those that run, and the newest that ended, oldest first. */
  watched(): readonly WatchedCommand[];
  /** Interrupts a background command, and kills it with its children where that does not end it. False: it does not run. */
  stop(session: number): boolean;
  /** Called when the list changes (`list`), or when one of them printed. Returns the way to stop. */
  onWatched(listener: (what: 'list' | 'output') => void): () => void;
  /** Kills every command with its children. */
  close(): Promise<void>;
}

export interface TerminalSpec {
  readonly command: string;
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly columns: number;
  readonly rows: number;
  /** How much it and its children give way to others, as `nice` counts; absent: not at all. */
  readonly nice?: number;
  /** Everything the program writes, in order, before `exit` resolves. The memory is used again once it returns. */
  readonly onData: (bytes: Uint8Array) => void;
}

export interface TerminalRun {
  /** Resolves once, after the last `onData`. `code` null: killed by a signal. Never rejects. */
  readonly exit: Promise<{ readonly code: number | null; readonly signal?: number }>;
  write(text: string): void;
  resize(columns: number, rows: number): void;
  /**
   * Interrupts it and kills what is left of it and its children after `graceMs` (by default at once, nearly); resolves when
   * they are gone. May be called at any time; with 0, a stop that waits waits no longer.
   */
  stop(graceMs?: number): Promise<void>;
}

export interface Terminal {
  /** Rejects with `AppError('terminal')` where no pseudo-terminal can be had. */
  start(spec: TerminalSpec): Promise<TerminalRun>;
}

export interface TestReport {
  readonly counts?: Counts;
  readonly failures: readonly Failure[];
  /** Where the time went, as far as the runner says, the slowest first. */
  readonly slow?: readonly SlowTests[];
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
  /** Where it is one suite of a folder: the same as it is written in that folder. */
  readonly inFolder?: { readonly folder: string; readonly said: string };
  /** The suites that it runs, by name; absent where it is not made of suites. */
  readonly suites?: readonly string[];
  /** The command that runs all suites, where this one runs some of them: what is green there is green here. */
  readonly within?: string;
  /** Reads what a run printed (terminal sequences included). Never rejects. */
  read(output: string): Promise<TestReport>;
  /** What tests a commit of these paths: the suites that they touch. Absent: always all of it. */
  touching?(paths: readonly string[]): TestCommand;
}

/** How the project is started: for a shell, at the root of the worktree. */
export interface StartCommand {
  readonly command: string;
  /** Where it was found. */
  readonly source: string;
}

/** A page of the project's docs, cleaned, in one line each. */
export interface DocsPage {
  /** From the root on, `/`-separated. */
  readonly path: string;
  readonly summary?: string;
  readonly readWhen: readonly string[];
  /** What is wrong with its front matter. */
  readonly problem?: string;
}

export interface Project {
  /** Sorted by path, bounded; the same array as long as no page changed. `only`: these changed, no others are looked at. Never rejects. */
  docs(only?: readonly string[]): Promise<readonly DocsPage[]>;
  /** What a diff tells. */
  readonly reader: DecisionReader;
  /** AGENTS.md files and the person's own, in order; '' where there are none. */
  instructions(): Promise<string>;
  /** Undefined where no tests were found. */
  tests(): Promise<TestCommand | undefined>;
  /** What a ship waits for in place of all of the tests; null: nothing. Undefined: for all of them. */
  beforeCommit(): TestCommand | null | undefined;
  /** Undefined where nothing says how it is started. */
  start(): Promise<StartCommand | undefined>;
  /** Whether a changed path needs no test run. */
  skips(path: string): boolean;
  /** Changes when something changes that tests read and a tree's hash does not show: ignored `.env` files (rule 9). */
  stamp(): Promise<string>;
  /** One paragraph: system, date, directory, test command. */
  environment(): Promise<string>;
}

/** Bytes that come in pieces. None of these throws: where the disk refuses, nothing is kept. */
export interface BlobDraft {
  write(bytes: Uint8Array): void;
  /** The id under which `Journal.fetch` and `Journal.path` know it; undefined where it could not be kept. */
  keep(): string | undefined;
  drop(): void;
}

export interface Journal {
  /** Stamps and writes one line at once (no fsync); the event as it stands in the journal. Throws `AppError('journal')` after close or on a write error. */
  append(event: SessionEvent): Recorded;
  /** `count` events from `seq` on, fewer at the end. Long values are whole again. */
  read(fromSeq: number, count: number): Promise<readonly Recorded[]>;
  /** Resolves when everything appended so far is on the disk. */
  barrier(): Promise<void>;
  /** Stores bytes under their own hash; the id. */
  keep(bytes: Uint8Array): string;
  /** Begins a blob that may be larger than the memory. Of large ones only the newest stay. */
  draft(): BlobDraft;
  /** The bytes again, or only the first `most`; null where they are gone. */
  fetch(id: string, most?: number): Uint8Array | null;
  /** The file that holds the bytes; null where they are gone. */
  path(id: string): string | null;
  /** Writes a snapshot beside the journal, so that the next opening reads a tail. Never rejects. */
  snapshot(state: SessionState): Promise<void>;
  /** Barrier, then frees the lock. May be called twice. */
  close(): Promise<void>;
}

/** Of what is tested only on the chance that it will be needed there is one at a time on a machine. */
export interface SpeculationLock {
  /** Null: somebody else has it. Call the result to give it back; it goes back by itself with the process. Never throws. */
  take(): (() => void) | null;
}

export interface ImageSize {
  /** In pixels. */
  readonly width: number;
  readonly height: number;
}

/** The image in that size; undefined where it cannot be decoded. Never rejects, and never blocks the loop for it. */
export type ResizeImage = (bytes: Uint8Array, size: ImageSize) => Promise<Uint8Array | undefined>;

/** An image as it is sent, or a sentence that begins with its name. */
export type FittedImage = { readonly bytes: Uint8Array } | { readonly failed: string };

export interface Clock {
  /** Epoch ms. */
  now(): number;
  /** Monotonic ms. */
  mono(): number;
  /** Resolves after `ms`, or at once when the signal is aborted. Never rejects. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}
