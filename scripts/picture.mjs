// `npm run picture`: plays the demo in a real terminal and draws its last screen into docs/pictures/screen.svg.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import headless from '@xterm/headless';
import { spawn } from 'node-pty';
import { demoPrompts } from '../source/demo/demo.ts';
import { drawScreen } from './draw-screen.mjs';

const root = join(import.meta.dirname, '..');
const picture = join(root, 'docs/pictures/screen.svg');
const size = { cols: 112, rows: 34 };
/** A test that is written first, its mend, a decision; the last prompt is typed and not sent. */
const [, bug, refinement, draft] = demoPrompts;
const title = 'hullspeed after two turns: the conversation with a patch, the green tests, and the commits';
const PATIENCE_MS = 60_000;

const home = await mkdtemp(join(tmpdir(), 'hullspeed-picture-'));
try {
  const svg = await play(home);
  await mkdir(dirname(picture), { recursive: true });
  await writeFile(picture, svg);
  console.log(`${picture}: ${Math.ceil(svg.length / 1_000)} kB`);
} finally {
  await rm(home, { recursive: true, force: true });
}

/** Everything that the demo writes lies in `home`. */
async function play(home) {
  const env = { PATH: process.env.PATH, HOME: home, TMPDIR: home, LANG: 'C.UTF-8' };
  const terminal = new headless.Terminal({ ...size, allowProposedApi: true });
  const pty = spawn(process.execPath, [join(root, 'bin/hullspeed.cjs'), 'demo'], {
    ...size,
    name: 'xterm-256color',
    cwd: home,
    env: { ...env, COLORTERM: 'truecolor' },
  });
  const ended = new Promise((resolve) => pty.onExit(resolve));
  pty.onData((data) => terminal.write(data));
  terminal.onData((answer) => pty.write(answer));
  try {
    await until(terminal.onWriteParsed, () => text(terminal).includes('F1') || text(terminal).includes('Enter'));
    pty.write('\x03');
    for (const prompt of [bug, refinement]) {
      const worked = titled(terminal, 'thinking');
      pty.write(paste(prompt));
      pty.write('\r');
      await worked;
      await titled(terminal, 'shipped');
    }
    const typed = until(terminal.onWriteParsed, () => [draft, '◆'].every((part) => text(terminal).includes(part)));
    pty.write(paste(draft));
    await typed;
    return drawScreen(terminal, title);
  } finally {
    // Ctrl+C clears the draft, Ctrl+D on an empty composer quits.
    pty.write('\x03');
    pty.write('\x04');
    await ended;
  }
}
