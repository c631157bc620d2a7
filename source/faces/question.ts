// The one dialog there is, in plain lines before the screen is taken: a sentence, and a key for an answer.
import type { ReadStream, WriteStream } from 'node:tty';

export interface Choice<T> {
  /** Keys that give it, lower case; `\r` is Enter. */
  readonly keys: readonly string[];
  /** As it stands in the list: the key first. */
  readonly text: string;
  readonly value: T;
}

export interface Desk {
  readonly stdin: ReadStream;
  readonly stdout: WriteStream;
}

/** Waits for one of the keys; null for Esc, q, Ctrl+C, Ctrl+D or the end of the input. */
export async function ask<T>(
  { stdin, stdout }: Desk,
  question: string,
  choices: readonly Choice<T>[],
): Promise<T | null> {
  stdout.write(`${question}\n\n${choices.map((choice) => `  ${choice.text}\n`).join('')}  Esc     leave\n\n`);
  stdin.setRawMode(true);
  stdin.resume();
  try {
    return await new Promise<T | null>((resolve) => {
      stdin.once('end', () => resolve(null));
      stdin.on('data', (chunk: Buffer) => {
        const key = chunk.toString('utf8').toLowerCase();
        const choice = choices.find((each) => each.keys.includes(key));
        if (choice !== undefined) resolve(choice.value);
        if (['\u001b', '\u0003', '\u0004', 'q'].includes(key)) resolve(null);
      });
    });
  } finally {
    stdin.removeAllListeners('data').removeAllListeners('end');
    stdin.setRawMode(false);
    stdin.pause();
  }
}
