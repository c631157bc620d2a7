// A session's door for other terminals: a unix socket for the person alone, one line of JSON in and one out.
// Whoever can reach it owns the folder that it is in, so nothing is asked of a client but to be brief.
import { chmodSync, lstatSync, mkdtempSync, rmdirSync, rmSync, symlinkSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { linkedSocket, readLine, SOCKET_FILE } from './socket-line.ts';

export interface SocketOptions {
  /** The session's, 0700. The caller holds its lock, so a socket that is there was left by a dead owner. */
  readonly directory: string;
  /** Called with what a client sent, undefined where it was no JSON. What is returned goes back as JSON. */
  readonly answer: (request: unknown) => unknown;
  /** What `answer` threw. */
  readonly onFatal: (error: unknown) => void;
}

export interface OpenSocket {
  /** Drops the clients that are there and removes the socket. */
  close(): void;
}

/** A client that has not sent its line by then is dropped. */
const LINE_WITHIN_MS = 2_000;
const MOST_CLIENTS = 16;

/** Never holds the process. Rejects where no socket can be made, neither in the directory nor in the temporary one. */
export async function openSocket({ directory, answer, onFatal }: SocketOptions): Promise<OpenSocket> {
  const clients = new Set<Socket>();
  const server = createServer((client) => {
    clients.add(client);
    client.on('close', () => clients.delete(client));
    // A client that goes away early is its own loss.
    client.on('error', () => undefined);
    serve(client, answer).catch(onFatal);
  });
  server.maxConnections = MOST_CLIENTS;
  server.unref();
  const path = join(directory, SOCKET_FILE);
  removeSocket(path);
  await listen(server, path).catch(() => listenElsewhere(server, path));
  // Out of file descriptors for a moment: the client comes again.
  server.on('error', () => undefined);
  return {
    close() {
      server.close();
      for (const client of clients) client.destroy();
      removeSocket(path);
    },
  };
}

async function serve(client: Socket, answer: SocketOptions['answer']): Promise<void> {
  const line = await readLine(client, LINE_WITHIN_MS);
  if (line === undefined || client.destroyed) client.destroy();
  else client.end(`${JSON.stringify(answer(parse(line)))}\n`, () => client.destroy());
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

async function listen(server: Server, path: string): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject).listen(path, resolve);
  await promise.finally(() => server.off('error', reject));
  chmodSync(path, 0o600);
}

/** A socket's path has about 100 bytes at most, and not every file system has sockets: a link then says where it is. */
async function listenElsewhere(server: Server, path: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'hullspeed-'));
  const short = join(folder, SOCKET_FILE);
  try {
    await listen(server, short);
    symlinkSync(short, path);
  } catch (error) {
    server.close();
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

/** The socket, or the link with the socket that it leads to and its folder. */
function removeSocket(path: string): void {
  const elsewhere = linkedSocket(path);
  if (elsewhere !== undefined && lstatSync(elsewhere, { throwIfNoEntry: false })?.isSocket()) {
    rmSync(elsewhere);
    rmdirSync(dirname(elsewhere));
  }
  rmSync(path, { force: true });
}
