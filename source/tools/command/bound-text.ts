// What the model is shown of a long output: its beginning and its end on whole lines, and how much of it that is.
import { cleanText } from './clean-text.ts';
import { countLines, type Printed } from './output.ts';

export interface Bounded {
  readonly text: string;
  /** There only where something was left out. */
  readonly kept?: {
    readonly lines: number;
    readonly ofLines: number;
    readonly bytes: number;
    readonly ofBytes: number;
  };
}

/** Cleans what was printed and cuts it to about `limitBytes` of UTF-8. */
export function boundText(printed: Printed, limitBytes: number): Bounded {
  if (printed.droppedBytes === 0)
    return boundWhole(cleanText(Buffer.concat([printed.head, printed.tail])), limitBytes);
  const head = Buffer.from(cleanText(upToLastLine(printed.head)));
  const tail = Buffer.from(cleanText(fromFirstLine(printed.tail)));
  const ofBytes = printed.head.length + printed.droppedBytes + printed.tail.length;
  const ofLines = countLines(printed.head) + printed.droppedLines + countLines(printed.tail);
  return join(keepHead(head, limitBytes / 2), keepTail(tail, limitBytes / 2), ofLines, ofBytes);
}

function boundWhole(text: string, limitBytes: number): Bounded {
  const bytes = Buffer.from(text);
  if (bytes.length <= limitBytes) return { text };
  return join(
    keepHead(bytes, limitBytes / 2),
    keepTail(bytes, limitBytes / 2),
    countLines(bytes),
    bytes.length,
  );
}

function join(head: Buffer, tail: Buffer, ofLines: number, ofBytes: number): Bounded {
  const kept = {
    lines: countLines(head) + countLines(tail),
    ofLines,
    bytes: head.length + tail.length,
    ofBytes,
  };
  const number = (value: number): string => value.toLocaleString('en');
  const share =
    kept.lines < ofLines
      ? `${number(kept.lines)} of ${number(ofLines)} lines`
      : `${number(kept.bytes)} of ${number(ofBytes)} bytes`;
  const [start, end] = [head.toString(), tail.toString()];
  return {
    text: `${start}${start.endsWith('\n') || start === '' ? '' : '\n'}… kept ${share} …\n${end}`,
    kept,
  };
}

function upToLastLine(bytes: Buffer): Buffer {
  const end = bytes.lastIndexOf(10) + 1;
  return end > 0 ? bytes.subarray(0, end) : keepHead(bytes, bytes.length - 1);
}

function fromFirstLine(bytes: Buffer): Buffer {
  const start = bytes.indexOf(10) + 1;
  return start > 0 && start < bytes.length ? bytes.subarray(start) : keepTail(bytes, bytes.length - 1);
}

/** Whole lines, unless that would waste more than half of the room on one long line. Never half a character. */
function keepHead(bytes: Buffer, limit: number): Buffer {
  let end = Math.max(0, Math.floor(limit));
  if (bytes.length <= end) return bytes;
  const lineEnd = end === 0 ? 0 : bytes.lastIndexOf(10, end - 1) + 1;
  if (lineEnd > end / 2) return bytes.subarray(0, lineEnd);
  while (end > 0 && isContinuation(bytes[end])) end -= 1;
  return bytes.subarray(0, end);
}

function keepTail(bytes: Buffer, limit: number): Buffer {
  let start = bytes.length - Math.max(0, Math.floor(limit));
  if (start <= 0) return bytes;
  const lineStart = bytes.indexOf(10, start - 1) + 1;
  if (lineStart > 0 && bytes.length - lineStart > (bytes.length - start) / 2)
    return bytes.subarray(lineStart);
  while (start < bytes.length && isContinuation(bytes[start])) start += 1;
  return bytes.subarray(start);
}

function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && (byte & 0xc0) === 0x80;
}
