// Stands between Ink and the terminal: a tick's writes become one, the size changes when we say so,
// and whatever happens the terminal gets its modes back.
import { Writable } from 'node:stream';
import { createModes, type Modes } from './modes.ts';
import { withoutColours } from './without-colours.ts';

const BEGIN_SYNCHRONISED = '\x1b[?2026h';
const END_SYNCHRONISED = '\x1b[?2026l';
const ENTER_ALTERNATE = '\x1b[?1049h';
const LEAVE_ALTERNATE = '\x1b[?1049l';
const HOME_AND_ERASE = '\x1b[H\x1b[J';
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
  /** Our own modes. */
  readonly modes: Modes;
  /** Writes what is left and leaves a plain terminal, at once. May be called twice. */
  restore(): void;
}

interface Piece {
  readonly text: string;
  /** Drawn at places of a screen of the adopted size. */
  readonly frame: boolean;
}

export interface DisplayOptions {
  /** The terminal puts frames together itself (tmux), and redraws too much when told where they end. */
  readonly composes: boolean;
  readonly colours: boolean;
}

export function createDisplay(stdout: NodeJS.WriteStream, { composes, colours }: DisplayOptions): Display {
  const measure = (): Size => ({ columns: stdout.columns || 80, rows: stdout.rows || 24 });
  const isOther = ({ columns, rows }: Size): boolean => columns !== stream.columns || rows !== stream.rows;
  // Whoever changed the size has asked for a whole frame of the new one.
  const outbox = createOutbox(stdout, { composes, colours }, () => isOther(measure()));
  let alternate = false;
  let erase = '';
  let deaf = false;
  let moved = false;

  const send = (sequence: string): void => outbox.put(sequence, false);
  const draw = (text: string): void => {
    if (deaf || text === '') return;
    if (text === ENTER_ALTERNATE) alternate = true;
    else if (text === LEAVE_ALTERNATE) {
      alternate = false;
      // Some are kept by the screen that they were set on.
      modes.set(false);
    }
    // What is erased and what is drawn in its place stay within one synchronised update.
    const first = erase !== '' && text !== ENTER_ALTERNATE && text !== BEGIN_SYNCHRONISED;
    outbox.put(first ? erase + text : text, text !== ENTER_ALTERNATE && text !== LEAVE_ALTERNATE);
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

interface Outbox {
  readonly written: Display['written'];
  put(text: string, frame: boolean): void;
  /** What was laid out for another size, or is about to be erased, would only run over the edges. */
  dropFrames(): void;
  flush(): void;
}

/** A tick's writes as one. `isStale`: the frames among them are for a size that the terminal no longer has. */
function createOutbox(
  stdout: NodeJS.WriteStream,
  { composes, colours }: DisplayOptions,
  isStale: () => boolean,
): Outbox {
  const written = { bytes: 0, writes: 0 };
  let pending: Piece[] = [];
  let scheduled: NodeJS.Immediate | undefined;
  const dropFrames = (): void => {
    pending = pending.filter((piece) => !piece.frame);
  };
  const flush = (): void => {
    clearImmediate(scheduled);
    scheduled = undefined;
    if (isStale()) dropFrames();
    const whole = pending.map((piece) => piece.text).join('');
    pending = [];
    if (whole === '') return;
    const frame = composes
      ? whole.replaceAll(BEGIN_SYNCHRONISED, '').replaceAll(END_SYNCHRONISED, '')
      : whole;
    const text = colours ? frame : withoutColours(frame);
    written.bytes += Buffer.byteLength(text);
    written.writes += 1;
    stdout.write(text);
  };
  return {
    written,
    put: (text, frame) => {
      pending.push({ text, frame });
      scheduled ??= setImmediate(flush);
    },
    dropFrames,
    flush,
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
