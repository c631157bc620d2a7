import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createDesk } from '../../source/services/desk.ts';
import { editorCommand } from '../../source/services/editor-command.ts';

describe('the editor', () => {
  test.each([
    ['vim', {}, ['vim', '+7', '/r/a b.ts'], false],
    ['nvim --clean', {}, ['nvim', '--clean', '+7', '/r/a b.ts'], false],
    ['code --wait', {}, ['code', '--wait', '-g', '/r/a b.ts:7'], true],
    ['"/opt/my editor/zed"', {}, ['/opt/my editor/zed', '/r/a b.ts:7'], true],
    ['hx', {}, ['hx', '/r/a b.ts:7'], false],
    [
      'vim',
      { configured: "tmux send-keys -t ed ':e +{line} {file}' Enter" },
      ['tmux', 'send-keys', '-t', 'ed', ':e +7 /r/a b.ts', 'Enter'],
      true,
    ],
    ['vim', { configured: 'mine -x' }, ['mine', '-x', '/r/a b.ts'], true],
  ])('%s %o is started as %o', (EDITOR, more, argv, window) => {
    expect(editorCommand({ environment: { EDITOR }, path: '/r/a b.ts', line: 7, ...more })).toEqual({
      argv,
      window,
    });
  });

  test('VISUAL goes before EDITOR, and none is none', () => {
    expect(editorCommand({ environment: { VISUAL: 'nano', EDITOR: 'vi' }, path: 'a' })?.argv).toEqual([
      'nano',
      'a',
    ]);
    expect(editorCommand({ environment: {}, path: 'a' })).toBeNull();
  });
});

describe('the clipboard', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'hullspeed-desk-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const program = (name: string, script: string): void => {
    writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(folder, name), 0o755);
  };
  const desk = (more: Record<string, string>): ReturnType<typeof createDesk> =>
    createDesk({ root: folder, environment: { PATH: `${folder}:${process.env.PATH}`, ...more } });

  test('is reached by the first program that takes the text, and by none where none does', async () => {
    program('wl-copy', 'exit 1');
    program('xclip', `cat > ${folder}/taken`);
    expect(await desk({ WAYLAND_DISPLAY: 'w', DISPLAY: ':0' }).copy('some text')).toBe('clipboard');
    expect(readFileSync(join(folder, 'taken'), 'utf8')).toBe('some text');
    expect(await desk({ WAYLAND_DISPLAY: 'w' }).copy('some text')).toBeNull();
    expect(await desk({}).copy('some text')).toBeNull();
  });

  test('in tmux is its buffer', async () => {
    program('tmux', `cat > ${folder}/buffer`);
    expect(await desk({ TMUX: '/tmp/x,1,0' }).copy('to tmux')).toBe('tmux buffer');
    expect(readFileSync(join(folder, 'buffer'), 'utf8')).toBe('to tmux');
  });
});

test('an editor that cannot be started is said', async () => {
  const desk = createDesk({ root: tmpdir(), environment: { PATH: process.env.PATH ?? '' } });
  expect(await desk.open(['no-such-editor'])).toBe(false);
  expect(await desk.open(['true'])).toBe(true);
  expect(await desk.run(['no-such-editor'])).toBe(false);
  expect(await desk.run(['false'])).toBe(true);
});
