// Habits of Codex on the whole screen, and keys of one's own in what the screen says.
import { expect, test } from 'vitest';
import type { SessionEvent } from '../../source/session/events.ts';
import type { Keymap } from '../../source/ui/keymap.ts';
import { makeKeymap } from '../../source/ui/rebind.ts';
import { createFakeEngine } from '../support/engine.ts';
import { opened } from '../support/events.ts';
import { openScreen } from '../support/screen.ts';

const running: readonly SessionEvent[] = [
  opened,
  { type: 'prompt.accepted', text: 'make slug() handle emoji' },
  { type: 'turn.started', prompt: 2 },
];

const keymap = makeKeymap('codex', []) as Keymap;

test('while a turn runs Enter steers, Tab queues, and the line above says so', async () => {
  const app = await openScreen({ keymap, engine: createFakeEngine({ events: running }) });
  app.type('to the model now');
  await app.shows('Enter steers · Tab queues');
  app.press('enter');
  app.type('for later');
  app.press('tab');
  app.press('escape');
  await expect
    .poll(() =>
      app.engine.sent.map((command) => ('text' in command ? [command.do, command.text] : [command.do])),
    )
    .toEqual([['steer', 'to the model now'], ['prompt', 'for later'], ['interrupt']]);
  app.press('ctrl+d');
  await app.over;
});

test('at rest Enter sends, Tab goes on, words are commands, and Esc twice has the last prompt back', async () => {
  const app = await openScreen({
    keymap,
    engine: createFakeEngine({ events: running.concat({ type: 'turn.ended', turn: 3, outcome: 'shipped' }) }),
  });
  app.press('escape');
  await app.shows('again for the last prompt');
  app.press('escape');
  await app.shows(/^› \S/m);
  app.press('ctrl+c');
  app.type('/help\r');
  await app.shows('KEYS');
  app.press('escape', 'tab');
  await app.shows('▸CONVERSATION');
  app.press('escape', 'ctrl+d');
  await app.over;
});

test('Ctrl+T has the transcript over the whole screen, and again away', async () => {
  const app = await openScreen({ keymap, engine: createFakeEngine({ events: [opened] }) });
  app.press('ctrl+t');
  await app.shows('▸CONVERSATION');
  await app.lacks('├');
  app.press('ctrl+t');
  await app.shows('├');
  app.press('ctrl+d');
  await app.over;
});

test('messages and hints name the keys that the person has', async () => {
  const own = makeKeymap('hullspeed', [
    { where: 'everywhere', action: 'cancel', keys: ['f10'] },
    { where: 'everywhere', action: 'help', keys: ['f2'] },
  ]) as Keymap;
  const app = await openScreen({ keymap: own });
  await app.shows('F2 keys');
  app.press('f10');
  await app.shows('F10 again to quit');
  app.press('f10');
  expect(await app.over).toBe(0);
});
