// Output in bounded memory: its beginning and its end, and plain text of it for the model.

const HEAD = 256_000;
const TAIL = 1_000_000;
const LISTED = 50;

export interface Collected {
  add(text: string): void;
  /** Head and tail as they came, with a line in between where something was dropped. */
  text(): string;
}

/**
 * Keeps the first and the last part of a stream of any length. The end is kept in the pieces that it came in: putting them
 * together each time some are dropped took 2 s of processor time in 100 MB.
 */
export function collectOutput(): Collected {
  let head = '';
  let tail: string[] = [];
  let characters = 0;
  let dropped = 0;
  const lengthAt = (at: number): number => tail[at]?.length ?? Number.POSITIVE_INFINITY;
  const shorten = (): void => {
    let first = 0;
    for (let less = lengthAt(first); characters - less >= TAIL; less = lengthAt(first)) {
      characters -= less;
      dropped += less;
      first += 1;
    }
    tail = tail.slice(first);
    const more = characters - TAIL;
    tail[0] = tail[0]?.slice(more) ?? '';
    characters -= more;
    dropped += more;
  };
  return {
    add(text) {
      const room = HEAD - head.length;
      head += text.slice(0, room);
      const rest = text.slice(room);
      if (rest === '') return;
      tail.push(rest);
      characters += rest.length;
      if (characters >= 2 * TAIL) shorten();
    },
    text() {
      const end = tail.join('');
      return dropped === 0 ? head + end : `${head}\n… ${dropped} characters left out …\n${end}`;
    },
  };
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

/** The last `lines` lines, at most `characters` long, with what was left out said. */
export function tailOf(text: string, lines: number, characters: number): string {
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
  return count >= all.length ? kept : `(kept the last ${count} of ${all.length} lines)\n${kept}`;
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
