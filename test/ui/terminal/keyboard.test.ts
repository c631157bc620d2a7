// Raw terminal input, cut into what Ink can take for keys.
import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createKeyboard } from '../../../source/ui/terminal/keyboard.ts';

interface Typed {
  readonly keys: string[];
  readonly focus: boolean[];
  write(chunk: string | Buffer): void;
  /** Resolves when so many keys have come. */
  until(count: number): Promise<string[]>;
  close(): void;
}

function openKeyboard(): Typed {
  const stdin = Object.assign(new PassThrough(), {
    isTTY: true,
    setRawMode: () => undefined,
    ref() {},
    unref() {},
  });
  const focus: boolean[] = [];
  const keyboard = createKeyboard(stdin as unknown as NodeJS.ReadStream, {
    onFocus: (is) => focus.push(is),
    onEnd: () => undefined,
  });
  const keys: string[] = [];
  keyboard.stream.on('data', (key: string) => keys.push(key));
  return {
    keys,
    focus,
    write: (chunk) => stdin.write(chunk),
    until: async (count) => {
      while (keys.length < count) await once(keyboard.stream, 'data');
      return keys;
    },
    close: keyboard.close,
  };
}

async function keysOf(count: number, ...chunks: (string | Buffer)[]): Promise<string[]> {
  const typed = openKeyboard();
  for (const chunk of chunks) typed.write(chunk);
  const keys = await typed.until(count);
  typed.close();
  return keys;
}

describe('keyboard', () => {
  test('keys that arrive in one chunk come one by one, text in one run', async () => {
    expect(await keysOf(4, 'hello\r\x1b[A\x7f')).toEqual(['hello', '\r', '\x1b[A', '\x7f']);
  });

  test('a sequence cut in two is one key', async () => {
    expect(await keysOf(1, '\x1b', '[', 'A')).toEqual(['\x1b[A']);
  });

  test('a character cut in two is one character', async () => {
    const bytes = Buffer.from('é');
    expect(await keysOf(1, bytes.subarray(0, 1), bytes.subarray(1))).toEqual(['é']);
  });

  test('a lone Escape is the Escape key after a moment', async () => {
    expect(await keysOf(1, '\x1b')).toEqual(['\x1b[27u']);
  });

  test('F1 in all its spellings is Alt+H', async () => {
    expect(await keysOf(3, '\x1bOP\x1b[11~\x1b[[A')).toEqual(['\x1bh', '\x1bh', '\x1bh']);
  });

  test('focus, mouse and answers to queries are no keys', async () => {
    const typed = openKeyboard();
    typed.write('\x1b[I\x1b[<64;10;20M\x1b[?62;22c\x1b]11;rgb:0000/0000/0000\x1b\\\x1b[Ox');
    expect(await typed.until(1)).toEqual(['x']);
    expect(typed.focus).toEqual([true, false]);
    typed.close();
  });

  test('a paste comes whole, however it is cut', async () => {
    const raw = 'a\x1b[200~two\rlines \x1b[A\x1b[201~b';
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: raw.length }), { maxLength: 6 }), async (cuts) => {
        const at = [0, ...cuts.sort((a, b) => a - b), raw.length];
        const chunks = at.slice(1).map((end, index) => raw.slice(at[index], end));
        expect(await keysOf(3, ...chunks.filter((chunk) => chunk !== ''))).toEqual([
          'a',
          '\x1b[200~two\rlines \x1b[A\x1b[201~',
          'b',
        ]);
      }),
      { numRuns: 30 },
    );
  });

  test('a paste that never ends is let loose', async () => {
    expect(await keysOf(1, '\x1b[200~torn')).toEqual(['\x1b[200~torn\x1b[201~']);
  });

  test('a paste of ten megabytes comes whole', async () => {
    const text = 'x'.repeat(10_000_000);
    const chunks = Array.from({ length: 153 }, (_, index) =>
      text.slice(index * 65_536, (index + 1) * 65_536),
    );
    const [paste] = await keysOf(1, '\x1b[200~', ...chunks, '\x1b[201~');
    expect(paste?.length).toBe(10_000_012);
  });
});
