// The built demo in a real terminal, with an emulator as the eye: keys go in, and what it shows can be waited for.
import { join } from 'node:path';
import headless from '@xterm/headless';
import { spawn } from 'node-pty';

/** Of a turn with its tests on a machine that does other things too. */
const PATIENCE_MS = 240_000;
/** A screen on which nothing was drawn for so long is finished. */
const REST_MS = 800;

/** All its files are in `home`. */
export function openDemo(root, home, size) {
  const terminal = new headless.Terminal({ ...size, allowProposedApi: true });
  const pty = spawn(process.execPath, [join(root, 'bin/hullspeed.cjs'), 'demo'], {
    ...size,
    name: 'xterm-256color',
    cwd: home,
    env: { PATH: process.env.PATH, HOME: home, TMPDIR: home, LANG: 'C.UTF-8', COLORTERM: 'truecolor' },
  });
  const ended = new Promise((resolve) => pty.onExit(resolve));
  let drawn = performance.now();
  let leaving = false;
  let cursor = true;
  pty.onData((data) => {
    drawn = performance.now();
    // The emulator does not say whether it is hidden.
    const last = data.lastIndexOf('\x1b[?25');
    if (last >= 0) cursor = data[last + 5] === 'h';
    // Leaving would take away what is to be drawn.
    if (!leaving) terminal.write(data);
  });
  let title = '';
  terminal.onTitleChange((next) => {
    title = next;
  });
  const rows = () => {
    const { active } = terminal.buffer;
    return Array.from(
      { length: terminal.rows },
      (_, row) => active.getLine(row)?.translateToString(true) ?? '',
    );
  };
  const until = async (holds, what) => {
    const giveUp = performance.now() + PATIENCE_MS;
    while (!holds()) {
      if (performance.now() > giveUp)
        throw new Error(`waited for ${what}; the screen:\n${rows().join('\n')}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  };
  return {
    terminal,
    type: (keys) => pty.write(keys),
    /** A text anywhere, or a pattern for a whole row. */
    shows: (wanted) =>
      until(
        () => rows().some((row) => (typeof wanted === 'string' ? row.includes(wanted) : wanted.test(row))),
        `${wanted} on the screen`,
      ),
    /** Until the first character has another colour than before. */
    async recolours(work) {
      const colour = () => terminal.buffer.active.getLine(0)?.getCell(0)?.getFgColor();
      const before = colour();
      work();
      await until(() => colour() !== before, 'another theme');
    },
    titled: (word) => until(() => title.includes(word), `${word} in the title`),
    rests: () => until(() => performance.now() - drawn > REST_MS, 'the screen to rest'),
    /** Whether the terminal shows one. */
    hasCursor: () => cursor,
    resize: (cols, rows) => {
      drawn = performance.now();
      terminal.resize(cols, rows);
      pty.resize(cols, rows);
    },
    /** What the terminal would answer when it is asked for its background. */
    answerBackground: (colour) => {
      drawn = performance.now();
      pty.write(`\x1b]11;rgb:${colour}/${colour}/${colour}\x1b\\`);
    },
    /** Ctrl+C clears the draft, Ctrl+D on an empty composer quits. */
    async close() {
      leaving = true;
      pty.write('\x1b[27u\x1b[27u\x03\x04');
      const late = setTimeout(() => pty.kill('SIGTERM'), 5_000);
      await ended;
      clearTimeout(late);
    },
  };
}
