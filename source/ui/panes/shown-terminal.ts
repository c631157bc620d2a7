// A terminal emulator with a program at its other end: what the tests' terminal and the person's own have in common.
import type { ProgramModes } from '../terminal/program-input.ts';

/** A terminal emulator: of the tests, or of the person's own commands. */
export interface Emulator {
  /** Everything that a program writes to its terminal, in order; the memory may be used again at once. */
  write(output: Uint8Array | string): void;
  /** Empties it, scrollback included. */
  clear(): void;
  /** In cells. */
  resize(columns: number, rows: number): void;
  /** Rows with SGR sequences alone, each closed at its end; row 0 is the oldest of the scrollback. */
  rows(from: number, count: number): string[];
  /** Whether the row is the rest of a line that began above it. */
  continues(row: number): boolean;
  /** Rows of scrollback and screen that have been written to. */
  readonly length: number;
  /** Row at which the screen begins; what is above is scrollback. */
  readonly base: number;
  /** Where the cursor is, its row counted as in `rows`; undefined while the program hides it. */
  cursor(): { readonly column: number; readonly row: number } | undefined;
  /** What the program asked of its terminal. */
  modes(): ProgramModes;
  /** What the terminal answers to a program's questions: for its input. Returns the way to stop. */
  onReply(listener: (text: string) => void): () => void;
  /** Called when rows changed. Returns the way to stop. */
  onChange(listener: () => void): () => void;
}

/** What is at the other end of a terminal. */
export interface Program {
  /** Its input. */
  type(text: string): void;
  resize(columns: number, rows: number): void;
}

export interface ShownTerminal {
  readonly terminal: Emulator;
  /** Changes with every change of its rows. */
  version(): number;
  /** Gives the terminal, and the program in it, the size of the pane. */
  fit(columns: number, rows: number): void;
  close(): void;
}

/** `stopOutput` is called when it is closed: the program's output is the caller's to write. */
export function showTerminal(
  terminal: Emulator,
  program: Program,
  onChange: () => void,
  stopOutput: () => void,
): ShownTerminal {
  let version = 0;
  let size = { columns: 0, rows: 0 };
  const stops = [
    stopOutput,
    terminal.onReply(program.type),
    terminal.onChange(() => {
      version += 1;
      onChange();
    }),
  ];
  return {
    terminal,
    version: () => version,
    fit: (columns, rows) => {
      if (size.columns === columns && size.rows === rows) return;
      size = { columns, rows };
      terminal.resize(columns, rows);
      program.resize(columns, rows);
    },
    close: () => {
      for (const stop of stops) stop();
    },
  };
}
