// Runs a command in a pseudo-terminal and loses nothing of what it prints; the one file that knows node-pty.
import { randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import { chmod, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { IDisposable, IPty } from 'node-pty';
import { AppError } from '../engine/errors.ts';
import type { Terminal, TerminalRun, TerminalSpec } from '../engine/ports.ts';
import { endTree, killTree, type Tree } from '../processes/process-tree.ts';
import { createEndMark } from './end-mark.ts';
import { letKeysThrough } from './rounds.ts';

/**
 * node-pty drops what is unread 200 ms after the child's end. So the command runs under a shell that prints its exit
 * code in a mark and stays until the mark has been read: then everything before it has been read too.
 * The acknowledgement is one byte; other bytes typed meanwhile are skipped, and silence for 5 s ends it as well.
 * Ctrl+C is for the command: the shell around it lives on to tell how that ended.
 * A nice one is so before it begins: from outside it could have started something already.
 * Linux shares the processor among terminals first, and only within one by niceness: a nice one has to say so too.
 */
const HOLDER = `trap : INT QUIT; [ -z "$3" ] || { echo "$3" > /proc/self/autogroup; } 2> /dev/null; \${3:+nice -n "$3"} bash --noprofile --norc -c "$1"; e=$?; printf '\\033]777;end;%s;%s\\a' "$2" "$e"
while read -rsn1 -t5 c; do [ "$c" = $'\\x06' ] && break; done; exit $e`;
const ACKNOWLEDGE = '\x06';

/** What Node reads at once at the most; Linux gives some 4 kB. */
const READ_BYTES = 65_536;

/** Set for every command and everything that it starts, so that strays can be found. */
const MARKER_NAME = 'HULLSPEED_RUN';

/**
 * `environment`: what commands get (the terminal's own variables are added, those of an outer tmux left out). `warm` loads
 * node-pty ahead of the first start; it never rejects.
 */
export function createTerminal({
  environment,
}: {
  environment: Readonly<Record<string, string>>;
}): Terminal & { warm(): Promise<void> } {
  const inherited = Object.fromEntries(
    Object.entries(environment).filter(([name]) => !name.startsWith('TMUX')),
  );
  const own = { ...inherited, TERM: 'xterm-256color', COLORTERM: 'truecolor' };
  return {
    warm: () => loadNodePty().then(ignore, ignore),
    start: async (spec) => {
      const { spawn } = await loadNodePty();
      const nonce = randomUUID();
      const { cwd, columns, rows } = spec;
      const env = { ...own, ...spec.env, [MARKER_NAME]: nonce };
      const nice = spec.nice === undefined ? '' : String(spec.nice);
      const holder = ['--noprofile', '--norc', '-c', HOLDER, 'hullspeed', spec.command, nonce, nice];
      try {
        const pty = spawn('bash', holder, {
          name: own.TERM,
          cwd,
          env,
          cols: atLeastOne(columns),
          rows: atLeastOne(rows),
        });
        return follow(pty, nonce, spec.onData);
      } catch (cause) {
        throw noTerminal(
          `Starting a pseudo-terminal in ${cwd} failed`,
          'see how many are open (`ls /dev/pts`) and close some',
          cause,
        );
      }
    },
  };
}

function follow(pty: IPty, nonce: string, onData: TerminalSpec['onData']): TerminalRun {
  const { promise: exit, resolve } = Promise.withResolvers<Awaited<TerminalRun['exit']>>();
  const { promise: gone, resolve: vanish } = Promise.withResolvers<void>();
  const mark = createEndMark(nonce);
  let alive = true;
  /** Whether somebody is there to read what is typed. */
  let listening = true;
  let stopping: Promise<void> | undefined;

  const reading = onBytes(pty, (chunk) => {
    const { output, code } = mark.read(chunk);
    if (output.length > 0) onData(output);
    if (code === undefined) return;
    reading.dispose();
    listening = false;
    resolve({ code: stopping ? null : code });
    acknowledge(pty);
  });
  pty.onExit(({ exitCode, signal }) => {
    alive = false;
    // Bytes that it never read would go on being written to its number, which may be another file's by then.
    (pty as IPty & { destroy(): void }).destroy();
    vanish();
    const rest = mark.rest();
    if (rest.length > 0) onData(rest);
    resolve(signal || stopping ? { code: null, ...(signal ? { signal } : {}) } : { code: exitCode });
  });

  const tree = (): Tree => ({ marker: `${MARKER_NAME}=${nonce}`, ...(alive ? { leader: pty.pid } : {}) });
  const stop = async (graceMs?: number): Promise<void> => {
    await endTree(tree(), graceMs);
    if (alive) await gone;
  };
  return {
    exit,
    write: (text) => {
      if (alive && listening) pty.write(text);
    },
    resize: (columns, rows) => {
      if (alive && listening) resize(pty, columns, rows);
    },
    stop: (graceMs) => {
      if (stopping !== undefined && graceMs === 0) killTree(tree());
      stopping ??= stop(graceMs);
      return stopping;
    },
  };
}

/**
 * node-pty makes text of what it reads, and tells the terminal that what is typed is UTF-8 only where that text is. So it is
 * asked for that first, and then for text that has a character for each byte. The bytes come in memory that is used again.
 */
function onBytes(pty: IPty, listener: (bytes: Buffer) => void): IDisposable {
  (pty as IPty & { setEncoding(encoding: string): void }).setEncoding('latin1');
  const memory = Buffer.allocUnsafe(READ_BYTES);
  return pty.onData((text) => {
    for (let at = 0; at < text.length; at += READ_BYTES)
      listener(memory.subarray(0, memory.write(text.slice(at, at + READ_BYTES), 'latin1')));
  });
}

/** Its file may be closed some time before its end is told, and node-pty throws then. */
function resize(pty: IPty, columns: number, rows: number): void {
  try {
    pty.resize(atLeastOne(columns), atLeastOne(rows));
  } catch {
    // A terminal that is gone has no size.
  }
}

/**
 * At once: node-pty writes in another thread, and a terminal that is stopped meanwhile leaves that byte to whatever file
 * has its number by then.
 */
function acknowledge(pty: IPty): void {
  try {
    writeSync((pty as IPty & { readonly fd: number }).fd, ACKNOWLEDGE);
  } catch {
    // Full of what was typed ahead: it goes behind that.
    pty.write(ACKNOWLEDGE);
  }
}

/** Native, and nothing on the first frame needs it. */
async function loadNodePty(): Promise<typeof import('node-pty')> {
  try {
    if (process.platform === 'darwin') await mendSpawnHelper();
    const pty = await import('node-pty');
    // Loading it holds the loop for 20 ms and a start for 7: a key that came meanwhile is let through in between.
    await letKeysThrough();
    return pty;
  } catch (cause) {
    throw noTerminal(
      'Loading node-pty failed',
      'run `npm rebuild node-pty` where hullspeed is installed (it needs python3, make and a C++ compiler)',
      cause,
    );
  }
}

/** Some package managers unpack node-pty's macOS helper without its executable bit, and every start then fails. */
async function mendSpawnHelper(): Promise<void> {
  const folder = dirname(createRequire(import.meta.url).resolve('node-pty/package.json'));
  const helper = join(folder, 'prebuilds', `darwin-${process.arch}`, 'spawn-helper');
  const found = await stat(helper).catch(() => undefined);
  if (found !== undefined && (found.mode & 0o111) === 0) await chmod(helper, found.mode | 0o755);
}

function noTerminal(tried: string, remedy: string, cause: unknown): AppError {
  const reason = cause instanceof Error ? cause.message.split('\n', 1)[0] : String(cause);
  return new AppError('terminal', `${tried}: ${reason}. To mend it, ${remedy}.`, { cause });
}

function atLeastOne(cells: number): number {
  return Math.max(1, Math.floor(cells) || 1);
}

function ignore(): void {}
