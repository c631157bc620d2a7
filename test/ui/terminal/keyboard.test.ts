// Raw terminal input, cut into what Ink can take for keys.
import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createKeyboard } from '../../../source/ui/terminal/keyboard.ts';
import type { Report } from '../../../source/ui/terminal/reports.ts';

interface Typed {
  readonly keys: string[];
  readonly focus: boolean[];
  readonly reports: Report[];
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
  const reports: Report[] = [];
  const keyboard = createKeyboard(stdin as unknown as NodeJS.ReadStream, {
    onFocus: (is) => focus.push(is),
    onReport: (report) => reports.push(report),
    onEnd: () => undefined,
  });
  const keys: string[] = [];
  keyboard.stream.on('data', (key: string) => keys.push(key));
  return {
    keys,
    focus,
    reports,
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

  test('F1 is one key in all its spellings', async () => {
    const [key = ''] = await keysOf(1, '\x1bOP');
    expect(await keysOf(4, '\x1b[11~\x1b[[A\x1b[P\x1b[1;1P')).toEqual([key, key, key, key]);
  });

  test('keys of the kitty protocol and of modifyOtherKeys are those that every terminal sends', async () => {
    const table: [string, string][] = [
      ['\x1b[99;5u', '\x03'],
      ['\x1b[99;133u', '\x03'],
      ['\x1b[1089::99;5u', '\x03'],
      ['\x1b[27;5;99~', '\x03'],
      ['\x1b[105;5u', '\t'],
      ['\x1b[106;5u', '\n'],
      ['\x1b[91;5u', '\x1b[27u'],
      ['\x1b[45:95;6u', '\x1f'],
      ['\x1b[27u', '\x1b[27u'],
      ['\x1b[27;1u', '\x1b[27u'],
      ['\x1b[98;3u', '\x1bb'],
      ['\x1b[97;7u', '\x1b\x01'],
      ['\x1b[13;2u', '\x1b[13;2u'],
      ['\x1b[27;2;13~', '\x1b[13;2u'],
      ['\x1b[13;3u', '\x1b\r'],
      ['\x1b[13u', '\r'],
      ['\x1b[57414u', '\r'],
      ['\x1b[57419;5u', '\x1b[1;5A'],
      ['\x1b[9;2u', '\x1b[Z'],
      ['\x1b[127;5u', '\x1b[127;5u'],
      ['\x1b[97u', 'a'],
      ['\x1b[97:65;2u', 'A'],
    ];
    expect(await keysOf(table.length, table.map(([raw]) => raw).join(''))).toEqual(
      table.map(([, key]) => key),
    );
  });

  test('the window system keys, lone modifiers and releases are no keys', async () => {
    expect(await keysOf(1, '\x1b[99;9u\x1b[57441u\x1b[97;1:3ux')).toEqual(['x']);
  });

  test('focus, mouse and answers to queries are no keys', async () => {
    const typed = openKeyboard();
    typed.write('\x1b[I\x1b[<64;10;20M\x1b[?62;22c\x1b]11;rgb:0000/0000/0000\x1b\\\x1b[Ox');
    expect(await typed.until(1)).toEqual(['x']);
    expect(typed.focus).toEqual([true, false]);
    expect(typed.reports).toEqual([
      { kind: 'wheel', by: -1, x: 9, y: 19 },
      { kind: 'background', light: false },
    ]);
    typed.close();
  });

  test('a report or an answer that comes in pieces leaks nothing, however long it takes', async () => {
    const typed = openKeyboard();
    for (const piece of [
      '\x1b[<0;35',
      ';1',
      '7M',
      '\x1b]11;rgb:ff',
      'ff/ffff/ff',
      'ff\x1b',
      '\\',
      '\x1b[?',
      '1u',
      'x',
    ]) {
      typed.write(piece);
      // Longer than a key may take.
      await new Promise((resolve) => setTimeout(resolve, 40));
    }
    expect(await typed.until(1)).toEqual(['x']);
    expect(typed.reports).toEqual([
      { kind: 'press', x: 34, y: 16 },
      { kind: 'background', light: true },
      { kind: 'kitty' },
    ]);
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
