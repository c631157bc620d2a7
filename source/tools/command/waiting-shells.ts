// Shells that wait for their command. To start a process holds Node's loop for as long as its memory takes to be copied:
// 10 ms with 100 MB. A small bash starts them instead, ahead, while the model thinks: `true` then takes 4 ms instead of
// 16, and nobody's key waits for it. Without this file every command starts its own shell as before.
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, writeSync } from 'node:fs';
import type { Pipe, PipeSupply } from './pipes.ts';
import type { ProgramExit } from './program.ts';

/** Calls that one answer asks for at once are rarely more. */
const WAITING = 2;
/** Bash reads a command from a pipe letter by letter: a longer one is faster in a shell of its own. */
const MOST_CHARACTERS = 4_000;

/** The names must be in nobody's environment: what bash assigns to an exported one, its children would see. */
const HOST = `set -m
while IFS=' ' read -r hullspeed_id hullspeed_in hullspeed_out hullspeed_marker; do
  {
    export "$hullspeed_marker"
    setsid bash --noprofile --norc -c "$1" bash "$hullspeed_id" 3>&1 \\
      <"/proc/$PPID/fd/$hullspeed_in" >"/proc/$PPID/fd/$hullspeed_out" 2>&1
    printf 'ended %s %s\\n' "$hullspeed_id" "$?"
  } &
done`;

/** One shell: says that it waits, reads a folder and a command, and is from there on what `bash -c` would be. */
const SHELL = `printf 'waits %s %s\\n' "$1" "$$" >&3
exec 3>&-
shift
IFS= read -r -d '' hullspeed_folder && IFS= read -r -d '' hullspeed_command || exit
exec </dev/null
if [ "$hullspeed_folder" != "$PWD" ]; then cd -P -- "$hullspeed_folder" || exit; unset OLDPWD; fi
eval "$hullspeed_command"`;

/** A shell that runs its command. `reader`: of its output's pipe, the caller's to close. */
export interface StartedShell {
  /** Process id of the leader of its process session. */
  readonly leader: number;
  /** `NAME=value` of its environment. */
  readonly marker: string;
  readonly reader: number;
  readonly exit: Promise<ProgramExit>;
}

export interface WaitingShells {
  /** Undefined where none waits or is about to. `folder`: absolute path of one that is there. */
  take(folder: string, command: string): Promise<StartedShell | undefined>;
  /** Sees to it that shells wait for the next commands. Not before the first one: a session may have none. */
  refill(folder: string): Promise<void>;
  /** Ends those that wait. */
  close(): void;
}

interface Shell {
  readonly input: Pipe;
  readonly output: Pipe;
  /** Descriptors that are still ours to close. */
  readonly held: Set<number>;
  readonly marker: string;
  isTaken: boolean;
  /** Its process id; undefined where it has ended before. */
  readonly waits: PromiseWithResolvers<number | undefined>;
  readonly ended: PromiseWithResolvers<ProgramExit>;
}

/** `marker`: the beginning of each shell's own `NAME=value`, with neither spaces nor lines in it. */
export function createWaitingShells(
  environment: Readonly<Record<string, string>>,
  marker: string,
  pipes: PipeSupply,
): WaitingShells {
  const shells = new Map<number, Shell>();
  let host: ChildProcess | undefined;
  let filling: Promise<void> | undefined;
  /** No further ones: closed, or the system has not what it takes. */
  let isOver = process.platform !== 'linux';
  let last = 0;

  const untaken = (): Shell[] => [...shells.values()].filter(({ isTaken }) => !isTaken);
  const forget = (id: number, shell: Shell, code: number | null): void => {
    shells.delete(id);
    release(shell, ...shell.held);
    shell.waits.resolve(undefined);
    shell.ended.resolve({ code });
    // One that was to wait and has not will not the next time either.
    if (!shell.isTaken) isOver = true;
  };
  const close = (): void => {
    isOver = true;
    host?.stdin?.destroy();
    for (const [id, shell] of shells) if (!shell.isTaken) forget(id, shell, null);
  };
  /** The host is gone, and with it whoever would say how its shells end. */
  const lose = (): void => {
    close();
    for (const [id, shell] of shells) forget(id, shell, null);
  };
  const hear = (line: string): void => {
    const [what, id, number] = line.split(' ');
    const shell = shells.get(Number(id));
    if (shell === undefined) return;
    if (what === 'waits') {
      // It has ends of its own now: what it or we close is seen by the other.
      release(shell, shell.input.reader, shell.output.writer);
      shell.waits.resolve(Number(number));
    } else forget(Number(id), shell, Number(number));
  };
  const want = (folder: string, input: Pipe, output: Pipe): void => {
    host ??= startHost(environment, folder, hear).once('error', lose).once('close', lose);
    last += 1;
    const shell = shellOf(input, output, `${marker}waiting-${last}.`);
    shells.set(last, shell);
    host.stdin?.write(`${last} ${input.reader} ${output.writer} ${shell.marker}\n`);
  };
  const fill = async (folder: string): Promise<void> => {
    while (!isOver && untaken().length < WAITING) {
      const [input, output] = [await pipes.take(), await pipes.take()];
      want(folder, input, output);
    }
  };
  return {
    async take(folder, command) {
      const shell = untaken()[0];
      if (shell === undefined || command.length > MOST_CHARACTERS || command.includes('\0')) return undefined;
      shell.isTaken = true;
      const leader = await shell.waits.promise;
      if (leader === undefined || !tell(shell, `${folder}\0${command}\0`)) return undefined;
      shell.held.delete(shell.output.reader);
      return { leader, marker: shell.marker, reader: shell.output.reader, exit: shell.ended.promise };
    },
    refill(folder) {
      filling ??= fill(folder).finally(() => {
        filling = undefined;
      });
      return filling;
    },
    close,
  };
}

function shellOf(input: Pipe, output: Pipe, marker: string): Shell {
  const held = new Set([input.reader, input.writer, output.reader, output.writer]);
  const [waits, ended] = [Promise.withResolvers<number | undefined>(), Promise.withResolvers<ProgramExit>()];
  return { input, output, held, marker, isTaken: false, waits, ended };
}

/** False where it was killed a moment ago. */
function tell(shell: Shell, said: string): boolean {
  try {
    writeSync(shell.input.writer, said);
    release(shell, shell.input.writer);
    return true;
  } catch {
    return false;
  }
}

function release(shell: Shell, ...fds: readonly number[]): void {
  for (const fd of fds) if (shell.held.delete(fd)) closeSync(fd);
}

/** Tells each line that it or a shell of its says. */
function startHost(
  environment: Readonly<Record<string, string>>,
  folder: string,
  hear: (line: string) => void,
): ChildProcess {
  // There is one shell more above a command than without it.
  const level = String(Number(environment.SHLVL ?? 0) - 1);
  const host = spawn('bash', ['--noprofile', '--norc', '-c', HOST, 'bash', SHELL], {
    cwd: folder,
    env: { ...environment, SHLVL: level },
    detached: true,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  host.stdin?.on('error', () => undefined);
  let rest = '';
  host.stdout?.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) hear(line);
  });
  return host;
}
