// The other end of a session's socket: asks the process that has the session open.
import { once } from 'node:events';
import { statSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { linkedSocket, readLine, SOCKET_FILE } from './socket-line.ts';

/** The answer; undefined where nobody listens, or nobody answered within `withinMs`. */
export async function askSocket(directory: string, request: unknown, withinMs: number): Promise<unknown> {
  const own = join(directory, SOCKET_FILE);
  const path = linkedSocket(own) ?? own;
  if (!isOurs(path)) return undefined;
  const socket = connect(path);
  try {
    await once(socket, 'connect');
    socket.on('error', () => undefined).write(`${JSON.stringify(request)}\n`);
    const line = await readLine(socket, withinMs);
    return line === undefined ? undefined : JSON.parse(line);
  } catch {
    return undefined;
  } finally {
    socket.destroy();
  }
}

/** A link may outlive its folder in the temporary directory, where somebody else can make the like of it. */
function isOurs(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.uid === process.getuid?.();
}
