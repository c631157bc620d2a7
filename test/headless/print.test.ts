import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clean, createWriter, duration, jsonLine, oneLine } from '../../source/headless/print.ts';

const driving = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]|[\u{e0000}-\u{e007f}]/u;

test('clean text has no controls left, wherever a stream is cut', () => {
  const pieces = fc.array(
    fc.constantFrom(
      '\x1b',
      '[',
      ']',
      '31m',
      '0;t',
      '\x07',
      '\x9b',
      '\u202e',
      '\u{e0041}',
      'word',
      '\n',
      '\r',
      '\t',
      '😀',
    ),
  );
  fc.assert(
    fc.property(
      pieces,
      (parts) => !driving.test(parts.map(clean).join('')) && !driving.test(clean(parts.join(''))),
    ),
  );
});

test('clean takes whole sequences and leaves the words', () => {
  expect(clean('\x1b[1;31mred\x1b[0m \x1b]8;;http://x\x1b\\link\x1b]8;;\x07 \x1b(Bend\r\n')).toBe(
    'red link end\n',
  );
  expect(clean('\x1b]0;never ended, and a long answer')).toBe('0;never ended, and a long answer');
});

test('a line of JSON is one line of harmless characters and parses to the same value', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const line = jsonLine({ text });
      expect(JSON.parse(line)).toEqual({ text });
      expect(line.slice(0, -1)).not.toMatch(driving);
    }),
  );
  expect(jsonLine('\u{e0041}\u202e\x9b')).toBe('"\\udb40\\udc41\\u202e\\u009b"\n');
});

test('one line is cut to its length', () => {
  expect(oneLine(' a\n\n  b\tc ')).toBe('a b c');
  expect(oneLine('x'.repeat(300), 10)).toBe('xxxxxxxxx…');
});

test('durations read like a clock', () => {
  expect([12.4, 4_230, 192_000, 7_500_000].map(duration)).toEqual(['12 ms', '4.2 s', '3m12', '2h05']);
});

test('a writer waits for a slow reader', async () => {
  const stream = new PassThrough({ highWaterMark: 4 });
  const writer = createWriter(stream);
  writer.write('longer than four');
  const drained = writer.drained();
  stream.resume();
  await drained;
  expect(stream.writableNeedDrain).toBe(false);
});

test('a reader that goes away ends the output without a word', { timeout: 60_000 }, async () => {
  const module = join(import.meta.dirname, '../../source/headless/print.ts');
  const program = `
    import { createWriter } from ${JSON.stringify(module)};
    const writer = createWriter(process.stdout);
    let lines = 0;
    while (writer.open) { writer.write('line '.repeat(100) + '\\n'); lines++; await new Promise(setImmediate); await writer.drained(); }
    process.stderr.write('stopped');`;
  const child = spawn('bash', [
    '-c',
    'set -o pipefail; "$0" --input-type=module -e "$1" | head -1 >/dev/null',
    process.execPath,
    program,
  ]);
  let stderr = '';
  child.stderr.on('data', (chunk) => (stderr += chunk));
  const [code] = await once(child, 'close');
  expect({ code, stderr }).toEqual({ code: 0, stderr: 'stopped' });
});
