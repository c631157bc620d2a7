// A terminal of the usual size for a program that is measured.
import { setTimeout as sleep } from 'node:timers/promises';
import { type IPty, spawn } from 'node-pty';
import type { Place } from './place.ts';

/** Characters of what was written that a text is looked for in, beside the newest piece. */
const KEPT = 2_000;
/** Keys that are typed are letters that stand nowhere else, from this one on. */
const FIRST_KEY = 0x100;

export interface BenchTerminal {
  readonly pty: IPty;
  /** Resolves at the program's end. */
  readonly exited: Promise<void>;
  /** Resolves when the text has been written to the terminal; rejects when the program ends before. */
  seen(text: string): Promise<void>;
}

/** `args`: for Node. */
export function openTerminal(place: Place, args: readonly string[]): BenchTerminal {
  const pty = spawn(process.execPath, [...args], {
    name: 'xterm-256color',
    cols: 120,
    rows: 40,
    cwd: place.repository,
    env: place.env,
  });
  const exited = new Promise<void>((resolve) => void pty.onExit(() => resolve()));
  let output = '';
  const waiting = new Map<string, () => void>();
  pty.onData((data) => {
    output = (output + data).slice(-KEPT - data.length);
    for (const [text, found] of waiting) {
      if (!output.includes(text)) continue;
      waiting.delete(text);
      found();
    }
  });
  const seen = (text: string): Promise<void> => {
    const found = new Promise<void>((resolve) => waiting.set(text, resolve));
    const ended = exited.then(() =>
      Promise.reject(
        new Error(
          `the program ended without showing ${text}; its last output: ${JSON.stringify(output.slice(-500))}`,
        ),
      ),
    );
    return Promise.race([found, ended]);
  };
  return { pty, exited, seen };
}

/** Types a key each `everyMs` until it is over, each once the one before it is on the screen. Resolves with how long each took, in ms. */
export async function typeKeys(
  { pty, seen }: BenchTerminal,
  everyMs: number,
  isOver: () => boolean,
): Promise<number[]> {
  const echoMs: number[] = [];
  for (let key = FIRST_KEY; ; key++) {
    await sleep(everyMs);
    if (isOver()) return echoMs;
    const letter = String.fromCodePoint(key);
    const started = performance.now();
    pty.write(letter);
    await seen(letter);
    echoMs.push(performance.now() - started);
  }
}
