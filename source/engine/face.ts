// The engine as its faces see it: what they may ask, what they may watch, and what they do for it. Types alone.
import type { Command } from '../session/commands.ts';
import type { Recorded } from '../session/events.ts';
import type { TimeSplit } from '../session/facts.ts';
import type { Price } from '../session/price.ts';
import type { SessionState } from '../session/state.ts';
import type { Run } from '../session/tests.ts';
import type { Repository } from './git-ports.ts';
import type { StartCommand, TestCommand, WatchedCommand } from './ports.ts';

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
  /** Whether tests run while the model thinks. */
  readonly speculative: boolean;
  /** Tests that take longer are slow: no turn waits for them. */
  readonly patienceMs: number;
  /** Headless gives up on an unreachable model after this long; absent: never. */
  readonly giveUpMs?: number;
  /** Of the config; absent: as is known of the model. */
  readonly price?: Price;
  /** A trailer for each commit; '' for none. */
  readonly attribution: string;
  /** Starts the project anew in the person's terminal after each ship, once the person has started it. */
  readonly restartOnShip?: boolean;
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
  /** By call id, the way to the newest raw output of running calls: it becomes text where it is shown. */
  output: Map<string, () => string>;
  /** Paths changed since the last run ended, as far as snapshots know. */
  staleFiles: number;
  /** A push that the person asked for is on its way. */
  pushing: boolean;
  /** Time split of the running turn so far. */
  time: TimeSplit | null;
  /** What runs, or ran last, in the person's own terminal; null: nothing yet. */
  own: OwnCommand | null;
}

/** A command of the person's own, in their terminal. */
export interface OwnCommand {
  readonly command: string;
  /** The project's start command, not one that was typed. */
  readonly project: boolean;
  /** Epoch ms. */
  readonly started: number;
  readonly stopping?: true;
  /** Absent: it runs. `code` null: killed. `stopped`: because the person said so. */
  readonly end?: { readonly at: number; readonly code: number | null; readonly stopped?: true };
}

/**
 * The person's own terminal. What runs there lives across turns and ends with the session; it is never the session's
 * change, and no run of the tests waits for it.
 */
export interface RunTerminal {
  /** The project's start command, as found; undefined: nothing says how it is started. */
  found(): Promise<StartCommand | undefined>;
  /** Runs what was typed, once what is there has been stopped. `told`: the model hears of its end. */
  run(command: string, options: { readonly told: boolean }): void;
  /** Starts the project, once what is there has been stopped. Resolves with the reason where nothing says how. */
  start(): Promise<{ readonly refused: string } | undefined>;
  /** Starts what ran last, else the project, anew. Resolves with the reason where there is nothing to start. */
  restart(): Promise<{ readonly refused: string } | undefined>;
  /** Interrupts it and kills what is left after a while, at once when asked again; the reason where nothing runs. */
  stop(): { readonly refused: string } | undefined;
  /** To its program, as a terminal would send it. */
  type(text: string): void;
  /** The size that the pane has now, in cells. */
  resize(columns: number, rows: number): void;
  /** `start`: empty from here on; then everything that is written there. */
  onOutput(listener: (chunk: TerminalOutput) => void): () => void;
}

/** A command begins, or it prints: the memory of what it prints is used again once the listener returns. */
export type TerminalOutput = { readonly start: string } | { readonly bytes: Uint8Array };

export interface Live {
  readonly state: LiveState;
  /** Called at once on every change; the listener does its own coalescing. Returns the way to stop. */
  subscribe(listener: () => void): () => void;
  /** Raw output of test runs: `start` clears. */
  onRun(listener: (chunk: TerminalOutput) => void): () => void;
}

/** Commands of the model that went on after their calls were answered. */
export interface Background {
  /** Those that run, and the newest that ended, oldest first. */
  list(): readonly WatchedCommand[];
  /** Interrupts one, and kills it where that does not end it; at once when asked again. The model hears of it. */
  stop(session: number): { readonly refused: string } | undefined;
  /** Called when the list changes (`list`), or when one of them printed. Returns the way to stop. */
  subscribe(listener: (what: 'list' | 'output') => void): () => void;
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
  /** To the run of the tests that goes on, as a terminal would send it. */
  typeTests(text: string): void;
  readonly terminal: RunTerminal;
  readonly background: Background;
  /** The file with everything that a run of the tests printed; null where there is none any more. */
  runLog(run: Pick<Run, 'log'>): string | null;
  /** Says something to the person, in the conversation and for good. */
  notify(text: string): void;
  /** Reads ahead what the first request waits for. Never rejects. */
  prepare(): Promise<void>;
  /** Resolves when no turn runs and none is due. */
  idle(): Promise<void>;
  /** Resolves when each commit after the event `since` that was made as `testing` has its verdict, as far as it can get one. */
  tested(since?: number): Promise<void>;
  /** Stores bytes with the session under their own hash; the id. Throws `AppError('journal')` where they cannot be written. */
  keep(bytes: Uint8Array): string;
  /** The bytes again, or only the first `most`; null where they are gone. */
  fetch(id: string, most?: number): Uint8Array | null;
  /** Older events, for scrolling back. */
  history(fromSeq: number, count: number): Promise<readonly Recorded[]>;
  /** The test command as found, for the pane's header. */
  testCommand(): Promise<TestCommand | undefined>;
  /** Interrupts what runs, records the end, frees the lock. */
  close(reason: 'quit' | 'signal' | 'crash'): Promise<void>;
}

/** How to start an editor. `window`: it has one of its own, so the screen stays. */
export interface EditorCommand {
  readonly argv: readonly string[];
  readonly window: boolean;
}

/** What became of a text that was to be copied, in words for people. */
export type Copied =
  /** The route that took it. */
  | { readonly copied: string }
  /** Who was told, and never says whether it listened. */
  | { readonly offered: string }
  | { readonly failed: string };

/** The full screen's way to the person's desk. None of these rejects. */
export interface Desk {
  /** `send` writes a control sequence to the terminal, which draws nothing. */
  copy(text: string, send: (sequence: string) => void): Promise<Copied>;
  /** The image in the clipboard, as its bytes. `failed`: why there is none, for people. */
  pasteImage(): Promise<{ readonly bytes: Uint8Array } | { readonly failed: string }>;
  /** A file's bytes, `~` and paths from the repository's root included; null: there is no such file. */
  readImage(path: string): Promise<{ readonly bytes: Uint8Array } | { readonly failed: string } | null>;
  /** How the editor opens a file, or why it cannot; null where none is configured. `line` is 1-based. */
  editor(path: string, line?: number): Promise<EditorCommand | { readonly failed: string } | null>;
  /**
   * Lets the person write in their editor, which has the terminal meanwhile (whoever draws on it has left it). The text as
   * it was saved, without its last newline, or the reason why there is none.
   */
  write(text: string): Promise<{ readonly text: string } | { readonly failed: string }>;
  /** How to read a file that may have colours and any length: `$PAGER`, else less. */
  pager(path: string): readonly string[];
  /** Starts a program beside the screen; false where it cannot be started. */
  open(argv: readonly string[]): Promise<boolean>;
  /** Runs a program that has the terminal until it ends (whoever draws on it has left it); false where it cannot be started. */
  run(argv: readonly string[]): Promise<boolean>;
}
