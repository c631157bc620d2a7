// A command in a pseudo-terminal, for the model that wants to type into it.
import type { Terminal } from '../engine/ports.ts';
import { killTree } from '../processes/process-tree.ts';
import type { Program } from './command/program.ts';

/** Columns and rows: wide enough that few lines wrap, since the model reads them as they stand. */
const SIZE = { columns: 160, rows: 40 };

interface TerminalCommand {
  readonly cmd: string;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** A `NAME=value` of `env` that nobody else has. */
  readonly marker: string;
}

/** Rejects where no terminal can be had. */
export async function startInTerminal(
  command: TerminalCommand,
  terminal: Terminal,
  onData: (chunk: Uint8Array) => void,
): Promise<Program> {
  const { cmd, cwd, env, marker } = command;
  const run = await terminal.start({ command: cmd, cwd, env, ...SIZE, onData });
  return {
    exit: run.exit,
    closed: run.exit.then(() => undefined),
    type(chars) {
      run.write(chars);
      return true;
    },
    kill() {
      // The terminal asks politely first; an interrupt does not wait for that.
      killTree({ marker });
      void run.stop();
    },
  };
}
