// A program that a command started, the same whether it writes into a pipe or into a terminal.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync } from 'node:fs';
import { Socket } from 'node:net';
import { killTree, signalGroup } from '../../processes/process-tree.ts';
import type { PipeSupply } from './pipes.ts';

const CTRL_C = '\x03';

/** `code` null: killed by `signal`. */
export interface ProgramExit {
  readonly code: number | null;
  readonly signal?: string | number | null;
}

export interface Program {
  /** Resolves when the program itself has ended; its children may go on. Never rejects. */
  readonly exit: Promise<ProgramExit>;
  /** Resolves after the last output, when nothing holds it any more. Never rejects. */
  readonly closed: Promise<void>;
  /** False where it reads from nobody; Ctrl+C reaches it all the same. */
  type(chars: string): boolean;
  /** Kills it at once with all its children; what they still print is dropped. */
  kill(): void;
}

export interface ShellCommand {
  readonly cmd: string;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** A `NAME=value` of `env` that nobody else has. */
  readonly marker: string;
}

/**
 * Runs a command in a bash of its own process session, its standard input empty, both its outputs in one real pipe.
 * Rejects where it cannot be started.
 */
export async function startInPipe(
  command: ShellCommand,
  pipes: PipeSupply,
  onData: (chunk: Buffer) => void,
): Promise<Program> {
  const pipe = await pipes.take();
  const child = await spawnShell(command, pipe.writer)
    .catch((error: unknown) => {
      closeSync(pipe.reader);
      throw error;
    })
    .finally(() => closeSync(pipe.writer));
  const exit = new Promise<ProgramExit>((resolve) =>
    child.once('exit', (code, signal) => resolve({ code, signal })),
  );
  const leader = child.pid as number;
  const output = new Socket({ fd: pipe.reader, readable: true, writable: false });
  output.on('data', onData);
  // A broken pipe ends like a closed one.
  output.on('error', () => output.destroy());
  const kill = (): void => {
    killTree({ marker: command.marker, leader });
    output.destroy();
  };
  let isAsked = false;
  return {
    exit,
    closed: new Promise((resolve) => output.once('close', () => resolve())),
    type(chars) {
      if (chars !== CTRL_C) return false;
      // Background children of a shell ignore SIGINT. Asked twice, it has had its chance.
      if (isAsked) kill();
      else signalGroup(leader, 'SIGTERM');
      isAsked = true;
      return true;
    },
    kill,
  };
}

async function spawnShell({ cmd, cwd, env }: ShellCommand, writer: number): Promise<ChildProcess> {
  const child = spawn('bash', ['--noprofile', '--norc', '-c', cmd], {
    cwd,
    env,
    detached: true,
    stdio: ['ignore', writer, writer],
  });
  // Without a pid it has failed already and is about to say why.
  if (child.pid === undefined) await once(child, 'spawn');
  return child;
}
