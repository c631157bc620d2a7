// Commands in real pseudo-terminals: all of their output, their exit code, and their end with all children.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StringDecoder } from 'node:string_decoder';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TerminalSpec } from '../../../source/engine/ports.ts';
import { findTree } from '../../../source/processes/process-tree.ts';
import { createTerminal } from '../../../source/services/pty.ts';

const environment = { PATH: process.env.PATH ?? '', HOME: tmpdir(), TMUX: 'outer', TMUX_PANE: '%1' };
const terminal = createTerminal({ environment });
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hullspeed-pty-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function start(command: string, more: Partial<TerminalSpec> = {}) {
  const decoder = new StringDecoder();
  const output = { text: '' };
  const onData = (bytes: Uint8Array): void => {
    output.text += decoder.write(Buffer.from(bytes));
  };
  const run = await terminal.start({ command, cwd: folder, columns: 80, rows: 24, onData, ...more });
  return { run, output };
}

/** Waits for a line that a command prints when it is ready. */
const shows = (output: { text: string }, text: string) =>
  expect.poll(() => output.text, { timeout: 20_000 }).toContain(text);

const markerIn = (text: string): string => `HULLSPEED_RUN=${/\[(.+)\]/.exec(text)?.[1]}`;

test('all output comes before the end, and the exit code with it', async () => {
  const { run, output } = await start('for i in $(seq 1 20000); do echo line $i; done; exit 7');
  expect(await run.exit).toEqual({ code: 7 });
  const lines = output.text.trimEnd().split('\r\n');
  expect([lines.length, lines.at(-1)]).toEqual([20_000, 'line 20000']);
});

test('what is printed comes byte for byte, characters cut in two and what is no UTF-8 included', async () => {
  await writeFile(
    join(folder, 'bytes'),
    Buffer.concat([Buffer.from('x✓é𝄞'.repeat(20_000)), Buffer.of(0xff, 0xc3)]),
  );
  const pieces: Buffer[] = [];
  const { run } = await start('cat bytes; stty -a', { onData: (bytes) => pieces.push(Buffer.from(bytes)) });
  await run.exit;
  const printed = Buffer.concat(pieces);
  const bytes = await readFile(join(folder, 'bytes'));
  expect(pieces.length).toBeGreaterThan(10);
  expect(printed.subarray(0, bytes.length).equals(bytes)).toBe(true);
  // What is typed is told to be UTF-8: backspace takes a whole character.
  expect(printed.subarray(bytes.length).toString()).toContain(' iutf8');
});

test('nothing is lost while the reader is busy at the end', async () => {
  for (let round = 0; round < 5; round += 1) {
    const { run, output } = await start('head -c 50000 /dev/zero | tr "\\0" x');
    const until = performance.now() + 400;
    while (performance.now() < until);
    expect(await run.exit).toEqual({ code: 0 });
    expect(output.text.length).toBe(50_000);
  }
});

test('keys typed ahead do not delay or change the end', async () => {
  const { run, output } = await start('echo ready; head -n 1 >/dev/null; exit 3');
  await shows(output, 'ready');
  run.write('answer\rstray keys');
  expect(await run.exit).toEqual({ code: 3 });
});

test('a command has a terminal of the given size, also after a resize', async () => {
  const { run, output } = await start('test -t 0 && stty size; read -r; stty size', {
    columns: 91,
    rows: 17,
  });
  await shows(output, '17 91');
  run.resize(40, 0);
  run.write('\r');
  await run.exit;
  expect(output.text).toContain('1 40');
});

test('a command knows nothing of an outer tmux and everything of its own terminal', async () => {
  const { run, output } = await start('echo "[$TMUX$TMUX_PANE] $TERM $COLORTERM $EXTRA"', {
    env: { EXTRA: 'more' },
  });
  await run.exit;
  expect(output.text).toBe('[] xterm-256color truecolor more\r\n');
});

test('a command that gives way to others does so with its children, from its first moment', async () => {
  const nice = await start('nice; sh -c nice', { nice: 5 });
  await nice.run.exit;
  expect(nice.output.text).toBe('5\r\n5\r\n');
});

test('a command that is not there ends with 127', async () => {
  const { run } = await start('no-such-command-anywhere');
  expect(await run.exit).toEqual({ code: 127 });
});

test('stopping kills children that ignore signals or left the session, and the code is null', async () => {
  await writeFile(
    join(folder, 'stubborn.sh'),
    'trap "" INT TERM HUP\necho >> ready\nsleep 1000 & wait; sleep 1000\n',
  );
  const strays = 'bash stubborn.sh & setsid bash stubborn.sh & (set -m; bash stubborn.sh &) ';
  const { run, output } = await start(
    `${strays}; while [ $(cat ready 2>/dev/null | wc -l) -lt 3 ]; do sleep 0.05; done; echo "[$HULLSPEED_RUN]"; wait`,
  );
  await shows(output, ']');
  const marker = markerIn(output.text);
  expect(findTree({ marker }).length).toBeGreaterThan(6);
  await run.stop();
  expect((await run.exit).code).toBeNull();
  expect(findTree({ marker })).toEqual([]);
});

test('stopping after the end takes away what a command left behind', async () => {
  // It must have left the session before the shell ends: a terminal's end takes its foreground group with it.
  const stray = "setsid bash -c 'echo >> left; sleep 1000; :' &";
  const { run, output } = await start(
    `${stray} until [ -e left ]; do sleep 0.05; done; echo "[$HULLSPEED_RUN]"`,
  );
  expect(await run.exit).toEqual({ code: 0 });
  const marker = markerIn(output.text);
  expect(findTree({ marker })).not.toEqual([]);
  await run.stop();
  expect(findTree({ marker })).toEqual([]);
});

test('a program that asks to be interrupted gently may finish its words', async () => {
  const { run, output } = await start(
    'trap "echo bye; exit 9" INT; echo ready; while true; do sleep 0.01; done',
  );
  await shows(output, 'ready');
  await Promise.all([run.stop(), run.stop()]);
  expect((await run.exit).code).toBeNull();
  expect(output.text).toContain('bye');
});

test('resizing while it ends does nothing either', async () => {
  for (let round = 0; round < 5; round += 1) {
    const { run } = await start('sleep 1000');
    const over = run.stop();
    let ended = false;
    void over.then(() => {
      ended = true;
    });
    while (!ended) {
      run.resize(10 + round, 10);
      await new Promise((resolve) => void setImmediate(resolve));
    }
  }
});

test('writing and resizing after the end do nothing', async () => {
  const { run } = await start('true');
  await run.exit;
  await run.stop();
  run.write('x');
  run.resize(10, 10);
});
