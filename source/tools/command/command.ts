// One command of the model from its start to the last byte that it or its children print.
import type { BlobDraft } from '../../engine/ports.ts';
import { createOutput, type Printed } from './output.ts';
import type { Program, ProgramExit } from './program.ts';
import { createRecent } from './recent.ts';

/** A child that still holds the output this many ms after the shell's end means to stay. */
const HOLD_MS = 150;

export interface Command {
  readonly session: number;
  readonly cmd: string;
  /** Epoch ms. */
  readonly started: number;
  readonly program: Program;
  /** Resolves when the shell has ended and its output is in, or is held by a child that goes on. */
  readonly answered: Promise<void>;
  /** Resolves when nothing of it prints any more. */
  readonly closed: Promise<void>;
  /** Of the shell. */
  exit(): ProgramExit | undefined;
  /** Epoch ms of `closed`. */
  ended(): number | undefined;
  /** Seconds since the start, or from start to end. */
  seconds(): number;
  /** What was printed since it was last taken. */
  take(): Printed;
  /** Nobody will take the rest. */
  drop(): void;
  /** The newest of what was printed, raw, taken or not, and how many bytes came before. */
  recent(): { readonly output: string; readonly dropped: number };
  /** Calls it when something was printed, with the way to the newest of what came since; undefined: nobody listens. */
  listen(onOutput: ((newest: () => string) => void) | undefined): void;
}

/** Rejects where `start` does. */
export async function startCommand(
  session: number,
  cmd: string,
  start: (onData: (chunk: Uint8Array) => void) => Promise<Program>,
  onPrinted: () => void,
  draft?: () => BlobDraft,
): Promise<Command> {
  const output = createOutput(draft);
  const recent = createRecent();
  const started = Date.now();
  const startedMono = performance.now();
  let tell: (() => void) | undefined;
  let exit: ProgramExit | undefined;
  let ended: { readonly at: number; readonly mono: number } | undefined;

  const program = await start((chunk) => {
    output.push(chunk);
    recent.push(chunk);
    tell?.();
    onPrinted();
  });
  const exited = program.exit.then((value) => {
    exit = value;
  });
  const closed = Promise.all([exited, program.closed]).then(() => {
    ended = { at: Date.now(), mono: performance.now() };
  });
  const held = exited.then(() => new Promise<void>((resolve) => setTimeout(resolve, HOLD_MS).unref()));

  return {
    session,
    cmd,
    started,
    program,
    answered: Promise.race([closed, held]),
    closed,
    exit: () => exit,
    ended: () => ended?.at,
    seconds: () => ((ended?.mono ?? performance.now()) - startedMono) / 1_000,
    take: output.take,
    drop: output.drop,
    recent: () => {
      const { output: text, dropped } = recent.read();
      return { output: text, dropped };
    },
    listen(onOutput) {
      const since = recent.end;
      tell = onOutput && (() => onOutput(() => recent.read(since).output));
    },
  };
}
