// Collects one bracketed paste, in however many chunks it comes, looking at each byte once.

const START = '\x1b[200~';
const END = '\x1b[201~';

export interface Paste {
  /** What follows the end of the paste; undefined while it goes on. */
  add(chunk: string): string | undefined;
  /** All of it between one pair of markers, as Ink takes it whole. */
  finish(): string;
}

export function createPaste(): Paste {
  const parts: string[] = [];
  // The end marker may lie across two chunks, so the last bytes are looked at again.
  let last = '';
  return {
    add: (chunk) => {
      const text = last + chunk;
      const end = text.indexOf(END);
      const whole = end < 0 ? Math.max(0, text.length - END.length + 1) : end;
      parts.push(text.slice(0, whole));
      last = end < 0 ? text.slice(whole) : '';
      return end < 0 ? undefined : text.slice(end + END.length);
    },
    // A second start marker inside would make Ink wait for a second end.
    finish: () => START + (parts.join('') + last).replaceAll(START, '') + END,
  };
}
