// The mark of a command's end must be found however the kernel cuts the output into chunks.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createEndMark } from '../../../source/services/end-mark.ts';

const MARK = '\x1b]777;end;nonce;42\x07';

function readAll(chunks: readonly string[]): { text: string; code?: number } {
  const mark = createEndMark('nonce');
  let text = '';
  for (const chunk of chunks) {
    const memory = Buffer.from(chunk);
    const part = mark.read(memory);
    text += part.output;
    // It is used again for the next chunk.
    memory.fill('?');
    if (part.code !== undefined) return { text, code: part.code };
  }
  return { text: text + mark.rest().toString() };
}

test('the mark is found wherever the output is cut, and all before it is kept', () => {
  const piece = fc.constantFrom(
    'text',
    '\x1b',
    '\x1b]777;',
    '\x1b]777;end;other;0\x07',
    '\x1b[31m',
    '\r\n',
    '\x1b]777;end;nonce;x',
  );
  fc.assert(
    fc.property(fc.array(piece), fc.array(fc.nat(40)), (pieces, cuts) => {
      const output = pieces.join('');
      const chunks = cutUp(`${output}${MARK}after`, cuts);
      expect(readAll(chunks)).toEqual({ text: output, code: 42 });
    }),
  );
});

test('output that only looks like the mark is given back', () => {
  for (const end of ['\x1b', '\x1b]777;end;non', '\x1b]777;end;nonce;4', '\x1b]777;end;nonce;4444\x07']) {
    expect(readAll([`out${end}`])).toEqual({ text: `out${end}` });
  }
});

function cutUp(text: string, lengths: readonly number[]): string[] {
  const chunks: string[] = [];
  let at = 0;
  for (const length of lengths) {
    chunks.push(text.slice(at, at + length));
    at += length;
  }
  return [...chunks, text.slice(at)];
}
