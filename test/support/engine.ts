// A fake at the `Engine` port: commands are decided and events reduced as in the real one, but nothing runs.

import { createHash } from 'node:crypto';
import { AppError } from '../../source/engine/errors.ts';
import type { Engine, LiveState, TerminalOutput } from '../../source/engine/face.ts';
import type { CommitText, DirtyPath, LogRow, Outgoing, Repository } from '../../source/engine/git-ports.ts';
import { idleLive } from '../../source/engine/live.ts';
import type { TestCommand, WatchedCommand } from '../../source/engine/ports.ts';
import { type Command, decide } from '../../source/session/commands.ts';
import type { Recorded, SessionEvent } from '../../source/session/events.ts';
import { initialState, reduce, type SessionState } from '../../source/session/state.ts';

/** A command begins, or it prints. */
type Shown = { readonly start: string } | { readonly text: string };

function inBytes(chunk: Shown): TerminalOutput {
  return 'text' in chunk ? { bytes: Buffer.from(chunk.text) } : chunk;
}

export interface FakeEngine extends Engine {
  /** Every command that was accepted. */
  readonly sent: readonly Command[];
  readonly closed: readonly string[];
  /** What the full screen asked the tests' terminal to be. */
  readonly testSize: { columns: number; rows: number };
  /** Records events as the engine would. */
  record(...events: readonly SessionEvent[]): void;
  /** Changes live state and says so. */
  stream(change: Partial<LiveState>): void;
  print(chunk: Shown): void;
  /** What was asked of the person's terminal, in words, and what was typed there. */
  readonly asked: readonly string[];
  readonly typed: readonly string[];
  /** What was typed to the run of the tests. */
  readonly typedTests: readonly string[];
  /** The background commands from now on, and those that were stopped. */
  watch(commands: readonly WatchedCommand[]): void;
  readonly stopped: readonly number[];
  readonly ownSize: { columns: number; rows: number };
  /** From now on nothing more is kept, and with `all` nothing recorded. */
  fillDisk(what: 'blobs' | 'all'): void;
  /** Writes into the person's terminal. */
  printOwn(chunk: Shown): void;
}

export interface FakeEngineOptions {
  readonly events?: readonly SessionEvent[];
  readonly log?: readonly LogRow[];
  /** The changed files that git sees, and what a push would do. */
  readonly dirty?: readonly DirtyPath[];
  readonly outgoing?: Outgoing;
  /** Paths of files: the project's own under '', those of folders beside it under their names. */
  readonly files?: Readonly<Record<string, readonly string[]>>;
  /** What git has of each commit, by its sha. */
  readonly commits?: Readonly<Record<string, CommitText>>;
  readonly testCommand?: string;
  /** Stamps what is recorded; the process's own where absent. */
  readonly clock?: { now(): number; mono(): number };
  readonly startCommand?: string;
}

const settings = {
  model: 'gpt-5.2-codex',
  effort: 'high',
  autoShip: false,
  shipWhen: 'known' as const,
  maxRed: 5,
  maxSteps: 500,
  compactAt: 233_000,
  contextWindow: 272_000,
  testTimeoutMs: 600_000,
  testSilenceMs: 300_000,
  speculative: true,
  patienceMs: 60_000,
  attribution: '',
};

export function createFakeEngine({
  events = [],
  log = [],
  commits = {},
  dirty = [],
  outgoing = { reason: 'this repository has no remote' },
  files = {},
  testCommand,
  clock = { now: () => Date.now(), mono: () => performance.now() },
  startCommand,
}: FakeEngineOptions = {}): FakeEngine {
  const journal: Recorded[] = [];
  const sent: Command[] = [];
  const blobs = new Map<string, Uint8Array>();
  const closed: string[] = [];
  const testSize = { columns: 0, rows: 0 };
  const recorded = new Set<(event: Recorded) => void>();
  const changed = new Set<(state: SessionState, previous: SessionState) => void>();
  const flowed = new Set<() => void>();
  const printed = new Set<(chunk: TerminalOutput) => void>();
  const asked: string[] = [];
  const typed: string[] = [];
  const stopped: number[] = [];
  const watching = new Set<(what: 'list' | 'output') => void>();
  let watched: readonly WatchedCommand[] = [];
  const typedTests: string[] = [];
  const ownSize = { columns: 0, rows: 0 };
  const written = new Set<(chunk: TerminalOutput) => void>();
  const live = idleLive();
  let state = initialState;
  let full: 'blobs' | 'all' | undefined;

  const record = (...more: readonly SessionEvent[]): void => {
    for (const event of more) {
      if (full === 'all')
        throw new AppError('journal', `could not record ${event.type} in /state: check the disk it is on`);
      const seq = state.seq + 1;
      const stamped: Recorded = { v: 1, seq, at: clock.now(), mono: clock.mono(), ...event };
      journal.push(stamped);
      const previous = state;
      state = reduce(state, stamped);
      for (const listener of recorded) listener(stamped);
      for (const listener of changed) listener(state, previous);
    }
  };
  record(...events);

  return {
    asked,
    typed,
    typedTests,
    ownSize,
    printOwn: (chunk) => {
      for (const listener of written) listener(inBytes(chunk));
    },
    terminal: {
      found: () =>
        Promise.resolve(startCommand === undefined ? undefined : { command: startCommand, source: 'config' }),
      run: (command, { told }) => asked.push(`${told ? '!' : '!!'} ${command}`),
      start: () => {
        asked.push('start');
        return Promise.resolve(undefined);
      },
      restart: () => {
        asked.push('restart');
        return Promise.resolve(startCommand === undefined ? { refused: 'nothing to start' } : undefined);
      },
      stop: () => {
        asked.push('stop');
        return live.own === null || live.own.end ? { refused: 'nothing runs in your terminal' } : undefined;
      },
      type: (text) => typed.push(text),
      resize: (columns, rows) => Object.assign(ownSize, { columns, rows }),
      onOutput: (listener) => subscribe(written, listener),
    },
    sent,
    closed,
    testSize,
    settings,
    repository: fakeRepository(log, commits, dirty, outgoing, files),
    session: { getState: () => state, subscribe: (listener) => subscribe(changed, listener) },
    live: {
      state: live,
      subscribe: (listener) => subscribe(flowed, listener),
      onRun: (listener) => subscribe(printed, listener),
    },
    record,
    stream: (change) => {
      Object.assign(live, change);
      for (const listener of flowed) listener();
    },
    print: (chunk) => {
      for (const listener of printed) listener(inBytes(chunk));
    },
    send: (command) => {
      const decision = decide(state, command);
      if ('refused' in decision) return decision;
      record(...decision.events);
      sent.push(command);
      return undefined;
    },
    onEvent: (listener) => subscribe(recorded, listener),
    background: {
      list: () => watched,
      stop: (session) => {
        stopped.push(session);
        return undefined;
      },
      subscribe: (listener) => subscribe(watching, listener),
    },
    watch: (commands) => {
      watched = commands;
      for (const listener of watching) listener('list');
    },
    stopped,
    runLog: ({ log }) => (log === undefined ? null : `/state/blobs/${log}`),
    typeTests: (text) => typedTests.push(text),
    resizeTests: (columns, rows) => Object.assign(testSize, { columns, rows }),
    notify: () => undefined,
    prepare: () => Promise.resolve(),
    idle: () => Promise.resolve(),
    tested: () => Promise.resolve(),
    fillDisk: (what) => {
      full = what;
    },
    keep: (bytes) => {
      if (full !== undefined)
        throw new AppError(
          'journal',
          `could not keep ${bytes.length} bytes in /state: check the disk it is on`,
        );
      const id = createHash('sha256').update(bytes).digest('hex');
      blobs.set(id, bytes);
      return id;
    },
    fetch: (id, most) => blobs.get(id)?.subarray(0, most) ?? null,
    history: (fromSeq, count) =>
      Promise.resolve(journal.filter((event) => event.seq >= fromSeq).slice(0, count)),
    testCommand: () => Promise.resolve(testCommand === undefined ? undefined : foundCommand(testCommand)),
    close: (reason) => {
      closed.push(reason);
      return Promise.resolve();
    },
  };
}

function subscribe<L>(listeners: Set<L>, listener: L): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function foundCommand(command: string): TestCommand {
  return { command, source: 'config', env: {}, read: () => Promise.resolve({ failures: [] }) };
}

/** Only what the full screen reads. */
function fakeRepository(
  log: readonly LogRow[],
  commits: Readonly<Record<string, CommitText>>,
  dirty: readonly DirtyPath[],
  outgoing: Outgoing,
  files: Readonly<Record<string, readonly string[]>>,
): Repository {
  const head = () => ({ sha: log[0]?.sha ?? null, branch: 'main' });
  const reads: Partial<Repository> = {
    root: '/project',
    head: () => Promise.resolve(head()),
    files: (sibling) => Promise.resolve(files[sibling ?? ''] ?? []),
    siblings: () => Promise.resolve(Object.keys(files).filter((name) => name !== '')),
    log: (skip, count, which) =>
      Promise.resolve({
        rows: log.filter((row) => which === undefined || row.decisions.length > 0).slice(skip, skip + count),
        upstream: 'origin/main',
        ahead: 3,
        behind: 0,
      }),
    show: (sha) => Promise.resolve(commits[sha] ?? null),
    count: () => Promise.resolve(log.length),
    status: () => Promise.resolve({ head: head(), dirty: [...dirty], index: '' }),
    outgoing: () => Promise.resolve(outgoing),
    diff: (path) => Promise.resolve(commits[path] ?? { author: '', message: '', diff: '', cut: false }),
    content: () => Promise.resolve(null),
    watch: () => () => undefined,
  };
  return reads as Repository;
}
