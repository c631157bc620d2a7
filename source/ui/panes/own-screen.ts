// The terminal of the person's own commands: shows what runs there, or what ran there last.
import type { Engine } from '../../engine/face.ts';
import type { TestScreen } from './run-screen.ts';

export interface OwnScreen {
  readonly terminal: TestScreen;
  /** Changes with every change of its rows. */
  version(): number;
  /** Gives the terminal, and the program in it, the size of the pane. */
  fit(columns: number, rows: number): void;
  close(): void;
}

export function createOwnScreen(engine: Engine, terminal: TestScreen, onChange: () => void): OwnScreen {
  let version = 0;
  let size = { columns: 0, rows: 0 };
  const stops = [
    engine.terminal.onOutput((chunk) => {
      if ('start' in chunk) terminal.clear();
      else terminal.write(chunk.text);
    }),
    terminal.onReply(engine.terminal.type),
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
      engine.terminal.resize(columns, rows);
    },
    close: () => {
      for (const stop of stops) stop();
    },
  };
}
