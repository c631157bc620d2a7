// Stands between Ink and the terminal: a tick's writes become one, the size changes when we say so,
// and whatever happens the terminal gets its modes back.
import { Writable } from 'node:stream';
import { createModes, type Modes } from './modes.ts';
import { BEGIN_SYNCHRONISED, createOutbox, type OutboxOptions } from './outbox.ts';

const ENTER_ALTERNATE = '\x1b[?1049h';
const LEAVE_ALTERNATE = '\x1b[?1049l';
const HOME_AND_ERASE = '\x1b[H\x1b[J';
/** Sets a mode alone, such as bracketed paste: true of every size. */
const MODE = /^\x1b\[\?(?!2026)\d+[hl]$/;
/** Bracketed paste off, cursor shown: Ink's own, once more for when Ink could not. */
const PLAIN = '\x1b[?2004l\x1b[?25h';

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

export interface Display {
  /** For Ink. Its size is the one that was last adopted, and it never says that it changed. */
  readonly stream: NodeJS.WriteStream;
  /** Bytes written to the terminal so far, and in how many writes. */
  readonly written: { bytes: number; writes: number };
  /** The terminal's real size; 80x24 where it does not say. */
  measure(): Size;
  /** Says that what was drawn may not stand where it was drawn. */
  move(): void;
  /** Whether it may not: a terminal moves its rows with every change of its size. */
  isMoved(size: Size): boolean;
  /**
   * Takes the size for what follows; the next frame is drawn on an empty screen, in the same write that empties it.
   * `forget` makes Ink forget its last frame; what it writes to erase that is dropped.
   */
  restart(size: Size, forget: () => void): void;
  /** Control sequences that draw nothing: title, bell. */
  send(sequence: string): void;
  /** Writes now what would be written behind all else that this tick has to do. */
  flush(): void;
  /** Our own modes. */
  readonly modes: Modes;
  /** Writes what is left and leaves a plain terminal, at once. May be called twice. */
  restore(): void;
}

export interface DisplayOptions extends OutboxOptions {
  /** The alternate screen is on already: asked for again, some terminals would forget where the shell's cursor was. */
  readonly entered?: boolean;
}

export function createDisplay(stdout: NodeJS.WriteStream, options: DisplayOptions): Display {
  let alternate = options.entered ?? false;
  let erase = '';
  let deaf = false;
  let moved = false;

  const measure = (): Size => ({ columns: stdout.columns || 80, rows: stdout.rows || 24 });
  const isOther = ({ columns, rows }: Size): boolean => columns !== stream.columns || rows !== stream.rows;
  // Whoever changed the size has asked for a whole frame of the new one.
  const outbox = createOutbox(stdout, options, () => isOther(measure()));
  const { send } = outbox;
  const draw = (text: string): void => {
    if (deaf || text === '') return;
    if (text === ENTER_ALTERNATE) {
      if (alternate) return;
      alternate = true;
    } else if (text === LEAVE_ALTERNATE) {
      alternate = false;
      // Some are kept by the screen that they were set on.
      modes.set(false);
    }
    // What is erased and what is drawn in its place stay within one synchronised update.
    const first = erase !== '' && !MODE.test(text) && text !== BEGIN_SYNCHRONISED;
    const piece = first ? erase + text : text;
    if (MODE.test(text)) send(piece);
    else outbox.draw(piece);
    if (first) erase = '';
  };
  const modes = createModes(send);
  const stream = inkStream(draw, measure());

  return {
    stream,
    written: outbox.written,
    measure,
    move: () => {
      moved = true;
    },
    isMoved: (size) => moved || isOther(size),
    restart: (size, forget) => {
      outbox.dropFrames();
      Object.assign(stream, size);
      moved = false;
      deaf = true;
      forget();
      deaf = false;
      erase = HOME_AND_ERASE;
    },
    send,
    flush: outbox.flush,
    modes,
    restore: () => {
      modes.set(false);
      if (alternate) send(LEAVE_ALTERNATE);
      alternate = false;
      send(PLAIN);
      outbox.flush();
    },
  };
}

function inkStream(draw: (text: string) => void, size: Size): NodeJS.WriteStream {
  const stream = new Writable({
    decodeStrings: false,
    write: (chunk: Buffer | string, _encoding, done) => {
      draw(chunk.toString());
      done();
    },
  });
  return Object.assign(stream, size, { isTTY: true }) as unknown as NodeJS.WriteStream;
}
