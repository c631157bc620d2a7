// Every place that keys have, as it looks: a change that can be seen is a change of a file beside this one.
// `vitest run test/frames -u` takes them anew.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { standardKeys } from '../../source/ui/keymap.ts';
import type { FakeEngine } from '../support/engine.ts';
import { openScreen, type TestApp } from '../support/screen.ts';
import { clock, createSession, goOn } from './session.ts';

interface Frame {
  readonly keys?: readonly string[];
  readonly type?: string;
  readonly last?: readonly string[];
  readonly meanwhile?: (engine: FakeEngine) => void;
}

const PATIENCE_MS = 3_000;

const program = (engine: FakeEngine): void => {
  engine.printOwn({ start: 'npm start' });
  engine.printOwn({ text: '\x1b[44;37m 漢字 \x1b[0m 👍🏽 ready\r\n\x1b[3;5Hhere \x1b[31mred\x1b[0m\r\n$ ' });
};

/** By place, so that a new one is missed here. */
const frames: Readonly<Record<string, Frame>> = {
  everywhere: {},
  composer: { type: `a draft of 漢字, 👩‍👩‍👧‍👦 and ⚠️ ${'that wraps '.repeat(20)}`, last: ['alt+enter', 'k'] },
  completion: { type: '/' },
  recall: { keys: ['ctrl+r'], type: 'slug' },
  queue: { keys: ['alt+q'] },
  pane: { keys: ['alt+1', 'alt+z', 'home'] },
  conversation: { keys: ['alt+1', 'k', 'k'] },
  'conversation while it streams': { keys: ['alt+1'], meanwhile: goOn },
  tests: { keys: ['alt+2'] },
  run: { keys: ['alt+4'], meanwhile: program },
  program: { keys: ['alt+4', 'i'], meanwhile: program },
  commits: { keys: ['alt+3'] },
  pager: { keys: ['alt+1', 'k', 'k', 'k', 'o'] },
  background: { keys: ['alt+5'] },
  output: { keys: ['alt+5', 'enter'] },
  diff: { keys: ['alt+3', 'enter'] },
  search: { keys: ['alt+1', '/'], type: 'emoji' },
  'search commits': { keys: ['alt+3', '/'], type: 'slug' },
  found: { keys: ['alt+1', '/'], type: 'emoji', last: ['enter'] },
  pace: { keys: ['alt+p'], meanwhile: goOn },
  help: { keys: ['f1'] },
};

const sizes = [
  [120, 40],
  [80, 24],
  [45, 15],
  [40, 12],
] as const;

test('there is a frame of every place', () => {
  const places = standardKeys.map(({ where }) => where);
  // What is read has a frame for each kind of it, and what is looked up where it is typed.
  const elsewhere = ['reading', 'query'];
  expect(places.filter((where) => !elsewhere.includes(where) && !(where in frames))).toEqual([]);
});

describe.each(sizes)('at %dx%d', (columns, rows) => {
  test.each(Object.entries(frames))('%s', async (name, frame) => {
    const app = await open(columns, rows, frame);
    const file = `${columns}x${rows}/${name.replaceAll(' ', '-')}.txt`;
    const read = (): string => `${app.rows().join('\n')}\n`;
    await becomes(read, file);
    await expect(read()).toMatchFileSnapshot(`./${file}`);
    if (columns === 120)
      await expect(styled(app)).toMatchFileSnapshot(`./styles/${name.replaceAll(' ', '-')}.txt`);
    app.hangUp();
    await app.over;
  });
});

async function open(columns: number, rows: number, frame: Frame): Promise<TestApp> {
  const engine = createSession();
  const app = await openScreen({ columns, rows, engine, clock, environment: { TERM: 'xterm-256color' } });
  await app.rests();
  frame.meanwhile?.(engine);
  app.press(...(frame.keys ?? []));
  if (frame.keys !== undefined) await app.rests();
  if (frame.type !== undefined) app.type(frame.type);
  app.press(...(frame.last ?? []));
  await app.rests();
  return app;
}

/** A busy machine is slower than a rest is long. */
async function becomes(read: () => string, file: string): Promise<void> {
  const path = join(import.meta.dirname, file);
  const wanted = existsSync(path) ? readFileSync(path, 'utf8') : read();
  for (const until = performance.now() + PATIENCE_MS; read() !== wanted && performance.now() < until; )
    await new Promise((resolve) => setTimeout(resolve, 20));
}

/** Each row with its colours: `{2:bold}` before what is drawn so, `{}` where it is plain again. */
function styled({ terminal }: TestApp): string {
  const { active } = terminal.buffer;
  return Array.from({ length: terminal.rows }, (_, row) => {
    const line = active.getLine(active.baseY + row);
    let text = '';
    let style = '';
    for (let column = 0; column < terminal.cols; column += 1) {
      const cell = line?.getCell(column);
      if (cell === undefined || cell.getWidth() === 0) continue;
      const flags = [
        cell.isFgDefault() ? '' : `fg${cell.getFgColor()}`,
        cell.isBgDefault() ? '' : `bg${cell.getBgColor()}`,
        cell.isBold() ? 'bold' : '',
        cell.isDim() ? 'dim' : '',
        cell.isItalic() ? 'italic' : '',
        cell.isUnderline() ? 'underlined' : '',
        cell.isInverse() ? 'inverse' : '',
      ];
      const now = flags.filter((flag) => flag !== '').join(' ');
      if (now !== style) text += `{${now}}`;
      style = now;
      text += cell.getChars() || ' ';
    }
    return `${text.trimEnd()}\n`;
  }).join('');
}
