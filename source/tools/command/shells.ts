// A bash for each command: one that waits for it, or one that is started for it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync } from 'node:fs';
import { Socket } from 'node:net';
import { killTree, signalGroup, withMarker } from '../../processes/process-tree.ts';
import { createPipeSupply, type PipeSupply } from './pipes.ts';
import type { Program, ProgramExit } from './program.ts';
import { createWaitingShells, type StartedShell } from './waiting-shells.ts';

const CTRL_C = '\x03';
/** ms after a command's start in which somebody may say that it is a good time to prepare the next. */
const PREPARE_MS = 100;
/** As many as a pipe holds. */
const READ_BYTES = 65_536;

export interface Shells {
  /**
   * Runs a command in a bash of its own process session, its standard input empty, both its outputs in one real pipe.
   * `cwd` is there; `onData` gets memory that is used again. Rejects where it cannot be started.
   */
  start(cwd: string, cmd: string, onData: (chunk: Uint8Array) => void): Promise<Program>;
  /** Starts the shell that is to wait for the next command. Beside a command's end it would slow what follows from that. */
  prepare(): void;
  close(): void;
}

/** `marker`: the beginning of every `NAME=value` by which what a command started is known again. */
export function createShells(env: Readonly<Record<string, string>>, marker: string): Shells {
  const pipes = createPipeSupply();
  const waiting = createWaitingShells(env, marker, pipes);
  const memory = Buffer.allocUnsafeSlow(READ_BYTES);
  let last = 0;
  /** The folder of the last command, if nothing was prepared since. */
  let wanted: string | undefined;
  const prepare = (): void => {
    const folder = wanted;
    wanted = undefined;
    // A fault here is met again by the next command.
    if (folder !== undefined) void waiting.refill(folder).catch(() => undefined);
  };
  return {
    prepare,
    async start(cwd, cmd, onData) {
      const waited = await waiting.take(cwd, cmd);
      last += 1;
      const shell = waited ?? (await startShell(cwd, cmd, env, `${marker}${last}.`, pipes));
      wanted = cwd;
      setTimeout(prepare, PREPARE_MS).unref();
      return attach(shell, pipes, memory, onData);
    },
    close() {
      waiting.close();
      pipes.close();
    },
  };
}

/** `memory`: everything that is read goes through it. As a buffer a piece, 100 MB took 50 MB more, and three times as long. */
function attach(
  { leader, marker, reader, exit }: StartedShell,
  pipes: PipeSupply,
  memory: Buffer,
  onData: (chunk: Uint8Array) => void,
): Program {
  const callback = (bytes: number): boolean => {
    onData(memory.subarray(0, bytes));
    return true;
  };
  const output = new Socket({
    fd: reader,
    readable: true,
    writable: false,
    onread: { buffer: memory, callback },
  });
  output.once('end', () => pipes.renew(reader));
  // A broken pipe ends like a closed one.
  output.on('error', () => output.destroy());
  const kill = (): void => {
    killTree({ marker, leader });
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

async function startShell(
  cwd: string,
  cmd: string,
  env: Readonly<Record<string, string>>,
  marker: string,
  pipes: PipeSupply,
): Promise<StartedShell> {
  const pipe = await pipes.take();
  try {
    const child = spawn('bash', ['--noprofile', '--norc', '-c', cmd], {
      cwd,
      env: withMarker(env, marker),
      detached: true,
      stdio: ['ignore', pipe.writer, pipe.writer],
    });
    // Without a pid it has failed already and is about to say why.
    if (child.pid === undefined) await once(child, 'spawn');
    const exit = new Promise<ProgramExit>((resolve) =>
      child.once('exit', (code, signal) => resolve({ code, signal })),
    );
    return { leader: child.pid as number, marker, reader: pipe.reader, exit };
  } catch (error) {
    closeSync(pipe.reader);
    throw error;
  } finally {
    closeSync(pipe.writer);
  }
}
