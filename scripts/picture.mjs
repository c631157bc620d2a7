// `npm run picture`: plays the demo in a real terminal and draws its last screen into docs/pictures/screen.svg.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import headless from '@xterm/headless';
import { spawn } from 'node-pty';
import { demoPrompts } from '../source/demo/demo.ts';
import { drawScreen } from './draw-screen.ts';

const root = join(import.meta.dirname, '..');
const file = join(root, 'docs/pictures/screen.svg');
const size = { cols: 120, rows: 34 };
const PATIENCE_MS = 60_000;
/** What somebody hears who does not see the picture. */
const caption =
  'hullspeed after three turns of its demo: the conversation with a patch, the green tests, and a commit for each turn';

const home = await mkdtemp(join(tmpdir(), 'hullspeed-picture-'));
try {
  const svg = drawScreen(await playDemo(home), caption);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, svg);
  console.log(`${file}: ${Math.ceil(svg.length / 1_000)} kB`);
} finally {
  await rm(home, { recursive: true, force: true });
}

/** The terminal as it stands when three turns are shipped and the fourth prompt is typed. All its files are in `home`. */
async function playDemo(home) {
  const terminal = new headless.Terminal({ ...size, allowProposedApi: true });
  const pty = spawn(process.execPath, [join(root, 'bin/hullspeed.cjs'), 'demo'], {
    ...size,
    name: 'xterm-256color',
    cwd: home,
    env: { PATH: process.env.PATH, HOME: home, TMPDIR: home, LANG: 'C.UTF-8', COLORTERM: 'truecolor' },
  });
  const ended = new Promise((resolve) => pty.onExit(resolve));
  // Leaving would take away what is to be drawn.
  let leaving = false;
  pty.onData((data) => leaving || terminal.write(data));
  const stands = (text) => screenText(terminal).includes(text);
  const shows = async (text) => stands(text) || waitFor(terminal.onWriteParsed, () => stands(text), text);
  const titled = (word) =>
    waitFor(terminal.onTitleChange, (title) => title.startsWith(word), `title ${word}`);
  try {
    for (const prompt of demoPrompts.slice(0, 3)) {
      await shows(`› ${prompt}`);
      const thinking = titled('thinking');
      const shipped = thinking.then(() => titled('shipped'));
      pty.write('\r');
      await shipped;
    }
    await shows(`› ${demoPrompts[3]}`);
    await shows('◆');
  } finally {
    leaving = true;
    // Ctrl+C clears the draft, Ctrl+D on an empty composer quits.
    pty.write('\x03\x04');
    await ended;
  }
  return terminal;
}

/** The next event of which something holds; `what` is for the error. */
function waitFor(event, holds, what) {
  return new Promise((resolve, reject) => {
    const giveUp = setTimeout(() => reject(new Error(`waited ${PATIENCE_MS} ms for ${what}`)), PATIENCE_MS);
    const listener = event((value) => {
      if (!holds(value)) return;
      clearTimeout(giveUp);
      listener.dispose();
      resolve();
    });
  });
}

function screenText({ buffer, rows }) {
  const lines = Array.from({ length: rows }, (_, row) => buffer.active.getLine(row)?.translateToString(true));
  return lines.join('\n');
}
