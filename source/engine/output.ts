// Output in bounded memory: its beginning and its end, and plain text of it for the model.
import { createBytes, fromWholeCharacter } from './bytes.ts';

/** Bytes. */
const HEAD = 256_000;
const TAIL = 1_000_000;
/** Made into text at once. */
const PIECE = 128_000;
const LISTED = 50;

export interface Collected {
  add(bytes: Uint8Array): void;
  /**
   * Head and tail as they came, with a line in between where something was dropped. Of the 2 MB that are kept it takes 20 ms
   * to make text: `pause` is awaited each ms or two, so that a key is let through. Nothing may be added meanwhile.
   */
  text(pause: () => Promise<unknown>): Promise<string>;
}

/** Keeps the first and the last part of a stream of any length. Text is made of it only where it is asked for. */
export function collectOutput(): Collected {
  const kept = createBytes(HEAD + 2 * TAIL);
  let dropped = 0;
  const shorten = (): void => {
    const most = kept.length - TAIL;
    dropped += most - HEAD;
    kept.remove(HEAD, most);
  };
  return {
    add(bytes) {
      for (let at = 0; at < bytes.length; ) {
        at += kept.add(bytes.subarray(at));
        if (kept.length === HEAD + 2 * TAIL) shorten();
      }
    },
    async text(pause) {
      if (dropped === 0) return (await decode(kept.view(), pause)).join('');
      const tail = fromWholeCharacter(kept.view(kept.length - TAIL));
      const left = dropped + kept.length - HEAD - tail.length;
      const head = await decode(kept.view(0, HEAD), pause);
      // Put together once: whoever reads a text made of texts has V8 copy it again, which took 14 ms.
      const whole = [...head, `\n… ${left} bytes left out …\n`, ...(await decode(tail, pause))].join('');
      await pause();
      return whole;
    },
  };
}

/** Without a character that is cut at the end; what is not UTF-8 is U+FFFD. */
async function decode(bytes: Uint8Array, pause: () => Promise<unknown>): Promise<string[]> {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const pieces: string[] = [];
  for (let at = 0; at < bytes.length; at += PIECE) {
    if (at > 0) await pause();
    pieces.push(decoder.decode(bytes.subarray(at, at + PIECE), { stream: true }));
  }
  return pieces;
}

/** Terminal sequences: CSI, OSC and the other strings, and two-byte escapes (ECMA-48). */
const SEQUENCE =
  /\u001b\[[0-?]*[ -/]*[@-~]|\u001b[\]PX^_][^\u0007\u001b]*(?:\u0007|\u001b\\)?|\u001b[ -/]*[0-~]/g;

/** What is left to read of a terminal's output: no sequences, progress lines as they ended. */
export function plainText(output: string): string {
  const lines = output.replace(SEQUENCE, '').replace(/\r+\n/g, '\n').split('\n');
  const ended = lines.map((line) => line.slice(line.lastIndexOf('\r', line.length - 2) + 1));
  return ended.join('\n').replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '');
}

/** Characters of a terminal's output that its last lines are looked for in. */
const END = 65_536;

/** `tailOf` what is left to read of it. Of a long output only the end is made plain: all of 2 MB took 0.1 s. */
export function plainTail(output: string, lines: number, characters: number): string {
  const start = output.length > END ? output.lastIndexOf('\n', output.length - END) + 1 : 0;
  const end = plainText(output.slice(start));
  const isEnough = start === 0 || countLines(end.trimEnd()) > lines;
  return isEnough
    ? tailOf(end, lines, characters, countLines(output.slice(0, start)))
    : tailOf(plainText(output), lines, characters);
}

function countLines(text: string): number {
  let lines = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines += 1;
  return lines;
}

/** The last `lines` lines, at most `characters` long, with what was left out said, `before` lines in front included. */
export function tailOf(text: string, lines: number, characters: number, before = 0): string {
  const whole = text.trimEnd();
  const all = whole.split('\n');
  let kept = all.slice(-lines).join('\n');
  if (kept.length > characters) {
    const end = kept.indexOf('\n', kept.length - characters - 1);
    if (end < 0)
      return `(kept the last ${characters} of ${whole.length} characters)\n${kept.slice(-characters).replace(/^[\udc00-\udfff]/, '')}`;
    kept = kept.slice(end + 1);
  }
  const count = kept.split('\n').length;
  const total = before + all.length;
  return count >= total ? kept : `(kept the last ${count} of ${total} lines)\n${kept}`;
}

/** As many lines, from the first on, as there is room for, in characters with their ends. */
export function wholeLines(lines: readonly string[], room: number): readonly string[] {
  let left = room;
  const over = lines.findIndex((line) => {
    left -= line.length + 1;
    return left < 0;
  });
  return over < 0 ? lines : lines.slice(0, over);
}

/** The first names of a list, and how many more there are: a list from outside has no end. */
export function listed(names: readonly string[], separator = ', '): string {
  const more = names.length > LISTED ? `${separator}and ${names.length - LISTED} more` : '';
  return `${names.slice(0, LISTED).join(separator)}${more}`;
}
