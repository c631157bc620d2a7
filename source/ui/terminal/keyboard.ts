// Owns standard input from the first millisecond and hands Ink single keys and whole pastes.
// Focus, mouse and answers are taken out here: Ink drops them.
import { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { cutToken, isTorn, settleRest, type Token } from './input-tokens.ts';
import { createPaste, type Paste } from './paste.ts';
import { type Report, readReport } from './reports.ts';

/** How long a lone Escape may be the start of a longer sequence: terminals send those in one piece. */
const SEQUENCE_MS = 25;
/** How long the rest of a report or an answer may take: over a bad line it comes in pieces. */
const REPORT_MS = 1_000;
/** How long a paste without an end is waited for after its last piece. */
const PASTE_MS = 1_000;

export interface Keyboard {
  /** For Ink: one key, one run of text or one whole paste a chunk. */
  readonly stream: NodeJS.ReadStream;
  /** Gives the terminal its own line editing back; Ink takes it again when it is shown. */
  release(): void;
  /** Reads nothing until the work is done: somebody else does. */
  lend<T>(work: () => Promise<T>): Promise<T>;
  /** Stops reading, for good. */
  close(): void;
}

export interface KeyboardListeners {
  readonly onFocus: (focused: boolean) => void;
  readonly onReport?: (report: Report) => void;
  /** Whether it was for somebody else: then Ink hears nothing of it. */
  readonly take?: (token: Token) => boolean;
  /** The terminal is gone. */
  readonly onEnd: () => void;
}

/** `typed`: what came before there was a keyboard. */
export function createKeyboard(stdin: NodeJS.ReadStream, listeners: KeyboardListeners, typed = ''): Keyboard {
  const stream = inkStream(stdin);
  const decoder = new StringDecoder('utf8');
  const reader = createReader((token) => {
    const taken = listeners.take?.(token) === true;
    if (token.kind === 'focus') listeners.onFocus(token.focused);
    else if (token.kind === 'report') {
      const report = readReport(token.raw);
      if (report !== undefined) listeners.onReport?.(report);
    } else if (!taken && (token.kind === 'key' || token.kind === 'text')) stream.push(token.raw);
  });
  const onData = (chunk: Buffer | string): void =>
    reader.read(typeof chunk === 'string' ? chunk : decoder.write(chunk));
  stdin
    .on('data', onData)
    .once('end', listeners.onEnd)
    .once('close', listeners.onEnd)
    .on('error', listeners.onEnd);
  reader.read(typed);
  const release = (): void => {
    if (stdin.isTTY) stdin.setRawMode(false);
  };
  return {
    stream,
    release,
    async lend(work) {
      stdin.pause();
      try {
        return await work();
      } finally {
        stdin.resume();
      }
    },
    close: () => {
      reader.close();
      release();
      stdin.off('data', onData).off('end', listeners.onEnd).off('close', listeners.onEnd).pause();
    },
  };
}

/** Object mode, because a stream of bytes would join the keys again that were just cut apart. */
function inkStream(stdin: NodeJS.ReadStream): NodeJS.ReadStream {
  const stream = new Readable({ objectMode: true, read: () => undefined });
  return Object.assign(stream, {
    isTTY: true,
    isRaw: false,
    setEncoding: () => stream,
    setRawMode: (on: boolean) => {
      if (stdin.isTTY) stdin.setRawMode(on);
      return stream;
    },
    ref: () => stdin.ref?.(),
    unref: () => stdin.unref?.(),
  }) as unknown as NodeJS.ReadStream;
}

interface Reader {
  read(chunk: string): void;
  close(): void;
}

function createReader(emit: (token: Token) => void): Reader {
  let rest = '';
  let paste: Paste | undefined;
  let timer: NodeJS.Timeout | undefined;

  const settle = (): void => {
    emit(paste === undefined ? settleRest(rest) : { kind: 'text', raw: paste.finish() });
    paste = undefined;
    rest = '';
  };
  const wait = (): void => {
    if (paste !== undefined) timer = setTimeout(settle, PASTE_MS);
    else if (rest !== '') timer = setTimeout(settle, isTorn(rest) ? REPORT_MS : SEQUENCE_MS);
  };
  /** Takes what it can from the front; the rest, or undefined where more has to come. */
  const takeOne = (input: string): string | undefined => {
    if (paste !== undefined) {
      const behind = paste.add(input);
      if (behind !== undefined) settle();
      return behind;
    }
    const cut = cutToken(input);
    if (cut === undefined) rest = input;
    else if (cut.token.kind === 'paste') paste = createPaste();
    else emit(cut.token);
    return cut === undefined ? undefined : input.slice(cut.end);
  };

  return {
    read: (chunk) => {
      clearTimeout(timer);
      let input: string | undefined = rest + chunk;
      rest = '';
      while (input !== undefined && input !== '') input = takeOne(input);
      wait();
    },
    close: () => clearTimeout(timer),
  };
}
