// `npm run picture`: plays the demo in a real terminal and draws its screens into docs/pictures/.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demoPrompts } from '../source/demo/demo.ts';
import { openDemo } from './demo-terminal.mjs';
import { drawScreen } from './draw-screen.ts';

const root = join(import.meta.dirname, '..');
const folder = join(root, 'docs/pictures');
const wide = { cols: 120, rows: 34 };
const back = '\x1b[27u';

const home = await mkdtemp(join(tmpdir(), 'hullspeed-picture-'));
const demo = openDemo(root, home, wide);
try {
  await mkdir(folder, { recursive: true });
  await play();
} finally {
  await demo.close();
  await rm(home, { recursive: true, force: true });
}

/** Three turns, and what can be seen on the way. */
async function play() {
  await turn(0);
  await begin(1);
  await demo.shows('✕');
  await demo.shows('12:60');
  await draw(
    'red',
    'the second turn of the demo while its test is red: the failure with its place on the right',
  );
  await end();
  await turn(2);
  await demo.shows(start(demoPrompts[3]));
  await demo.shows('◆');
  await draw(
    'screen',
    'hullspeed after three turns of its demo: the conversation with a patch, the green tests, and a commit for each turn',
  );

  demo.type('\x1bOP');
  await demo.shows('KEYS');
  await draw('help', 'the help: every key with what it does, those of this place first');
  demo.type(`${back}\x1b3`);
  await demo.shows('▸COMMITS');
  demo.type('j\r');
  await demo.shows('source/clock.js');
  await draw(
    'diff',
    'a commit that is read: its message, its decisions, and the changed words of each line marked',
  );
  demo.type(`${back}${back}`);
  await demo.shows(/^CONVERSATION .*│/);

  demo.resize(80, 24);
  await demo.shows(/^TESTS/);
  await draw('medium', 'the same at 80x24: the conversation over two strips, tests and commits');
  demo.resize(45, 18);
  await demo.shows(/^[A-Z]+ .*│ tests/);
  await draw('narrow', 'the same at 45x18: one pane, and a line that says what the others are up to');
  demo.resize(wide.cols, wide.rows);
  await demo.shows('├');
  await demo.recolours(() => demo.answerBackground('ffff'));
  await draw('light', 'the same on a light background', 'light');
}

async function turn(nth) {
  await begin(nth);
  await end();
}

async function begin(nth) {
  await demo.shows(start(demoPrompts[nth]));
  demo.type('\r');
  await demo.titled('thinking');
}

async function end() {
  await demo.titled('shipped');
}

/** As much of a prompt as fits on a row. */
function start(prompt) {
  return `› ${prompt.slice(0, 30)}`;
}

/** `caption`: what somebody hears who does not see the picture. */
async function draw(name, caption, ground = 'dark') {
  if (name !== 'red') await demo.rests();
  const svg = drawScreen(demo.terminal, { caption, ground, cursor: demo.hasCursor() });
  await writeFile(join(folder, `${name}.svg`), svg);
  console.log(`docs/pictures/${name}.svg: ${Math.ceil(svg.length / 1_000)} kB`);
}
