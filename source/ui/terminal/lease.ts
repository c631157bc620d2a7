// The terminal given away for a while: to the shell behind us, or to an editor. Nothing is drawn meanwhile.
import type { Drawing } from '../drawing.tsx';
import type { Keyboard } from './keyboard.ts';

export interface Lease {
  /** Whether somebody else has the terminal now. */
  isGiven(): boolean;
  /** Stops the process group, as the shell's own Ctrl+Z does; comes back with `fg`. */
  suspend(): void;
  /** Gives the terminal to the work until it is done. Rejects as the work does. Whoever has it already keeps it alone. */
  lend(work: () => Promise<void>): Promise<void>;
  /** Nothing is drawn from now on, whoever gives the terminal back. */
  close(): void;
}

/** Due when a stopped process goes on; one that could not be stopped goes on after it. */
const SUSPENDED_MS = 50;

/** A signal that is somebody else's. */
function leaveAlone(): void {}

/** `show` draws everything again. */
export function createLease(
  drawing: Pick<Drawing, 'hide'>,
  keyboard: Pick<Keyboard, 'lend'>,
  show: () => void,
): Lease {
  let suspended: NodeJS.Timeout | undefined;
  let given = false;
  let closed = false;
  const resume = (): void => {
    if (closed) return;
    show();
    // A stopped process is not told of a new size, so it has to be looked up.
    process.kill(process.pid, 'SIGWINCH');
  };
  return {
    isGiven: () => given,
    suspend() {
      drawing.hide();
      process.kill(0, 'SIGTSTP');
      suspended = setTimeout(resume, SUSPENDED_MS);
    },
    async lend(work) {
      if (given) return;
      drawing.hide();
      given = true;
      // Keys of a terminal that lines are edited in reach the whole process group: Ctrl+C is not for us either.
      process.on('SIGQUIT', leaveAlone);
      await keyboard.lend(work).finally(() => {
        process.off('SIGQUIT', leaveAlone);
        given = false;
      });
      resume();
    },
    close: () => {
      closed = true;
      clearTimeout(suspended);
    },
  };
}
