// A terminal without a screen: programs write to it, panes take its rows. The one file that knows the emulator.
import type { Terminal as Emulator } from '@xterm/headless';
import { cellWidths } from './cell-width.ts';
import { drawRows } from './cells.ts';
import { createFloodgate } from './floodgate.ts';

export interface Screen {
  /** Rows in use: the scrollback and the screen down to its last row with text. */
  readonly length: number;
  /** Raw program output, whose memory may be used again at once. Shows a little later; then `onChange` is called. */
  write(output: Uint8Array | string): void;
  /** As a new terminal, without scrollback. */
  clear(): void;
  resize(columns: number, rows: number): void;
  /** Rows of text and SGR sequences, each closed in itself; row 0 is the oldest. Fewer at the end. */
  rows(from: number, count: number): string[];
  /** Whether the row is the rest of a line that was too long for the row above. */
  continues(row: number): boolean;
  /** Row at which the screen begins; what is above is scrollback. */
  readonly base: number;
  /** Where the cursor is, its row counted as in `rows`; undefined while the program hides it. */
  cursor(): { readonly column: number; readonly row: number } | undefined;
  /** What the program asked of its terminal. */
  modes(): {
    readonly applicationCursor: boolean;
    readonly bracketedPaste: boolean;
    readonly focusReports: boolean;
  };
  /** What the terminal answers to a program's questions: for its input. Returns the way to stop. */
  onReply(listener: (text: string) => void): () => void;
  /** Called whenever rows may look different. Returns the way to stop. */
  onChange(listener: () => void): () => void;
  /** Frees the memory; nothing may be called afterwards. */
  close(): void;
}

/** About 8 MB at 100 columns. */
const SCROLLBACK_ROWS = 5_000;
/** Cancels an unfinished sequence, then resets everything. */
const START_OVER = '\x18\x1bc';

/** Loads the emulator at the first call. */
export async function createScreen({ columns, rows }: { columns: number; rows: number }): Promise<Screen> {
  const { default: headless } = await import('@xterm/headless');
  const size = { cols: atLeast(MINIMUM_COLUMNS, columns), rows: atLeast(1, rows) };
  const emulator = new headless.Terminal({
    ...size,
    scrollback: SCROLLBACK_ROWS,
    allowProposedApi: true,
    logLevel: 'off',
  });
  emulator.unicode.register(cellWidths);
  emulator.unicode.activeVersion = cellWidths.version;

  const listeners = new Set<() => void>();
  /** The rows that were asked for last: every frame asks, and most are of something else. */
  let drawn: { readonly from: number; readonly count: number; readonly rows: readonly string[] } | undefined;
  const changed = (): void => {
    drawn = undefined;
    for (const listener of listeners) listener();
  };
  const gate = createFloodgate((text, done) =>
    emulator.write(text, () => {
      changed();
      done();
    }),
  );
  const isCursorHidden = watchCursor(emulator);
  return {
    get length() {
      return usedRows(emulator);
    },
    get base() {
      return emulator.buffer.active.baseY;
    },
    cursor: () => (isCursorHidden() ? undefined : cursorOf(emulator)),
    modes: () => modesOf(emulator),
    onReply: (listener) => {
      const subscription = emulator.onData(listener);
      return () => subscription.dispose();
    },
    write: (output) => gate.write(typeof output === 'string' ? Buffer.from(output) : output),
    clear: () => {
      gate.drop();
      emulator.write(START_OVER, changed);
    },
    resize: (width, height) => {
      emulator.resize(atLeast(MINIMUM_COLUMNS, width), atLeast(1, height));
      changed();
    },
    rows: (from, count) => {
      if (drawn?.from !== from || drawn.count !== count)
        drawn = { from, count, rows: drawRows(emulator.buffer.active, emulator.cols, from, count) };
      return [...drawn.rows];
    },
    continues: (row) => emulator.buffer.active.getLine(row)?.isWrapped === true,
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: () => {
      gate.drop();
      listeners.clear();
      emulator.dispose();
    },
  };
}

/** Whether the program hides the cursor (DECTCEM), which the emulator does not tell by itself. */
function watchCursor(emulator: Emulator): () => boolean {
  let hidden = false;
  const onMode = (hides: boolean) => (parameters: (number | number[])[]) => {
    if (parameters.includes(25)) hidden = hides;
    return false;
  };
  const show = (): boolean => {
    hidden = false;
    return false;
  };
  emulator.parser.registerCsiHandler({ prefix: '?', final: 'h' }, onMode(false));
  emulator.parser.registerCsiHandler({ prefix: '?', final: 'l' }, onMode(true));
  emulator.parser.registerCsiHandler({ intermediates: '!', final: 'p' }, show);
  emulator.parser.registerEscHandler({ final: 'c' }, show);
  return () => hidden;
}

function cursorOf({ buffer: { active }, cols }: Emulator): { column: number; row: number } {
  return { column: Math.min(active.cursorX, cols - 1), row: active.baseY + active.cursorY };
}

function modesOf({ modes }: Emulator): ReturnType<Screen['modes']> {
  return {
    applicationCursor: modes.applicationCursorKeysMode,
    bracketedPaste: modes.bracketedPasteMode,
    focusReports: modes.sendFocusMode,
  };
}

/** The emulator's own least: a wide character has to fit. */
const MINIMUM_COLUMNS = 2;

function atLeast(least: number, cells: number): number {
  return Math.max(least, Math.floor(cells) || least);
}

function usedRows(emulator: Emulator): number {
  const { active } = emulator.buffer;
  for (let row = active.length - 1; row >= active.baseY; row -= 1) {
    if (active.getLine(row)?.translateToString(true)) return row + 1;
  }
  return active.baseY;
}
