// What is kept of a command's output: cleaned, bounded, never more than its share of memory.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createBlobs } from '../../source/journal/blobs.ts';
import { boundText } from '../../source/tools/command/bound-text.ts';
import { cleanText } from '../../source/tools/command/clean-text.ts';
import { startCommand } from '../../source/tools/command/command.ts';
import { createOutput } from '../../source/tools/command/output.ts';

const clean = (text: string): string => cleanText(Buffer.from(text, 'latin1'));

function bound(text: string | Buffer, limitBytes: number) {
  const output = createOutput();
  output.push(Buffer.from(text as string));
  return boundText(output.take(), limitBytes);
}

describe('cleanText', () => {
  const cases: [string, string, string][] = [
    ['strips colours', '\x1b[1;31mred\x1b[0m', 'red'],
    ['strips titles and links', '\x1b]0;title\x07a\x1b]8;;http://x\x1b\\b', 'ab'],
    ['strips device strings and two-byte escapes', '\x1bPq#0\x1b\\a\x1b(Bb\x1b=c', 'abc'],
    ['loses at most the line of a string that never ends', 'a\x1b]0;title\nb', 'a\nb'],
    ['reads CRLF as a line break', 'a\r\nb\r\n', 'a\nb\n'],
    ['keeps the last state of a progress bar', '10%\r50%\r100%\ndone', '100%\ndone'],
    ['keeps a bar that was left standing', '10%\r50%\r', '50%'],
    ['undoes overstriking', 'N\bNA\bA', 'NA'],
    ['drops control characters but tabs', 'a\0\x07\tb\x7f', 'a\tb'],
    ['shows invalid bytes as such', 'a\xffb', 'a\ufffdb'],
  ];
  it.each(cases)('%s', (_, raw, text) => expect(clean(raw)).toBe(text));

  it('is quick with hostile sequences', () => {
    const started = performance.now();
    for (const piece of ['\x1b[0', '\x1b]', '\b', 'a\b', '\r', '\x1b[;']) clean(piece.repeat(300_000));
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});

describe('what is too long for the memory', () => {
  const sizes = [1_000, 300_000, 700_000, 1_100_000, 5_000_000];
  it.each(sizes)('%d bytes are all there, in memory or in the blob', (size) => {
    const directory = mkdtempSync(join(tmpdir(), 'hullspeed-output-'));
    const blobs = createBlobs(directory);
    const output = createOutput(blobs.draft);
    const all = Array.from({ length: size / 10 }, (_, index) => `ä${String(index).padStart(7)}\n`).join('');
    const bytes = Buffer.from(all);
    for (let at = 0; at < bytes.length; at += 65_537) {
      const memory = Buffer.from(bytes.subarray(at, at + 65_537));
      output.push(memory);
      memory.fill('?');
    }
    const { head, tail, droppedBytes, blob } = output.take();
    const whole = droppedBytes === 0 ? Buffer.concat([head, tail]) : blobs.fetch(blob ?? '');
    expect(Buffer.from(whole ?? []).equals(bytes)).toBe(true);
    expect([blob === undefined, output.take().blob]).toEqual([droppedBytes === 0, undefined]);
    rmSync(directory, { recursive: true });
  });
});

describe('boundText', () => {
  const lines = (from: number, to: number): string =>
    Array.from({ length: to - from }, (_, index) => `line ${from + index}\n`).join('');

  it('leaves a short output alone', () => {
    expect(bound('hällo\n', 100)).toEqual({ text: 'hällo\n' });
  });

  it('keeps head and tail on whole lines and says how much that is', () => {
    const { text, kept } = bound(lines(1000, 6000), 100);
    expect(text).toBe(`${lines(1000, 1005)}… kept 10 of 5,000 lines …\n${lines(5995, 6000)}`);
    expect(kept).toEqual({ lines: 10, ofLines: 5_000, bytes: 100, ofBytes: 50_000 });
  });

  it('cuts a long line between two characters', () => {
    const { text, kept } = bound('é'.repeat(1_000), 101);
    expect(text).toBe(`${'é'.repeat(25)}\n… kept 100 of 2,000 bytes …\n${'é'.repeat(25)}`);
    expect(kept).toEqual({ lines: 0, ofLines: 0, bytes: 100, ofBytes: 2_000 });
  });

  it('holds 1 MiB of an endless output at most, and counts the rest', () => {
    const output = createOutput();
    const chunk = Buffer.from(lines(1_000_000, 1_006_000));
    for (let count = 0; count < 500; count += 1) output.push(chunk);
    const printed = output.take();
    expect(printed.head.length + printed.tail.length).toBeLessThanOrEqual(1024 * 1024);
    const { text, kept } = boundText(printed, 1_000);
    expect(text.startsWith('line 1000000\n')).toBe(true);
    expect(text.endsWith('line 1005999\n')).toBe(true);
    expect(kept).toMatchObject({ ofLines: 3_000_000, ofBytes: chunk.length * 500 });
    expect(output.take().head.length).toBe(0);
  });

  it('is whole where the bytes are split anywhere', () => {
    const output = createOutput();
    for (const byte of Buffer.from('é€𝄞')) output.push(Buffer.of(byte));
    expect(boundText(output.take(), 100)).toEqual({ text: 'é€𝄞' });
  });
});

describe('the newest of a command’s output', () => {
  /** As it is when each of the chunks has come. */
  async function recentAfter(...chunks: readonly (string | Buffer)[]) {
    const command = await startCommand(
      1,
      'a flood',
      async (onData) => {
        for (const chunk of chunks) {
          const memory = Buffer.from(chunk as string);
          onData(memory);
          memory.fill('?');
        }
        const never = new Promise<never>(() => undefined);
        return { exit: never, closed: never, type: () => false, kill: () => undefined };
      },
      () => undefined,
    );
    return command.recent();
  }
  const line = `${'x'.repeat(99)}\n`;

  it('is, for who begins to listen, what came since', async () => {
    let print = (_: Uint8Array): void => undefined;
    const never = new Promise<never>(() => undefined);
    const program = { exit: never, closed: never, type: () => false, kill: () => undefined };
    const command = await startCommand(
      1,
      'a server',
      async (onData) => {
        print = onData;
        return program;
      },
      () => undefined,
    );
    const heard: string[] = [];
    print(Buffer.from('before\n'));
    command.listen((newest) => heard.push(newest()));
    for (const text of ['one\n', 'two\n']) print(Buffer.from(text));
    expect(heard).toEqual(['one\n', 'one\ntwo\n']);
    expect(command.recent()).toEqual({ output: 'before\none\ntwo\n', dropped: 0 });
  });

  it('is all of it until that is too much, then begins with a line', async () => {
    const full = line.repeat(800);
    expect(await recentAfter(full)).toEqual({ output: full, dropped: 0 });
    expect(await recentAfter(full, 'é')).toEqual({ output: `${line.repeat(640)}é`, dropped: 16_000 });
    expect(await recentAfter(`y${full}`)).toEqual({ output: line.repeat(640), dropped: 16_001 });
  });

  it('counts all that came before, however often it was cut', async () => {
    const chunks = Array.from({ length: 50 }, (_, nth) => `${nth} ${'y'.repeat(10_000)}\n`);
    const whole = chunks.join('');
    const { output, dropped } = await recentAfter(...chunks);
    expect(output.length).toBeLessThanOrEqual(80_000);
    expect(whole.slice(dropped)).toBe(output);
    expect(whole.charAt(dropped - 1)).toBe('\n');
  });

  it('of a line that never ends is its end, characters whole', async () => {
    const endless = Buffer.from(`x${'𝄞'.repeat(45_000)}`);
    // Of a character that has not come whole, nothing is there.
    const { output, dropped } = await recentAfter(endless.subarray(0, -1));
    expect(dropped).toBeGreaterThan(0);
    expect(Buffer.byteLength(output)).toBeGreaterThan(63_990);
    expect(output).toBe(endless.subarray(dropped, -4).toString());
    expect(output).not.toContain('\ufffd');
  });
});
