// The built program on a terminal of its own, as a person has it: keys go in, and what an emulator shows comes out.
import headless from '@xterm/headless';
import { type IPty, spawn } from 'node-pty';
import { onTestFinished } from 'vitest';
import { bytesOf } from './key-bytes.ts';

export interface AppOptions {
  readonly command: readonly [file: string, ...args: string[]];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly columns?: number;
  readonly rows?: number;
}

/** Something to look at: the whole screen, or one pane of the wide layout. */
export interface Sight {
  /** Without trailing spaces. */
  rows(): string[];
  /** Waits until it holds the text, or matches. */
  shows(text: string | RegExp): Promise<void>;
  lacks(text: string | RegExp): Promise<void>;
}

export interface App extends Sight {
  readonly conversation: Sight;
  readonly tests: Sight;
  readonly commits: Sight;
  readonly terminal: headless.Terminal;
  readonly pid: number;
  /** Sends text as it is, in one piece. */
  type(text: string): App;
  /** A key by its name in the table. */
  press(key: string): App;
  enter(): App;
  resize(columns: number, rows: number): void;
  /** Everything that was written to the terminal so far. */
  bytes(): Buffer;
  /** To the process itself, not to what it started. */
  kill(signal: NodeJS.Signals): void;
  /** Takes the terminal away, as a closed window does. */
  hangUp(): void;
  /** Resolves with the exit code, or with the signal that ended the process. */
  readonly over: Promise<number | string>;
}

/** Generous: the machine may be busy with other tests. */
const PATIENCE_MS = 60_000;
const signalNames: Readonly<Record<number, string>> = {
  1: 'SIGHUP',
  2: 'SIGINT',
  9: 'SIGKILL',
  15: 'SIGTERM',
};

/** Ends with the test that opened it. */
export function openApp(options: AppOptions): App {
  const { command, cwd, env, columns = 120, rows = 40 } = options;
  const [file, ...args] = command;
  const terminal = new headless.Terminal({ cols: columns, rows, allowProposedApi: true, logLevel: 'off' });
  // Bytes and not text: what is wrong with them is to be seen.
  const pty = spawn(file, args, { name: 'xterm-256color', cols: columns, rows, cwd, env, encoding: null });
  const chunks: Buffer[] = [];
  const looks = new Set<() => void>();
  pty.onData((data) => {
    const chunk = data as unknown as Buffer;
    chunks.push(chunk);
    terminal.write(chunk, () => {
      for (const look of looks) look();
    });
  });
  // A terminal answers when it is asked what it is.
  terminal.onData((answer) => pty.write(answer));
  const { promise: over, resolve } = Promise.withResolvers<number | string>();
  let ended = false;
  pty.onExit(({ exitCode, signal }) => {
    ended = true;
    resolve(signal ? (signalNames[signal] ?? String(signal)) : exitCode);
  });
  onTestFinished(async () => {
    if (ended) return;
    pty.kill('SIGKILL');
    await over;
  });

  const screen = (): string[] => readRows(terminal, 0, terminal.cols);
  // A terminal shows a frame when it is whole.
  const isWhole = (): boolean => !terminal.modes.synchronizedOutputMode;
  const sight = (read: () => string[]): Sight => {
    const wait = (isThere: (shown: string) => boolean, what: string): Promise<void> =>
      waitUntil(() => isWhole() && isThere(read().join('\n')), looks).catch(() => {
        throw new Error(`waited for ${what}, but saw:\n${screen().join('\n').trimEnd()}`);
      });
    return {
      rows: read,
      shows: (text) => wait((shown) => holds(shown, text), `${text}`),
      lacks: (text) => wait((shown) => !holds(shown, text), `no ${text}`),
    };
  };
  const app: App = {
    ...sight(screen),
    conversation: sight(() => readPane(terminal, 'CONVERSATION')),
    tests: sight(() => readPane(terminal, 'TESTS')),
    commits: sight(() => readPane(terminal, 'COMMITS')),
    terminal,
    pid: pty.pid,
    over,
    type: (text) => {
      pty.write(text);
      return app;
    },
    press: (key) => app.type(bytesOf(key)),
    enter: () => app.press('enter'),
    resize: (width, height) => {
      terminal.resize(width, height);
      pty.resize(width, height);
    },
    bytes: () => Buffer.concat(chunks),
    kill: (signal) => process.kill(pty.pid, signal),
    hangUp: () => (pty as IPty & { destroy(): void }).destroy(),
  };
  return app;
}

function holds(shown: string, text: string | RegExp): boolean {
  return typeof text === 'string' ? shown.includes(text) : text.test(shown);
}

/** Looks whenever the emulator has taken something in; rejects when that takes too long. */
function waitUntil(isThere: () => boolean, looks: Set<() => void>): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const timer = setTimeout(reject, PATIENCE_MS);
  const look = (): void => {
    if (isThere()) resolve();
  };
  looks.add(look);
  look();
  return promise.finally(() => {
    looks.delete(look);
    clearTimeout(timer);
  });
}

/** Columns in cells, of which a wide character takes two. */
function readRows({ buffer, rows }: headless.Terminal, from: number, to: number): string[] {
  const { active } = buffer;
  return Array.from(
    { length: rows },
    (_, row) =>
      active
        .getLine(active.baseY + row)
        ?.translateToString(true, from, to)
        .trimEnd() ?? '',
  );
}

/** The rows of one pane where all three stand beside each other, its title first; none before they are drawn. */
function readPane(terminal: headless.Terminal, title: 'CONVERSATION' | 'TESTS' | 'COMMITS'): string[] {
  const [first] = readRows(terminal, 0, terminal.cols);
  // The person's own terminal may be shown there, and then the tests' name is small.
  const column = first?.search(/│ (?:▸?TESTS|tests )/) ?? -1;
  if (column < 0) return [];
  if (title === 'CONVERSATION') return upTo(readRows(terminal, 0, column), /^─/);
  const right = readRows(terminal, column + 2, terminal.cols);
  const from = title === 'TESTS' ? 0 : right.findIndex((row) => /^▸?COMMITS/.test(row));
  return upTo(right.slice(Math.max(0, from)), /^─/);
}

function upTo(rows: readonly string[], end: RegExp): string[] {
  const last = rows.findIndex((row) => end.test(row));
  return last < 0 ? [...rows] : rows.slice(0, last);
}
