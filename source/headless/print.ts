// The way out for text: nothing that a model, a test or a file says may drive the terminal or break a line of JSON.
import { once } from 'node:events';
import type { Writable } from 'node:stream';

/** Where a command prints. Never throws when the reader goes away (`hullspeed log | head`). */
export interface Writer {
  /** False once the reader has gone: what is written then goes nowhere. */
  readonly open: boolean;
  write(text: string): void;
  /** Resolves when the stream takes more, or is closed. */
  drained(): Promise<void>;
}

/** How a write fails when nobody reads any more: a closed pipe, a closed terminal. */
const closed = ['EPIPE', 'EIO'];

export function createWriter(stream: Writable): Writer {
  let open = true;
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (!closed.includes(error.code ?? '')) throw error;
    open = false;
  });
  return {
    get open() {
      return open;
    },
    write(text) {
      if (open) stream.write(text);
    },
    async drained() {
      if (open && stream.writableNeedDrain)
        await Promise.race(['drain', 'close', 'error'].map((name) => once(stream, name))).catch(() => {});
    },
  };
}

// Whole CSI and OSC-like sequences first, so that their parameters do not stay behind as words. One that does
// not end takes nothing with it but its escape character.
const sequences = /\x1b\[[0-?]*[ -/]*[@-~]|\x1b[\]PX^_][^\x07\x1b]{0,4096}(?:\x07|\x1b\\)|\x1b[ -/]*[0-~]/g;
// C0 but tab and newline, DEL, C1, bidi controls and marks, line separators, byte order mark, tag characters.
const controls =
  /[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]|[\u{e0000}-\u{e007f}]/gu;

/** Text without anything that a terminal would obey. May be given a stream piece by piece. */
export function clean(text: string): string {
  return text.replace(sequences, '').replace(controls, '');
}

/** The same on one line, cut to `length` characters. */
export function oneLine(text: string, length = 160): string {
  const line = clean(text).replace(/\s+/g, ' ').trim();
  return line.length <= length ? line : `${line.slice(0, length - 1)}…`;
}

/** A value as one line of JSON. Controls are escaped, not lost: parsed again it is the same value. */
export function jsonLine(value: unknown): string {
  return `${JSON.stringify(value).replace(controls, escaped)}\n`;
}

/** `\uXXXX` for each UTF-16 unit: JSON knows no other way to write a character outside the basic plane. */
function escaped(character: string): string {
  const units = character.split('').map((unit) => unit.charCodeAt(0).toString(16).padStart(4, '0'));
  return units.map((unit) => `\\u${unit}`).join('');
}

/** `850 ms`, `4.2 s`, `3m12`, `2h05`. */
export function duration(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1_000).toFixed(1)} s`;
  const [big, small, unit] =
    ms < 3_600_000 ? [ms / 60_000, ms / 1_000, 'm'] : [ms / 3_600_000, ms / 60_000, 'h'];
  return `${Math.floor(big)}${unit}${String(Math.floor(small) % 60).padStart(2, '0')}`;
}
