// However the full screen ends, the shell gets its terminal back, and the session its last word.
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { App } from '../support/app.ts';
import { say } from '../support/model-server.ts';
import { stuck } from './gate.ts';
import { createPlace, type Place } from './place.ts';

/** Stays until a line is typed, so that nothing of the last output is lost with the shell. */
const SHELL_END = 'echo "the exit code is $?"; stty -a; read line';
const SHELL = `"$@"; ${SHELL_END}`;

interface Way {
  readonly how: string;
  readonly leave: (app: App, pid: number) => void;
  readonly code: number;
  readonly reason: 'quit' | 'signal' | 'crash';
}

const ways: readonly Way[] = [
  { how: 'Ctrl+D', leave: (app) => app.press('ctrl+d'), code: 0, reason: 'quit' },
  { how: 'Ctrl+C twice', leave: (app) => app.press('ctrl+c').press('ctrl+c'), code: 0, reason: 'quit' },
  { how: '/quit', leave: (app) => app.type('/quit').enter(), code: 0, reason: 'quit' },
  { how: 'SIGTERM', leave: (_, pid) => process.kill(pid, 'SIGTERM'), code: 143, reason: 'signal' },
  { how: 'SIGHUP', leave: (_, pid) => process.kill(pid, 'SIGHUP'), code: 129, reason: 'signal' },
  { how: 'a crash', leave: (_, pid) => process.kill(pid, 'SIGUSR2'), code: 70, reason: 'crash' },
];

test.each(ways)('$how gives the terminal back', async ({ leave, code, reason }) => {
  const place = await createPlace();
  const app = place.open(['--trust'], { shell: SHELL, env: crashing(place) });
  await app.shows('F1 keys');
  expect(app.terminal.buffer.active.type).toBe('alternate');
  expect(app.terminal.modes).toMatchObject({ bracketedPasteMode: true, sendFocusMode: true });
  leave(app, pidOf(place));
  await app.shows(`the exit code is ${code}`);
  expectPlain(app);
  await app.shows(/[^-]icanon/);
  await app.shows(/[^-]echo /);
  expect(place.journal().at(-1)).toMatchObject({ type: 'session.closed', reason });
});

test('a crash says where everything that was recorded is, and a turn that ran is closed with the next opening', async () => {
  const place = await createPlace({ script: [stuck(say('Half of an answer.'))] });
  const app = place.open(['--trust'], { shell: SHELL, env: crashing(place) });
  await app.shows('F1 keys');
  app.type('go').enter();
  await app.conversation.shows('Half of');
  process.kill(pidOf(place), 'SIGUSR2');
  await app.shows('the exit code is 70');
  const shown = app.rows().join('');
  expect(shown).toContain('hullspeed met a bug');
  expect(shown).toContain('provoked');
  expect(shown).toContain(place.session());
  expect(shown).toContain('› go');
  expect(shown).toContain('■ interrupted by leaving');
  expectPlain(app);
  const again = place.open();
  await again.conversation.shows(/› go.*■ interrupted/s);
});

test('a window that is closed ends the process and frees the session', async () => {
  const place = await createPlace({ script: [stuck(say('Half of an answer.'))] });
  const app = place.open();
  await app.shows('F1 keys');
  app.type('go').enter();
  await app.conversation.shows('Half of');
  app.hangUp();
  await app.over;
  expect(place.journal()).toContainEqual(
    expect.objectContaining({ type: 'turn.ended', outcome: 'interrupted' }),
  );
  expect(place.journal().at(-1)).toMatchObject({ type: 'session.closed', reason: 'signal' });
  expect(existsSync(join(place.session(), 'owner.json'))).toBe(false);
});

test('Ctrl+Z hands the terminal to the shell, and fg takes it again', async () => {
  const place = await createPlace();
  const app = place.open(['--trust'], {
    shell: `"$@"; echo "stopped with $?"; stty -a; read line; fg; ${SHELL_END}`,
  });
  await app.shows('F1 keys');
  app.type('a draft');
  await app.shows(/^› a draft$/m);
  app.press('ctrl+z');
  await app.shows(/stopped with 1\d\d/);
  await app.shows(/[^-]icanon/);
  expectPlain(app);
  app.enter();
  await app.shows(/^› a draft$/m);
  expect(app.terminal.buffer.active.type).toBe('alternate');
  app.press('ctrl+c').press('ctrl+d');
  await app.shows('the exit code is 0');
  expectPlain(app);
});

test('Ctrl+G hands the terminal to an editor, and the draft comes back as it was saved', async () => {
  const place = await createPlace();
  const editor = join(place.home, 'editor.sh');
  writeFileSync(editor, 'stty -a; read line; printf "%s by hand\\n" "$line" >> "$1"\n');
  const app = place.open(['--trust'], { env: { EDITOR: `bash ${editor}` } });
  await app.shows('F1 keys');
  app.type('a draft');
  await app.shows(/^› a draft$/m);
  app.press('ctrl+g');
  await app.shows(/[^-]icanon/);
  expectPlain(app);
  app.type('written').enter();
  await app.shows('written by hand');
  expect(app.terminal.buffer.active.type).toBe('alternate');
  app.press('ctrl+c').press('ctrl+d');
  expect(await app.over).toBe(0);
  expectPlain(app);
});

/** The environment in which SIGUSR2 is a bug. */
function crashing(place: Place): Record<string, string> {
  const file = join(place.home, 'crash.cjs');
  writeFileSync(file, `process.on('SIGUSR2', () => { throw new Error('provoked'); });`);
  return { NODE_OPTIONS: `--require ${file}` };
}

/** Of the program, where the terminal's own child is a shell. */
function pidOf(place: Place): number {
  const opened = place.journal().findLast((event) => event.type === 'session.opened');
  if (opened?.type !== 'session.opened') throw new Error('no process has opened the session');
  return opened.pid;
}

function expectPlain({ terminal, bytes }: App): void {
  expect(terminal.buffer.active.type).toBe('normal');
  expect(terminal.modes).toMatchObject({
    bracketedPasteMode: false,
    sendFocusMode: false,
    mouseTrackingMode: 'none',
    applicationCursorKeysMode: false,
    wraparoundMode: true,
    insertMode: false,
  });
  const text = bytes().toString('latin1');
  expect(text.lastIndexOf('\x1b[?25h')).toBeGreaterThan(text.lastIndexOf('\x1b[?25l'));
  expect(text.split('\x1b[22;2t').length).toBe(text.split('\x1b[23;2t').length);
}
