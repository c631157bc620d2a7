// The newest of what a command printed, for people: kept as bytes, and text only where somebody looks.
import { createBytes, fromWholeCharacter } from '../../engine/bytes.ts';

export interface Recent {
  /** Copies it. */
  push(chunk: Uint8Array): void;
  /** Bytes that were pushed so far. */
  readonly end: number;
  /** From the start of a line on, but nothing from before `since`; and the number of bytes that came before. */
  read(since?: number): { readonly output: string; readonly dropped: number };
}

/** Bytes that are there at least, and how many more may gather before that is cut. */
const NEWEST = 64_000;
const SLACK = 16_000;

export function createRecent(): Recent {
  const kept = createBytes(NEWEST + SLACK);
  let dropped = 0;
  let shown: (ReturnType<Recent['read']> & { readonly end: number }) | undefined;

  const shorten = (): void => {
    const start = lineAfter(kept.view(), kept.length - NEWEST);
    kept.remove(0, start);
    dropped += start;
  };
  return {
    get end() {
      return dropped + kept.length;
    },
    push(chunk) {
      for (let at = 0; at < chunk.length; ) {
        if (kept.length === NEWEST + SLACK) shorten();
        at += kept.add(chunk.subarray(at));
      }
    },
    read(since = 0) {
      const end = dropped + kept.length;
      const from = Math.max(dropped, since);
      if (shown?.end !== end || shown.dropped !== from)
        shown = { output: textOf(kept.view(from - dropped)), dropped: from, end };
      return shown;
    },
  };
}

/** Where the next line begins; in what has no further line, the next character. */
function lineAfter(bytes: Buffer, at: number): number {
  if (bytes[at - 1] === 10) return at;
  return bytes.indexOf(10, at) + 1 || bytes.length - fromWholeCharacter(bytes.subarray(at)).length;
}

/** Without a character that has not come whole. */
function textOf(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes, { stream: true });
}
