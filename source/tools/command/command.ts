// One command of the model from its start to the last byte that it or its children print.
import type { BlobDraft } from '../../engine/ports.ts';
import { createOutput, type Printed } from './output.ts';
import type { Program, ProgramExit } from './program.ts';

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
  /** The newest of what was printed, raw, taken or not, and how many characters came before. */
  recent(): { readonly output: string; readonly dropped: number };
  /** Hands on raw text as it comes, to one listener at a time; undefined: to nobody. */
  listen(onOutput: ((text: string) => void) | undefined): void;
}

/** Characters of `recent`, and how many more may gather before it is cut. */
const RECENT = 64_000;
const RECENT_SLACK = 16_000;

const lowSurrogate = /[\udc00-\udfff]/;

/** Rejects where `start` does. */
export async function startCommand(
  session: number,
  cmd: string,
  start: (onData: (chunk: Buffer) => void) => Promise<Program>,
  onPrinted: () => void,
  draft?: () => BlobDraft,
): Promise<Command> {
  const output = createOutput(draft);
  const decoder = new TextDecoder();
  const started = Date.now();
  const startedMono = performance.now();
  let listener: ((text: string) => void) | undefined;
  let recent = '';
  let dropped = 0;
  let exit: ProgramExit | undefined;
  let ended: { readonly at: number; readonly mono: number } | undefined;

  const program = await start((chunk) => {
    output.push(chunk);
    const text = decoder.decode(chunk, { stream: true });
    recent += text;
    if (recent.length > RECENT + RECENT_SLACK) {
      const cut = lineAfter(recent, recent.length - RECENT);
      dropped += cut;
      recent = recent.slice(cut);
    }
    if (text !== '') listener?.(text);
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
    recent: () => ({ output: recent, dropped }),
    listen(onOutput) {
      listener = onOutput;
    },
  };
}

/** Where the next line begins; in what has no further line, the next character. */
function lineAfter(text: string, at: number): number {
  if (text[at - 1] === '\n') return at;
  return text.indexOf('\n', at) + 1 || at + (lowSurrogate.test(text.charAt(at)) ? 1 : 0);
}
