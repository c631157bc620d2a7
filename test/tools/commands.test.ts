// Commands as real processes: what they print, how long a call waits for them, and that nothing of them is left behind.
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ParsedCall, ToolResult, Tools } from '../../source/engine/ports.ts';
import { createTerminal } from '../../source/services/pty.ts';
import { createTools } from '../../source/tools/tools.ts';

const environment = {
  PATH: process.env.PATH ?? '',
  HOME: process.env.HOME ?? '',
  LANG: 'C.UTF-8',
  GREETING: 'hello',
  BASH_ENV: '/nowhere/bashenv',
};
const SLOW = { timeout: 60_000, interval: 20 };

let root: string;
let tools: Tools;
let aborter: AbortController;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'hullspeed-commands-'));
  tools = createTools({ root, environment, terminal: createTerminal({ environment }) });
  aborter = new AbortController();
  // The first command has its shell started for it; those after it have one that waits.
  await exec('true');
});
afterEach(async () => {
  await tools.close();
  await rm(root, { recursive: true, force: true });
});

type Runnable = ParsedCall & { kind: 'command' | 'input' | 'patch' | 'image' };

function call(
  name: string,
  args: Record<string, unknown>,
  onOutput: (newest: () => string) => void = () => {},
): Promise<ToolResult> {
  const parsed = tools.parse({ id: 'c', name, argument: JSON.stringify(args) });
  if (parsed.kind === 'error' || parsed.kind === 'ship') throw new Error(JSON.stringify(parsed));
  return tools.run(parsed satisfies Runnable, onOutput, aborter.signal);
}
const exec = async (cmd: string, more: Record<string, unknown> = {}) => {
  const result = await call('exec_command', { cmd, ...more });
  tools.prepare();
  return result;
};
const type = (session: number | undefined, chars = '', more: Record<string, unknown> = {}) =>
  call('write_stdin', { session_id: session, chars, ...more });

/** A command that is the first one of its session. */
async function probe(cmd: string): Promise<ToolResult> {
  const other = createTools({ root, environment, terminal: createTerminal({ environment }) });
  const parsed = other.parse({ id: 'c', name: 'exec_command', argument: JSON.stringify({ cmd }) });
  const result = await other.run(parsed as Runnable, () => {}, aborter.signal);
  await other.close();
  return result;
}
/** Process ids and markers differ by their numbers. */
const anyNumbers = (text: string): string =>
  text.replace(/HULLSPEED_COMMAND=.*/g, 'HULLSPEED_COMMAND').replace(/\d{3,}/g, 'N');

/** Output without its first line. */
const printed = (result: ToolResult): string => result.output.split('\n').slice(1).join('\n');

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};
/** A killed process that nobody reaps yet is gone all the same. */
const isRunning = async (pid: number): Promise<boolean> => {
  if (!isAlive(pid)) return false;
  const stat = await readFile(`/proc/${pid}/stat`, 'latin1').catch(() => '');
  return !/\) [ZX] /.test(stat);
};

async function pids(count: number): Promise<number[]> {
  const read = async (): Promise<number[]> =>
    (await readFile(join(root, 'pids'), 'utf8').catch(() => '')).split('\n').filter(Boolean).map(Number);
  await expect.poll(async () => (await read()).length, SLOW).toBe(count);
  return read();
}
/** Shells of this test that have no command yet. */
async function countWaiting(): Promise<number> {
  const waiting = (await readdir('/proc').catch(() => [])).map(async (pid) => {
    const read = (name: string): Promise<string> =>
      readFile(`/proc/${pid}/${name}`, 'latin1').catch(() => '');
    const [command, environ] = [await read('cmdline'), await read('environ')];
    return (
      command.includes('hullspeed_folder') && environ.includes('shell-waiting') && environ.includes(root)
    );
  });
  return (await Promise.all(waiting)).filter(Boolean).length;
}
const isReady = () => expect.poll(() => existsSync(join(root, 'ready')), SLOW).toBe(true);
const expectGone = (all: number[]) =>
  expect.poll(async () => (await Promise.all(all.map(isRunning))).includes(true), SLOW).toBe(false);

describe('exec_command', () => {
  it('answers with the exit code, the time and both outputs in their order', async () => {
    const result = await exec('echo one; echo two >&2; echo three > /dev/stderr; exit 3');
    expect(result).toMatchObject({ outcome: 'ok', exit: 3 });
    expect(result.output).toMatch(/^Exit code 3 after \d+\.\d s\.\none\ntwo\nthree\n$/);
    expect(result).not.toHaveProperty('session');
    expect(result).not.toHaveProperty('kept');
  });

  it('says only how it ended where nothing was printed', async () => {
    expect((await exec('true')).output).toMatch(/^Exit code 0 after \d+\.\d s\.$/);
  });

  it('names the signal that killed a command', async () => {
    expect((await exec('kill -SEGV $$')).output).toMatch(/^Exit code 139 \(SIGSEGV\) after/);
    const first = await probe('kill -SEGV $$');
    expect(first.output).toMatch(/^Killed by SIGSEGV after/);
    expect(first).not.toHaveProperty('exit');
  });

  it('runs in a shell that waited as in one that is started for it', async () => {
    const looks = `echo "$0 $# $- $SHLVL $PWD [$OLDPWD] $(umask) $BASHOPTS $$ $BASHPID"; trap -p; ulimit -a
      ls /proc/self/fd; [ "$(cut -d ' ' -f 5,6 /proc/$$/stat)" = "$$ $$" ]; echo "its own session: $?"
      grep -E 'Sig(Blk|Ign|Cgt)' /proc/self/status; env | sort`;
    const [first, later] = [await probe(looks), await exec(looks)];
    expect(anyNumbers(printed(later))).toBe(anyNumbers(printed(first)));
    expect(printed(later)).toMatch(/^bash 0 /);
    expect(printed(later)).toContain('its own session: 0\n');
    // Told apart only by who started them.
    const parent = async (result: Promise<ToolResult>) => Number(printed(await result));
    expect(await parent(probe('echo $PPID'))).toBe(process.pid);
    expect(await parent(exec('echo $PPID'))).not.toBe(process.pid);
    expect(printed(await exec('cd /; cd - >/dev/null; pwd', { workdir: '/tmp' }))).toBe('/tmp\n');
    expect(printed(await exec('(exit 3); echo $?; exec echo "$0"'))).toBe('3\nbash\n');
  });

  it('runs in the project with the environment given, plain output and an empty standard input', async () => {
    const result = await exec(
      'pwd -P; echo "$GREETING $TERM $PAGER $GIT_TERMINAL_PROMPT $NO_COLOR $OPENAI_API_KEY[$BASH_ENV]"; cat; ls -l /proc/self/fd/0 | grep -o "/dev/null"',
    );
    expect(printed(result)).toMatch(/hullspeed-commands-.*\nhello dumb cat 0 1 \[\]\n\/dev\/null\n$/);
  });

  it('runs elsewhere where it is told to, and says when that is no folder', async () => {
    expect(printed(await exec('pwd', { workdir: '/' }))).toBe('/\n');
    expect(await exec('pwd', { workdir: 'nowhere' })).toEqual({
      outcome: 'failed',
      output: `The command was not started: there is no folder ${root}/nowhere.`,
    });
  });

  it('hands on raw text while it runs, characters whole', async () => {
    const heard: string[] = [];
    const result = await call(
      'exec_command',
      { cmd: `printf '\\033[31m\\303'; sleep 0.2; printf '\\251\\033[0m'` },
      (newest) => heard.push(newest()),
    );
    expect([heard[0], heard.at(-1)]).toEqual(['\x1b[31m', '\x1b[31mé\x1b[0m']);
    expect(printed(result)).toBe('é');
  });

  it('goes on in the background after its yield time, and its later output is fetched by polling', async () => {
    const result = await exec('echo first; while [ ! -e go ]; do sleep 0.05; done; echo second; exit 4', {
      yield_time_ms: 250,
    });
    expect(result).toMatchObject({ outcome: 'ok', session: 2 });
    expect(result.output).toMatch(/^Still running after \d\.\d s as session 2\.\nfirst\n$/);
    expect(tools.background()).toMatchObject([{ session: 2 }]);
    expect(tools.background()[0]).not.toHaveProperty('ended');
    await writeFile(join(root, 'go'), '');
    const end = await type(2, '', { yield_time_ms: 60_000 });
    expect(end).toMatchObject({ outcome: 'ok', exit: 4 });
    expect(end.output).toMatch(/^Exit code 4 after .*\nsecond\n$/);
    expect(tools.background()).toMatchObject([{ session: 2, exit: 4, ended: expect.any(Number) }]);
    tools.settle();
    expect(tools.background()).toEqual([]);
    expect((await type(2)).output).toBe('There is no session 2. No session runs.');
  });

  it('knows that what a command leaves behind still prints', async () => {
    const result = await exec('(while [ ! -e go ]; do sleep 0.05; done; echo late) & echo started');
    expect(result).toMatchObject({ outcome: 'ok', exit: 0, session: 2 });
    expect(result.output).toBe('Exit code 0; what it started still runs as session 2.\nstarted\n');
    await writeFile(join(root, 'go'), '');
    expect(printed(await type(2, '', { yield_time_ms: 60_000 }))).toBe('late\n');
  });

  it('answers at once where what it leaves behind prints elsewhere', async () => {
    const result = await exec('sleep 600 > /dev/null 2>&1 & echo $! > pids');
    expect(result.output).toMatch(/^Exit code 0 after/);
    const left = await pids(1);
    await tools.close();
    await expectGone(left);
  });

  it('bounds a flood of output in memory and in what is shown', async () => {
    const before = process.memoryUsage().rss;
    const result = await exec('yes 0123456789 | head -c 55000000', {
      max_output_tokens: 100,
      yield_time_ms: 30_000,
    });
    expect(process.memoryUsage().rss - before).toBeLessThan(100e6);
    expect(result.kept).toEqual({ lines: 36, ofLines: 5_000_000, bytes: 396, ofBytes: 55_000_000 });
    expect(result.output).toContain('\n… kept 36 of 5,000,000 lines …\n');
    expect(result.output.length).toBeLessThan(500);
  });

  it('gives at most the tokens that are set, whatever the call asks for', async () => {
    const small = createTools({
      root,
      environment,
      terminal: createTerminal({ environment }),
      outputTokens: 50,
    });
    expect(
      small.parse({ id: 'c', name: 'exec_command', argument: '{"cmd":"ls","max_output_tokens":9999}' }),
    ).toMatchObject({ maxTokens: 50 });
    expect(
      small.parse({ id: 'c', name: 'write_stdin', argument: '{"session_id":1,"max_output_tokens":7}' }),
    ).toMatchObject({ maxTokens: 7 });
    await small.close();
  });

  it('reports a command that the system cannot start', async () => {
    const result = await exec(`echo ${'x'.repeat(3_000_000)}`);
    expect(result).toMatchObject({
      outcome: 'failed',
      output: expect.stringMatching(/^The command was not started: .*E2BIG/),
    });
    expect(printed(await exec('echo fine'))).toBe('fine\n');
  });

  it('refuses the sixty-fifth command and says which run', async () => {
    const calls = Array.from({ length: 64 }, (_, index) =>
      exec(`exec sleep ${700 + index}`, { yield_time_ms: 250 }),
    );
    await Promise.all(calls);
    const result = await exec('echo more');
    expect(result.outcome).toBe('refused');
    expect(result.output).toMatch(
      /^The command was not started: 64 run already\. Stop one with write_stdin.*\n2: exec sleep 7\d\d\n/,
    );
    // However many started at once, two shells wait for the next.
    await expect.poll(countWaiting, SLOW).toBe(process.platform === 'linux' ? 2 : 0);
    await type(2, '\x03', { yield_time_ms: 30_000 });
    expect(printed(await exec('echo more'))).toBe('more\n');
  });
});

describe('write_stdin', () => {
  it('types into a command that has a terminal', async () => {
    const first = await exec('test -t 0 && test -t 1 && echo yes; read -r line; echo "got $line"', {
      tty: true,
      yield_time_ms: 250,
    });
    const end = await type(first.session, 'words\n', { yield_time_ms: 30_000 });
    expect(end).toMatchObject({ exit: 0 });
    expect(printed(first) + printed(end)).toMatch(/yes\n(.*\n)*got words\n$/);
  });

  it('interrupts a terminal command with Ctrl+C', async () => {
    const { session } = await exec(
      'trap "echo caught; exit 5" INT; touch ready; while :; do sleep 0.1; done',
      { tty: true, yield_time_ms: 250 },
    );
    await isReady();
    const end = await type(session, '\x03', { yield_time_ms: 30_000 });
    expect(end).toMatchObject({ exit: 5, output: expect.stringContaining('caught') });
  });

  it('tells that a command without a terminal reads nothing', async () => {
    const { session } = await exec('sleep 600', { yield_time_ms: 250 });
    const result = await type(session, 'words\n');
    expect(result).toEqual({
      outcome: 'failed',
      output:
        'Session 2 has no terminal to type into. Start its command again with tty, or stop it with "\\u0003".',
    });
  });

  it('stops a command without a terminal by Ctrl+C', async () => {
    const { session } = await exec('trap "echo bye; exit 6" TERM; touch ready; while :; do sleep 0.1; done', {
      yield_time_ms: 250,
    });
    await isReady();
    const end = await type(session, '\x03', { yield_time_ms: 30_000 });
    expect(end).toMatchObject({ exit: 6, output: expect.stringContaining('bye') });
  });

  it('kills it when it is stopped a second time', async () => {
    const { session } = await exec('trap "" TERM; touch ready; while :; do sleep 0.1; done', {
      yield_time_ms: 250,
    });
    await isReady();
    expect(await type(session, '\x03')).toMatchObject({ session });
    expect((await type(session, '\x03', { yield_time_ms: 30_000 })).output).toMatch(
      /^Exit code 137 \(SIGKILL\)/,
    );
  });

  it('lists what runs where the number is wrong', async () => {
    await exec('sleep 600\n', { yield_time_ms: 250 });
    expect((await type(9)).output).toBe('There is no session 9. These sessions run:\n2: sleep 600');
  });

  it('is interrupted without harm to its command', async () => {
    const { session } = await exec('sleep 600', { yield_time_ms: 250 });
    const poll = type(session);
    aborter.abort();
    expect(await poll).toMatchObject({
      outcome: 'interrupted',
      session,
      output: expect.stringMatching(/^Interrupted\. Still running after .* as session 2\.$/),
    });
    expect(tools.background()).toMatchObject([{ session }]);
  });
});

describe('an interrupt', () => {
  const escapees = `
    trap '' INT TERM HUP
    echo $$ >> pids
    (trap '' TERM; echo $BASHPID >> pids; while :; do sleep 1; done) &
    setsid bash -c 'echo $$ >> pids; trap "" TERM; while :; do sleep 1; done' &
    setsid env -i PATH="$PATH" bash -c 'echo $$ >> pids; while :; do sleep 1; done' &
    bash -c 'set -m; sleep 600 & echo $! >> pids; wait' &
    nohup setsid sleep 600 > /dev/null 2>&1 & echo $! >> pids
    wait`;

  it.each([false, true])(
    'kills a foreground command with all that it started (terminal: %s)',
    async (tty) => {
      const running = exec(escapees, { tty, yield_time_ms: 30_000 });
      const all = await pids(6);
      const began = performance.now();
      aborter.abort();
      const result = await running;
      // 100 ms are promised; other tests share the machine.
      expect(performance.now() - began).toBeLessThan(1_000);
      expect(result.outcome).toBe('interrupted');
      expect(result.output).toMatch(/^Interrupted after \d+\.\d s: killed with its children\./);
      expect(result).not.toHaveProperty('session');
      await expectGone(all);
      expect(tools.background()).toEqual([]);
    },
  );

  it('keeps what was printed before it', async () => {
    const heard: string[] = [];
    const running = call('exec_command', { cmd: 'echo before; sleep 600' }, (newest) => heard.push(newest()));
    await expect.poll(() => heard.at(-1), SLOW).toBe('before\n');
    aborter.abort();
    expect(printed(await running)).toBe('before\n');
  });

  it('spares commands in the background', async () => {
    await exec('echo $$ >> pids; exec sleep 600', { yield_time_ms: 250 });
    const background = await pids(1);
    const running = exec('sleep 600');
    aborter.abort();
    await running;
    expect(await isRunning(background[0]!)).toBe(true);
    expect(tools.background()).toHaveLength(1);
  });

  it('that came before the call lets nothing run on', async () => {
    aborter.abort();
    expect((await exec('echo $$ >> pids; sleep 600')).outcome).toBe('interrupted');
    expect(tools.background()).toEqual([]);
  });
});

describe('close', () => {
  it('kills what runs, in the background and escaped, and refuses what comes after', async () => {
    await exec(
      'setsid bash -c \'echo $$ >> pids; trap "" TERM HUP; while :; do sleep 1; done\' & echo $$ >> pids; wait',
      { yield_time_ms: 250 },
    );
    await exec('echo $$ >> pids; exec sleep 600', { yield_time_ms: 250, tty: true });
    await exec('setsid sleep 600 >/dev/null 2>&1 & echo $! >> pids');
    const all = await pids(4);
    await tools.close();
    await expectGone(all);
    expect(await exec('true')).toEqual({
      outcome: 'refused',
      output: 'The command was not started: the session is closing.',
    });
    await tools.close();
  });
});
