// A terminal of the usual size for a program that is measured.
import { type IPty, spawn } from 'node-pty';
import type { Place } from './place.ts';

/** `args`: for Node. `exited` resolves at the program's end. */
export function openTerminal(place: Place, args: readonly string[]): { pty: IPty; exited: Promise<void> } {
  const pty = spawn(process.execPath, [...args], {
    name: 'xterm-256color',
    cols: 120,
    rows: 40,
    cwd: place.repository,
    env: place.env,
  });
  return { pty, exited: new Promise<void>((resolve) => void pty.onExit(() => resolve())) };
}
