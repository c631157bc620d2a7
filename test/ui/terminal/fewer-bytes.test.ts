// The same screen in fewer bytes.
import headless from '@xterm/headless';
import { expect, test } from 'vitest';
import { withFewerBytes } from '../../../source/ui/terminal/fewer-bytes.ts';

const BEFORE = Array.from({ length: 12 }, (_, row) => `row ${row} ${'x'.repeat(30)}`).join('\r\n');

/** Each cell and the cursor after a frame over full rows. */
async function screenAfter(frame: string): Promise<unknown> {
  const terminal = new headless.Terminal({ cols: 40, rows: 12, allowProposedApi: true, logLevel: 'off' });
  await new Promise<void>((resolve) => terminal.write(`${BEFORE}\x1b[H${frame}`, resolve));
  const { active } = terminal.buffer;
  const cells = Array.from({ length: 12 * 40 }, (_, at) => {
    const cell = active.getLine(Math.floor(at / 40))?.getCell(at % 40);
    return `${cell?.getChars() || ' '}${cell?.getFgColor()} ${cell?.getBgColor()} ${cell?.isBold()} ${cell?.isUnderline()}`;
  });
  return { cells, cursor: [active.cursorX, active.cursorY] };
}

test.each([
  [
    'a line that grew beside another pane',
    '\x1b[E\x1b[E\x1b[E\x1b[5G\x1b[Kmore          \x1b[38;5;240m│\x1b[39m\r\n\x1b[E\x1b[E\x1b[1A',
    12,
  ],
  ['blanks under a style', '\x1b[1G\x1b[Ka\x1b[44m          \x1b[49m          b', 5],
  ['blanks that are underlined', '\x1b[1G\x1b[K\x1b[4m        \x1b[24mb', 0],
  ['blanks on a line that was not erased', 'a          b\r\n          c', 0],
  ['blanks behind the end of an erased line', '\x1b[Ka\r\n          c', 0],
  ['a style that was open before', '\x1b[1G\x1b[K\x1b[1m\x1b[22m          b', 5],
])('%s', async (_what, frame, saved) => {
  const shorter = withFewerBytes(frame);
  expect(await screenAfter(shorter)).toEqual(await screenAfter(frame));
  expect(frame.length - shorter.length).toBe(saved);
});
