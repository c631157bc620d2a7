// Real pipes for commands. Node's own are sockets: a script that writes to /dev/stderr fails on them, and two of them lose the order of what was written.
import { execFile } from 'node:child_process';
import { closeSync, constants, openSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Made at a time: `mkfifo` is a process, and many cost it little more than one. A command takes one. */
const BATCH = 20;

/** File descriptors of both ends; whoever took the pipe closes them. */
export interface Pipe {
  readonly reader: number;
  readonly writer: number;
}

export interface PipeSupply {
  /** Rejects where no pipe can be made. */
  take(): Promise<Pipe>;
  /**
   * `reader`, still open, has come to its end, so that nobody holds the pipe any more: it is taken again. `mkfifo` for
   * each twentieth command held the loop for some 15 ms.
   */
  renew(reader: number): void;
  /** Closes what was not taken. */
  close(): void;
}

export function createPipeSupply(): PipeSupply {
  const ready: Pipe[] = [];
  let isClosed = false;

  return {
    async take() {
      for (;;) {
        const pipe = ready.pop();
        if (pipe !== undefined) return pipe;
        ready.push(...(await makePipes()));
      }
    },
    renew(reader) {
      // Elsewhere such a name stands for the descriptor, not for what it is open on.
      if (isClosed || process.platform !== 'linux' || ready.length >= BATCH) return;
      ready.push(openPipe(`/proc/self/fd/${reader}`));
    },
    close() {
      isClosed = true;
      for (const { reader, writer } of ready.splice(0)) {
        closeSync(reader);
        closeSync(writer);
      }
    },
  };
}

/** Named only until both ends are open, so that nothing is left on the disk. */
async function makePipes(): Promise<Pipe[]> {
  const folder = await mkdtemp(join(tmpdir(), 'hullspeed-pipes-'));
  try {
    const paths = Array.from({ length: BATCH }, (_, index) => join(folder, String(index)));
    await promisify(execFile)('mkfifo', ['-m', '600', ...paths]);
    return paths.map(openPipe);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A reader that would wait for its writer waits for ever in one process. */
function openPipe(path: string): Pipe {
  return {
    reader: openSync(path, constants.O_RDONLY | constants.O_NONBLOCK),
    writer: openSync(path, constants.O_WRONLY),
  };
}
