// The full screen on a terminal of its own: keys go in as bytes, and what is asserted is what an emulator shows.
import { Console } from 'node:console';
import { PassThrough, Writable } from 'node:stream';
import headless from '@xterm/headless';
import type { EditorCommand } from '../../source/engine/face.ts';
import { cellWidths } from '../../source/services/cell-width.ts';
import { createScreen } from '../../source/services/screen.ts';
import type { ThemeChoice } from '../../source/ui/choose-theme.ts';
import type { Keymap } from '../../source/ui/keymap.ts';
import type { Memory } from '../../source/ui/memory.ts';
import { beginOpening } from '../../source/ui/opening/opening.ts';
import { startFullScreen } from '../../source/ui/start.tsx';
import type { Ending } from '../../source/ui/terminal/endings.ts';
import { createFakeEngine, type FakeEngine } from './engine.ts';
import { bytesOf } from './key-bytes.ts';

type Written = { readonly text: string } | { readonly failed: string };

export interface ScreenOptions {
  readonly columns?: number;
  readonly rows?: number;
  readonly engine?: FakeEngine;
  /** The person's editor: what is saved of a text. */
  readonly write?: (text: string) => Written | Promise<Written>;
  /** How it opens a file; without, in a window of its own. */
  readonly editor?: (path: string, line?: number) => EditorCommand | null;
  readonly drafts?: readonly string[];
  readonly theme?: ThemeChoice;
  readonly mouse?: boolean;
  readonly reducedMotion?: boolean;
  readonly keymap?: Keymap;
  readonly environment?: Readonly<Record<string, string>>;
  /** What was remembered, and what is. */
  readonly memory?: Memory;
  /** In the clipboard, and in files by their paths. */
  readonly image?: Uint8Array | Promise<Uint8Array>;
  readonly images?: Readonly<Record<string, Uint8Array>>;
  /** The route that takes what is copied; null: none does. */
  readonly clipboard?: string | null;
  /** What each copy waits for. */
  readonly copying?: readonly Promise<void>[];
  /** Begins with the first frame drawn by hand, as the program does; called while it stands. */
  readonly opening?: (first: FirstFrame) => Promise<void> | void;
  /** The frame that the first one shows again, and where the last one goes. */
  readonly lastFrame?: string;
  readonly saveFrame?: (text: string) => void;
  /** The engine's, where it is not the process's own. */
  readonly clock?: { now(): number; mono(): number };
}

export interface FirstFrame {
  readonly terminal: headless.Terminal;
  /** Resolves when it has been read, and what is drawn for it stands on the terminal. */
  type(bytes: string): Promise<void>;
}

export interface TestApp {
  readonly engine: FakeEngine;
  readonly terminal: headless.Terminal;
  /** Every write that the terminal got. */
  readonly writes: readonly string[];
  /** What went to the clipboard, what was started beside the screen, and what had the terminal. */
  readonly copied: readonly string[];
  readonly opened: readonly (readonly string[])[];
  readonly ran: readonly (readonly string[])[];
  readonly ending: () => Ending | undefined;
  /** Resolves with the exit code. */
  readonly over: Promise<number>;
  /** Sends bytes as one chunk. */
  type(bytes: string | Buffer): void;
  /** Keys by their names in the table. */
  press(...keys: readonly string[]): void;
  /** The rows of the screen, without trailing spaces. */
  rows(): string[];
  /** Waits until the screen holds the text, or matches. */
  shows(text: string | RegExp): Promise<void>;
  lacks(text: string): Promise<void>;
  /** Waits until nothing has been written for a while, and the emulator has all of it. */
  rests(): Promise<void>;
  resize(columns: number, rows: number): void;
  hangUp(): void;
}

/** As terminals with unambiguous keys send it: a bare one would be Alt with the key behind it. */
const ESCAPE = '\x1b[27u';
/** Generous: the machine may be busy. */
const PATIENCE_MS = 20_000;
/** Looked at so often that a pause of the whole machine is not taken for one of the screen. */
const QUIET_MS = 120;
const QUIET_LOOKS = 12;

export async function openScreen(options: ScreenOptions = {}): Promise<TestApp> {
  const {
    columns = 120,
    rows = 40,
    engine = createFakeEngine(),
    clipboard = 'clipboard',
    environment = { TERM: 'xterm-256color' },
  } = options;
  // The test runner's own console has no constructor, which Ink needs to keep console output off the screen.
  console.Console ??= Console;
  // A terminal in raw mode still turns line feeds into new lines.
  const terminal = new headless.Terminal({
    cols: columns,
    rows,
    convertEol: true,
    allowProposedApi: true,
    logLevel: 'off',
  });
  terminal.unicode.register(cellWidths);
  terminal.unicode.activeVersion = cellWidths.version;
  const writes: string[] = [];
  const stdin = fakeInput();
  const stdout = fakeOutput(terminal, writes);
  let ending: Ending | undefined;
  const copied: string[] = [];
  const opened: (readonly string[])[] = [];
  const ran: (readonly string[])[] = [];
  const inWindow = (path: string, line?: number): EditorCommand => ({
    argv: ['editor', path, String(line)],
    window: true,
  });
  const tty = {
    stdin: stdin as unknown as NodeJS.ReadStream,
    stdout: stdout as unknown as NodeJS.WriteStream,
    environment,
  };
  const opening = options.opening && beginOpening({ ...tty, lastFrame: options.lastFrame });
  const drawn = (): Promise<void> => new Promise((resolve) => terminal.write('', resolve));
  await drawn();
  await options.opening?.({
    terminal,
    async type(bytes) {
      stdin.write(bytes);
      await new Promise(setImmediate);
      await drawn();
    },
  });
  const over = startFullScreen({
    engine,
    ...tty,
    ...(opening && { takeOver: opening.handOver }),
    drafts: options.drafts,
    memory: options.memory,
    saveFrame: options.saveFrame,
    theme: options.theme,
    mouse: options.mouse,
    reducedMotion: options.reducedMotion,
    keymap: options.keymap,
    clock: options.clock,
    desk: {
      copy: async (text) => {
        copied.push(text);
        await options.copying?.[copied.length - 1];
        return clipboard === null ? { failed: 'no clipboard program works here' } : { copied: clipboard };
      },
      editor: async (path, line) => (options.editor ?? inWindow)(path, line),
      pager: (path) => ['less', '-R', path],
      open: async (argv) => {
        opened.push(argv);
        return true;
      },
      run: async (argv) => {
        ran.push(argv);
        return true;
      },
      pasteImage: async () =>
        options.image ? { bytes: await options.image } : { failed: 'there is no image in the clipboard' },
      readImage: async (path) => {
        const bytes = options.images?.[path];
        return bytes === undefined ? null : { bytes };
      },
      write: async (text) => (await options.write?.(text)) ?? { failed: 'no editor is set' },
    },
    screen: await createScreen({ columns: 80, rows: 24 }),
    ownScreen: await createScreen({ columns: 80, rows: 24 }),
    onExit: (how) => {
      ending = how;
    },
  });
  const read = (): string[] => screenRows(terminal);
  const app: TestApp = {
    engine,
    terminal,
    writes,
    copied,
    opened,
    ran,
    over,
    ending: () => ending,
    type: (bytes) => stdin.write(bytes),
    press: (...keys) => {
      for (const key of keys) stdin.write(key === 'escape' ? ESCAPE : bytesOf(key));
    },
    rows: read,
    shows: (text) =>
      waitFor(
        read,
        (shown) => (typeof text === 'string' ? shown.includes(text) : text.test(shown)),
        `${text} on the screen`,
      ),
    lacks: (text) => waitFor(read, (shown) => !shown.includes(text), `the screen without ${text}`),
    rests: async () => {
      let seen = writes.length;
      for (let looks = 0; looks < QUIET_LOOKS; looks += 1) {
        await new Promise((resolve) => setTimeout(resolve, QUIET_MS / QUIET_LOOKS));
        if (writes.length !== seen) looks = 0;
        seen = writes.length;
      }
      await new Promise<void>((resolve) => terminal.write('', resolve));
    },
    resize: (width, height) => {
      terminal.resize(width, height);
      Object.assign(stdout, { columns: width, rows: height }).emit('resize');
    },
    hangUp: () => stdin.end(),
  };
  await waitFor(
    () => writes,
    (all) => all.length > 0,
    'a first frame',
  );
  return app;
}

async function waitFor(
  read: () => readonly string[],
  holds: (shown: string) => boolean,
  what: string,
): Promise<void> {
  const until = performance.now() + PATIENCE_MS;
  for (;;) {
    const shown = read().join('\n');
    if (holds(shown)) return;
    if (performance.now() > until) throw new Error(`waited for ${what}, but saw:\n${shown}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

function screenRows(terminal: headless.Terminal): string[] {
  const { active } = terminal.buffer;
  return Array.from(
    { length: terminal.rows },
    (_, row) => active.getLine(active.baseY + row)?.translateToString(true) ?? '',
  );
}

function fakeInput(): PassThrough {
  return Object.assign(new PassThrough(), {
    isTTY: true,
    setRawMode: () => undefined,
    ref: () => undefined,
    unref: () => undefined,
  });
}

function fakeOutput(terminal: headless.Terminal, writes: string[]): Writable {
  const stream = new Writable({
    decodeStrings: false,
    write: (chunk: Buffer | string, _encoding, done) => {
      writes.push(chunk.toString());
      terminal.write(chunk.toString(), done);
    },
  });
  return Object.assign(stream, { isTTY: true, columns: terminal.cols, rows: terminal.rows });
}
