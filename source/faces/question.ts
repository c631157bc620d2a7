// The one dialog there is, in plain lines before the screen is taken: a sentence, and a key for an answer.
import type { ReadStream, WriteStream } from 'node:tty';
import { wrap } from '../ui/text/wrap.ts';

export interface Choice<T> {
  /** Keys that give it, lower case; `\r` is Enter. */
  readonly keys: readonly string[];
  /** What some people type behind the key, or Enter instead: it is no text for what comes after the question. */
  readonly rest?: string;
  /** As it stands in the list: the key first. */
  readonly text: string;
  readonly value: T;
}

export interface Desk {
  readonly stdin: ReadStream;
  readonly stdout: WriteStream;
  /** Called before the question: the terminal may show, and read, something else. */
  readonly clear?: () => void;
}

/** How long the next letter of a word may take. */
const TYPING_MS = 400;

/** Waits for one of the keys; null for Esc, q, Ctrl+C, Ctrl+D or the end of the input. */
export async function ask<T>(
  { stdin, stdout, clear }: Desk,
  question: string,
  choices: readonly Choice<T>[],
): Promise<T | null> {
  clear?.();
  const rows = [question, '', ...choices.map(({ text }) => `  ${text}`), '  Esc     leave', ''];
  stdout.write(`${wrap(rows.join('\n'), stdout.columns || 80).join('\n')}\n`);
  const { promise, resolve } = Promise.withResolvers<T | null>();
  let rest = '';
  let answered = false;
  const onEach = (key: string): void => {
    const choice = choices.find((each) => each.keys.includes(key));
    if (choice !== undefined && !answered) {
      answered = true;
      rest = choice.rest ?? '';
      resolve(choice.value);
    }
    if (['\u001b', '\u0003', '\u0004', 'q'].includes(key)) resolve(null);
  };
  const onKey = (): void => {
    // To the end: a terminal gives nothing more before it was asked in vain, and nothing else holds the process.
    for (let chunk = stdin.read(); chunk !== null; chunk = stdin.read())
      keysIn(String(chunk)).forEach(onEach);
  };
  const onEnd = (): void => resolve(null);
  stdin.setRawMode(true);
  // Not by `data`: to end that the stream has to be paused, and it would stay so for whoever listens next.
  stdin.on('readable', onKey).once('end', onEnd);
  try {
    const answer = await promise;
    // Nobody reads on, and an open terminal would hold the process.
    if (answer === null) stdin.pause();
    return answer;
  } finally {
    stdin.off('readable', onKey).off('end', onEnd);
    await passOver(stdin, rest);
    stdin.setRawMode(false);
  }
}

/** Takes the text from the input as far as it is typed, until another key comes or none for a while. */
async function passOver(stdin: ReadStream, text: string): Promise<void> {
  if (text === '') return;
  const { promise, resolve } = Promise.withResolvers<void>();
  let left = text;
  let timer = setTimeout(resolve, TYPING_MS);
  const onKey = (): void => {
    for (let chunk = stdin.read(); chunk !== null; chunk = stdin.read()) {
      const keys = String(chunk);
      const taken = startOf(keys.toLowerCase(), left);
      left = keys[taken - 1] === '\r' ? '' : left.slice(taken);
      if (taken === keys.length && left !== '') continue;
      stdin.off('readable', onKey);
      if (taken < keys.length) stdin.unshift(keys.slice(taken));
      resolve();
      return;
    }
    clearTimeout(timer);
    timer = setTimeout(resolve, TYPING_MS);
  };
  stdin.on('readable', onKey);
  await promise;
  clearTimeout(timer);
  stdin.off('readable', onKey);
}

/** How much of the keys is the text, which an Enter may end at any place. */
function startOf(keys: string, text: string): number {
  const same = [...keys].findIndex((key, at) => key !== text[at]);
  if (same < 0) return keys.length;
  return keys[same] === '\r' && text.endsWith('\r') ? same + 1 : same;
}

/** Several may arrive at once; the keys that are sequences answer nothing. */
function keysIn(chunk: string): string[] {
  return /^\u001b./s.test(chunk) ? [] : [...chunk.toLowerCase()];
}
