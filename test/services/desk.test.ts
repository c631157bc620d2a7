import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { clipboardImage } from '../../source/services/clipboard-image.ts';
import { createDesk } from '../../source/services/desk.ts';
import { editorCommand } from '../../source/services/editor-command.ts';
import { paneCommand } from '../../source/services/editor-pane.ts';

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
    ['code', { configured: 'nvim +{line} {file}' }, ['nvim', '+7', '/r/a b.ts'], false],
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

describe('the editor in a pane of tmux', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hullspeed-pane-'));
  const socket = `hullspeed-${process.pid}`;
  const tmux = (...args: string[]): string =>
    execFileSync('tmux', ['-L', socket, ...args], { encoding: 'utf8' });
  const environment = (): Record<string, string> => ({
    PATH: process.env.PATH ?? '',
    // As a program in that server would have it.
    TMUX: `${tmux('display-message', '-p', '#{socket_path}').trim()},0,0`,
  });
  afterEach(() => spawnSync('tmux', ['-L', socket, 'kill-server']));
  afterAll(() => rmSync(folder, { recursive: true }));

  test.skipIf(spawnSync('vim', ['--version']).error !== undefined)(
    'opens the very file, whatever it is called',
    async () => {
      const names = ['plain.txt', "a b'c.txt", '%#$(x) "q";', 'pipe|!<x>.txt'];
      for (const name of names) writeFileSync(join(folder, name), 'one\ntwo\nthree\nlast\n');
      tmux(
        '-f',
        '/dev/null',
        'new-session',
        '-d',
        '-x',
        '100',
        '-y',
        '20',
        'vim',
        '-Nu',
        'NONE',
        '-n',
        '+set laststatus=2 statusline=%F:%l',
      );
      await expect
        .poll(() => tmux('display-message', '-p', '#{pane_current_command}').trim())
        .toMatch(/^vim?/);
      for (const name of names) {
        // From the middle of typing.
        tmux('send-keys', '-t', '0', ':bw!', 'Enter', 'i', 'typed', 'C-u');
        const desk = createDesk({ root: folder, environment: environment(), editorPane: '0' });
        const command = await desk.editor(join(folder, name), 3);
        if (command === null || 'failed' in command) throw new Error(JSON.stringify(command));
        tmux('send-keys', '-t', '0', 'C-\\', 'C-n', ':enew!', 'Enter');
        expect(await desk.open(command.argv)).toBe(true);
        await expect
          .poll(() => tmux('capture-pane', '-p', '-t', '0'), { timeout: 5_000 })
          .toContain(`${name}:3`);
      }
    },
  );

  test('says why it cannot', async () => {
    tmux('-f', '/dev/null', 'new-session', '-d', '-x', '80', '-y', '24', 'cat');
    await expect.poll(() => tmux('display-message', '-p', '#{pane_current_command}').trim()).toBe('cat');
    const opened = (editorPane: string) =>
      createDesk({ root: folder, environment: environment(), editorPane }).editor('/a');
    expect(await opened('0')).toEqual({
      failed: 'pane 0 runs "cat"; it has to be vim, neovim, helix or kakoune',
    });
    expect(await opened('none:9')).toEqual({
      failed: 'tmux has no pane none:9: see editor.tmux_pane in your config',
    });
    expect(paneCommand({ pane: '0', path: '/a\nb' }, 'vim')).toEqual({
      failed: 'the name of the file has control characters',
    });
  });

  test('stays the pane that was named by its place, which changes when the pane becomes the active one', async () => {
    const vim = join(folder, 'vim');
    symlinkSync(process.execPath, vim);
    tmux('-f', '/dev/null', 'new-session', '-d', vim, '-i');
    const right = tmux('split-window', '-dhPF', '#{pane_id}', vim, '-i').trim();
    const program = (): string => tmux('display-message', '-pt', right, '#{pane_current_command}').trim();
    await expect.poll(program).toBe('vim');
    const desk = createDesk({ root: folder, environment: environment(), editorPane: '{right-of}' });
    const command = await desk.editor('/a', 3);
    if (command === null || 'failed' in command) throw new Error(JSON.stringify(command));
    const targets = command.argv.filter((_, at) => command.argv[at - 1] === '-t');
    expect(new Set(targets)).toEqual(new Set([right]));
  });

  test('helix and kakoune get their own words, after Escape', () => {
    const sent = (path: string, program: string): string[] => {
      const command = paneCommand({ pane: '%3', path, line: 7 }, program);
      return 'failed' in command ? [] : command.argv.filter((word) => word.startsWith(':'));
    };
    expect(sent('/r/a.ts', 'hx')).toEqual([':open /r/a.ts:7']);
    expect(sent("/r/a 'b.ts", 'hx')).toEqual([":open '/r/a ''b.ts:7'"]);
    expect(sent('/r/a b.ts', 'kak')).toEqual([":edit -- '/r/a b.ts' 7"]);
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

  const copied = async (environment: Record<string, string>, text = 'some text') => {
    const sent: string[] = [];
    return { route: await desk(environment).copy(text, (sequence) => sent.push(sequence)), sent };
  };
  const offered = '\x1b]52;c;c29tZSB0ZXh0\x07';

  test('is reached by the first program that takes the text, and then nobody else is told', async () => {
    program('wl-copy', 'exit 1');
    program('xclip', `cat > ${folder}/taken`);
    expect(await copied({ WAYLAND_DISPLAY: 'w', DISPLAY: ':0' })).toEqual({
      route: { copied: 'clipboard' },
      sent: [],
    });
    expect(readFileSync(join(folder, 'taken'), 'utf8')).toBe('some text');
  });

  test('where no program takes it, is offered to the terminal, which is not called copied', async () => {
    program('wl-copy', 'exit 1');
    const route = { offered: 'the terminal (OSC 52)' };
    expect(await copied({ WAYLAND_DISPLAY: 'w' })).toEqual({ route, sent: [offered] });
    expect(await copied({})).toEqual({ route, sent: [offered] });
    expect(await copied({}, 'x'.repeat(60_000))).toEqual({
      route: { failed: 'no clipboard program works here, and it is too long for the terminal' },
      sent: [],
    });
  });

  test('over ssh is not that of the machine at the other end', async () => {
    program('wl-copy', 'cat > /dev/null');
    expect(await copied({ WAYLAND_DISPLAY: 'w', SSH_CONNECTION: 'a 1 b 2' })).toEqual({
      route: { offered: 'the terminal (OSC 52)' },
      sent: [offered],
    });
  });

  test('in tmux is its buffer, and the terminal is told through tmux, whatever its version', async () => {
    const passed = `\x1bPtmux;\x1b${offered}\x1b\\`;
    const expected = { route: { copied: 'tmux buffer' }, sent: [offered + passed] };
    program('tmux', `cat > ${folder}/buffer`);
    expect(await copied({ TMUX: '/tmp/x,1,0' })).toEqual(expected);
    expect(readFileSync(join(folder, 'buffer'), 'utf8')).toBe('some text');
    program('tmux', `[ "$2" = - ] && cat > ${folder}/old`);
    expect(await copied({ TMUX: '/tmp/x,1,0' })).toEqual(expected);
    expect(readFileSync(join(folder, 'old'), 'utf8')).toBe('some text');
  });
});

describe('the image in the clipboard', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'hullspeed-desk-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const program = (name: string, script: string): void => {
    writeFileSync(join(folder, name), `#!/bin/sh\necho "${name} $*" >> ${folder}/asked\n${script}\n`);
    chmodSync(join(folder, name), 0o755);
  };
  const asked = (): string[] => readFileSync(join(folder, 'asked'), 'utf8').trim().split('\n');
  const ask = (more: Record<string, string>, platform: NodeJS.Platform = 'linux') =>
    clipboardImage({ PATH: `${folder}:/usr/bin:/bin`, ...more }, platform);

  test('is asked of Wayland, then of X11, as each kind of image', async () => {
    program('wl-paste', 'exit 1');
    program('xclip', 'case "$*" in *jpeg*) printf bytes;; *) exit 1;; esac');
    expect(await ask({ WAYLAND_DISPLAY: 'w', DISPLAY: ':0' })).toEqual({ bytes: Buffer.from('bytes') });
    expect(asked()).toEqual([
      'wl-paste --no-newline --type image/png',
      'xclip -selection clipboard -t image/png -o',
      'wl-paste --no-newline --type image/jpeg',
      'xclip -selection clipboard -t image/jpeg -o',
    ]);
  });

  test('is asked of pngpaste on macOS, else of AppleScript, which prints it as hex', async () => {
    program('osascript', "printf '«data PNGf89504E47»\\n'");
    expect(await ask({}, 'darwin')).toEqual({ bytes: Buffer.from('89504e47', 'hex') });
    program('pngpaste', 'printf png');
    expect(await ask({}, 'darwin')).toEqual({ bytes: Buffer.from('png') });
    expect(asked()).toEqual(['osascript -e get the clipboard as «class PNGf»', 'pngpaste -']);
  });

  test('is said to be missing where there is none, no program, or no display', async () => {
    program('wl-paste', 'exit 1');
    expect(await ask({ WAYLAND_DISPLAY: 'w' })).toEqual({ failed: 'there is no image in the clipboard' });
    expect(await ask({ DISPLAY: ':0', PATH: folder })).toEqual({
      failed: 'the clipboard cannot be read: install xclip',
    });
    expect(await ask({})).toEqual({
      failed: 'no clipboard can be read here: there is no display. Name a file instead',
    });
  });

  test('files are read by paths from the root and from home', async () => {
    writeFileSync(join(folder, 'a.png'), 'bytes');
    const desk = createDesk({ root: folder, environment: { HOME: folder } });
    const read = { bytes: Buffer.from('bytes') };
    expect(await desk.readImage('a.png')).toEqual(read);
    expect(await desk.readImage('~/a.png')).toEqual(read);
    expect(await desk.readImage(join(folder, 'a.png'))).toEqual(read);
    expect(await desk.readImage('b.png')).toBeNull();
    expect(await desk.readImage('.')).toBeNull();
  });
});

test('an editor that cannot be started is said', async () => {
  const desk = createDesk({ root: tmpdir(), environment: { PATH: process.env.PATH ?? '' } });
  expect(await desk.open(['no-such-editor'])).toBe(false);
  expect(await desk.open(['true'])).toBe(true);
  expect(await desk.run(['no-such-editor'])).toBe(false);
  expect(await desk.run(['false'])).toBe(true);
});
