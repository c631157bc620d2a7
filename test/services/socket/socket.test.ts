// The door of a session on real sockets: what goes through it, and what does not get in.
import { once } from 'node:events';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  rmSync,
  statSync,
} from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { type OpenSocket, openSocket, type SocketOptions } from '../../../source/services/socket.ts';
import { askSocket } from '../../../source/services/socket-client.ts';

const PATIENCE_MS = 20_000;

function scratchDirectory(below = ''): string {
  const base = mkdtempSync(join(tmpdir(), 'hullspeed-socket-'));
  onTestFinished(() => rmSync(base, { recursive: true, force: true }));
  const directory = join(base, below);
  mkdirSync(directory, { recursive: true });
  return directory;
}

const bug = (error: unknown): void => {
  throw error;
};

async function open(directory: string, answer: SocketOptions['answer'] = echo): Promise<OpenSocket> {
  const socket = await openSocket({ directory, answer, onFatal: bug });
  onTestFinished(() => socket.close());
  return socket;
}

const echo = (request: unknown): unknown => ({ heard: request ?? 'no JSON' });

function ask(directory: string, request: unknown = 'hello'): Promise<unknown> {
  return askSocket(directory, request, PATIENCE_MS);
}

async function connected(directory: string): Promise<Socket> {
  const client = connect(join(directory, 'socket'));
  onTestFinished(() => void client.destroy());
  await once(client, 'connect');
  return client;
}

/** However it comes to that. */
function closed(client: Socket): Promise<void> {
  return new Promise((resolve) => {
    client
      .on('error', () => undefined)
      .on('close', () => resolve())
      .resume();
  });
}

test('a request is answered, for the person alone', async () => {
  const directory = scratchDirectory();
  await open(directory);
  const request = { queue: 'naïve 🚢\nin two lines', until: 1 };
  expect(await ask(directory, request)).toEqual({ heard: request });
  expect(statSync(join(directory, 'socket')).mode & 0o777).toBe(0o600);
});

test('many clients at once are answered, each its own', async () => {
  const directory = scratchDirectory();
  await open(directory);
  const numbers = Array.from({ length: 10 }, (_, at) => at);
  expect(await Promise.all(numbers.map((number) => ask(directory, number)))).toEqual(
    numbers.map((heard) => ({ heard })),
  );
});

test('where nobody listens there is no answer', async () => {
  expect(await ask(scratchDirectory())).toBeUndefined();
});

test('nobody who listens and says nothing is waited for longer than asked', async () => {
  const directory = scratchDirectory();
  const server = createServer(() => undefined).listen(join(directory, 'socket'));
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  expect(await askSocket(directory, 'hello', 50)).toBeUndefined();
});

test('a closed socket is gone, and so are its clients', async () => {
  const directory = scratchDirectory();
  const socket = await open(directory);
  const client = await connected(directory);
  // An answer to another one says that the first has been let in.
  await ask(directory);
  socket.close();
  await closed(client);
  expect(readdirSync(directory)).toEqual([]);
  expect(await ask(directory)).toBeUndefined();
});

test('the socket of a dead owner is replaced', async () => {
  const directory = scratchDirectory();
  const socket = await open(directory);
  // A second opening stands for the next owner: what the first one left is still there.
  await open(directory, () => 'the second');
  expect(await ask(directory)).toBe('the second');
  socket.close();
});

test('a directory with a long name has its socket elsewhere, and nothing of it stays', async () => {
  const directory = scratchDirectory('x'.repeat(120));
  const first = await open(directory);
  const elsewhere = readlinkSync(join(directory, 'socket'));
  expect(await ask(directory)).toEqual({ heard: 'hello' });
  expect(statSync(dirname(elsewhere)).mode & 0o777).toBe(0o700);
  expect(lstatSync(elsewhere).mode & 0o777).toBe(0o600);
  const second = await open(directory);
  expect(existsSync(dirname(elsewhere))).toBe(false);
  const now = readlinkSync(join(directory, 'socket'));
  expect(await ask(directory)).toEqual({ heard: 'hello' });
  first.close();
  second.close();
  expect([existsSync(dirname(now)), readdirSync(directory)]).toEqual([false, []]);
});

test('what is no JSON is told apart, and what comes after the line is not heard', async () => {
  const directory = scratchDirectory();
  const heard: unknown[] = [];
  await open(directory, (request) => heard.push(request));
  const client = await connected(directory);
  client.write('GET / HTTP/1.1\r\n{"queue":"smuggled"}\n');
  expect(await text(client)).toBe('1\n');
  expect(heard).toEqual([undefined]);
});

test('a client that sends without end is dropped, one that leaves or says nothing does no harm', async () => {
  const directory = scratchDirectory();
  await open(directory);
  const silent = await connected(directory);
  (await connected(directory)).destroy();
  (await connected(directory)).end('half a li');
  const endless = await connected(directory);
  endless.write('x'.repeat(4_000_000));
  await closed(endless);
  expect(await ask(directory)).toEqual({ heard: 'hello' });
  await closed(silent);
});

test("what the session throws is not the client's to know", async () => {
  const directory = scratchDirectory();
  const { promise: thrown, resolve } = Promise.withResolvers<unknown>();
  const failing = (): never => {
    throw new Error('the disk is full');
  };
  const socket = await openSocket({ directory, answer: failing, onFatal: resolve });
  onTestFinished(() => socket.close());
  const answer = ask(directory);
  expect(await thrown).toEqual(new Error('the disk is full'));
  socket.close();
  expect(await answer).toBeUndefined();
});

test('a directory without room for a socket is an error', async () => {
  const directory = scratchDirectory();
  mkdirSync(join(directory, 'socket'));
  await expect(openSocket({ directory, answer: echo, onFatal: bug })).rejects.toThrow(/socket/);
});
