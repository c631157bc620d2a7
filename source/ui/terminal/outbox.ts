// Joins what is written to the terminal in one tick into one write, and leaves out frames that would not fit any more.
import { withFewerBytes } from './fewer-bytes.ts';
import { withoutColours } from './without-colours.ts';

export const BEGIN_SYNCHRONISED = '\x1b[?2026h';
const END_SYNCHRONISED = '\x1b[?2026l';

export interface OutboxOptions {
  /** The terminal puts frames together itself (tmux), and redraws too much when told where they end. */
  readonly composes: boolean;
  readonly colours: boolean;
}

export interface Outbox {
  /** Bytes written to the terminal so far, and in how many writes. */
  readonly written: { bytes: number; writes: number };
  /** Control sequences that draw nothing. */
  send(sequence: string): void;
  /** A part of a frame, laid out for one size of the terminal. */
  draw(text: string): void;
  /** What was drawn in this tick is for another size, or about to be erased: it would only run over the edges. */
  dropFrames(): void;
  /** Writes now. */
  flush(): void;
}

/** `isStale`: whether the terminal has another size by now than what is drawn was laid out for. */
export function createOutbox(
  stdout: NodeJS.WriteStream,
  { composes, colours }: OutboxOptions,
  isStale: () => boolean,
): Outbox {
  const written = { bytes: 0, writes: 0 };
  let pending: { readonly text: string; readonly frame: boolean }[] = [];
  let scheduled: NodeJS.Immediate | undefined;

  const put = (text: string, frame: boolean): void => {
    pending.push({ text, frame });
    scheduled ??= setImmediate(flush);
  };
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
    send: (sequence) => put(sequence, false),
    draw: (text) => put(withFewerBytes(text), true),
    dropFrames,
    flush,
  };
}
