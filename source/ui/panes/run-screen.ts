// The terminal of the tests pane: shows the run that prints now, and until it prints, the one before.
import type { Engine } from '../../engine/face.ts';
import type { ProgramModes } from '../terminal/program-input.ts';

/** A terminal emulator: of the tests, or of the person's own commands. */
export interface TestScreen {
  /** Everything that a program writes to its terminal, in order. */
  write(text: string): void;
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

export interface RunScreen {
  readonly terminal: TestScreen;
  /** Changes with every change of its rows. */
  version(): number;
  /** Whether the rows are those of the run that is going on. */
  isCurrent(): boolean;
  /** Gives the terminal, and the program in it, the size of the pane. */
  fit(columns: number, rows: number): void;
  close(): void;
}

/** The end of the last run's output is shown first, when the session knows one from before. */
export function createRunScreen(engine: Engine, terminal: TestScreen, onChange: () => void): RunScreen {
  let version = 0;
  let size = { columns: 0, rows: 0 };
  let begun = false;
  let current = false;

  const tail = engine.session.getState().tests.last?.tail;
  if (tail) terminal.write(tail.replace(/\r?\n/g, '\r\n'));
  const stopRun = engine.live.onRun((chunk) => {
    if ('start' in chunk) {
      begun = true;
      current = false;
      return;
    }
    if (begun) terminal.clear();
    begun = false;
    current = true;
    terminal.write(chunk.text);
  });
  const stopReplies = terminal.onReply(engine.typeTests);
  const stopTerminal = terminal.onChange(() => {
    version += 1;
    onChange();
  });

  return {
    terminal,
    version: () => version,
    isCurrent: () => current,
    fit: (columns, rows) => {
      if (size.columns === columns && size.rows === rows) return;
      size = { columns, rows };
      terminal.resize(columns, rows);
      engine.resizeTests(columns, rows);
    },
    close: () => {
      stopRun();
      stopReplies();
      stopTerminal();
    },
  };
}
