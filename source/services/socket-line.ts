// What both ends of a session's socket agree on: where it is, and how long a line may be.
import { readlinkSync } from 'node:fs';
import type { Socket } from 'node:net';

/** In the session's directory: the socket itself, or a link to it. */
export const SOCKET_FILE = 'socket';

/** The longest prompt of a session (400,000 characters) with each of them escaped takes 2.4 MB. */
const LONGEST_LINE_BYTES = 3_000_000;
const LINE_FEED = 0x0a;

/** Where the link at `path` leads; undefined: it is no link. */
export function linkedSocket(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}

/** The first line of what comes; undefined where the other end goes away, is too slow, or sends too much. */
export async function readLine(socket: Socket, withinMs: number): Promise<string | undefined> {
  const timer = setTimeout(() => socket.destroy(), withinMs);
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of socket.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      const end = chunk.indexOf(LINE_FEED);
      chunks.push(end < 0 ? chunk : chunk.subarray(0, end));
      bytes += chunk.length;
      if (bytes > LONGEST_LINE_BYTES) return undefined;
      if (end >= 0) return Buffer.concat(chunks).toString('utf8');
    }
  } catch {
    // It was reset, or the time was up.
  } finally {
    clearTimeout(timer);
  }
  return undefined;
}
