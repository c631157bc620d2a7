// A small shell that starts shells, one after the other, and tells of each that it waits and how it ended.
import { spawn } from 'node:child_process';
import { closeSync, writeSync } from 'node:fs';
import type { Pipe } from './pipes.ts';

/**
 * Starts a shell of each line, one after the other. Any POSIX shell will do: of the processor's time that a shell takes
 * until it waits, dash needs two thirds of what bash would, and one that made a copy of itself for each three times as
 * much. The names must be in nobody's environment: children see what is assigned to an exported one.
 */
const STARTER = `export SHLVL="$2"
while IFS=' ' read -r hullspeed_out hullspeed_marker; do
  export "$hullspeed_marker"
  setsid bash --noprofile --norc -c "$1" bash 3>&1 >"/proc/$PPID/fd/$hullspeed_out" 2>&1
  printf 'ended %s\\n' "$?"
done`;

/** One shell: says that it waits, reads a folder and a command, and is from there on what `bash -c` would be. */
const SHELL = `printf 'waits %s\\n' "$$" >&3
exec 3>&-
IFS= read -r -d '' hullspeed_folder && IFS= read -r -d '' hullspeed_command || exit
exec </dev/null
if [ "$hullspeed_folder" != "$PWD" ]; then cd -P -- "$hullspeed_folder" || exit; unset OLDPWD; fi
eval "$hullspeed_command"`;

/** Lives until it is closed. */
export interface Starter {
  /** A line to it, `WRITER NAME=value`, starts a shell; that reads `folder\0command\0`. False where nobody reads any more. */
  tell(said: string): boolean;
  close(): void;
}

export interface StarterEvents {
  readonly waits: (leader: number) => void;
  readonly ended: (code: number) => void;
  /** It is gone, and with it whoever would say how its shell ends. */
  readonly lost: () => void;
}

/** `control`: its own from now on. */
export function startStarter(
  environment: Readonly<Record<string, string>>,
  folder: string,
  control: Pipe,
  { waits, ended, lost }: StarterEvents,
): Starter {
  // A shell more above a command than without it would count.
  const child = spawn('sh', ['-c', STARTER, 'sh', SHELL, environment.SHLVL ?? '0'], {
    cwd: folder,
    env: environment,
    detached: true,
    stdio: [control.reader, 'pipe', 'ignore'],
  });
  closeSync(control.reader);
  let isOpen = true;
  const close = (): void => {
    if (isOpen) closeSync(control.writer);
    isOpen = false;
  };
  const lose = (): void => {
    close();
    lost();
  };
  child.once('error', lose).once('close', lose);
  let rest = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const [what, number] = line.split(' ');
      (what === 'waits' ? waits : ended)(Number(number));
    }
  });
  return {
    tell(said) {
      if (!isOpen) return false;
      try {
        writeSync(control.writer, said);
        return true;
      } catch {
        return false;
      }
    },
    close,
  };
}
