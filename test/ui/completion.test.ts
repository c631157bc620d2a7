// Names that are offered while a prompt is written, on the screen.
import { describe, expect, test } from 'vitest';
import type { SessionEvent } from '../../source/session/events.ts';
import { createFakeEngine } from '../support/engine.ts';
import { opened } from '../support/events.ts';
import { png } from '../support/images.ts';
import { openScreen, type ScreenOptions, type TestApp } from '../support/screen.ts';

const files = {
  '': ['docs/my notes.md', 'source/args.ts', 'source/cli.ts', 'assets/logo.png', 'source/\x1b[2Jevil.ts'],
  lib: ['source/parser.ts', 'readme.md'],
};
const running: readonly SessionEvent[] = [
  opened,
  { type: 'prompt.accepted', text: 'first' },
  { type: 'turn.started', prompt: 2 },
];

async function open(options: ScreenOptions & { events?: readonly SessionEvent[] } = {}): Promise<TestApp> {
  const { events = [], ...more } = options;
  return openScreen({ ...more, engine: createFakeEngine({ files, events }) });
}

async function leave(app: TestApp): Promise<void> {
  app.hangUp();
  await app.over;
}

describe('files', () => {
  test('are offered above the composer, chosen with Down, and taken with Tab', async () => {
    const app = await open({ events: running });
    app.type('see @source/');
    await app.shows(/^▸ source\/cli\.ts/m);
    await app.shows('Tab takes');
    const rows = app.rows();
    const line = rows.findIndex((row) => /^─/.test(row) && row.includes('Tab takes'));
    expect(rows[line + 1]).toBe('› see @source/');
    expect(rows.slice(line - 3, line).map((row) => row.trim().replace('▸ ', ''))).toEqual(
      expect.arrayContaining(['source/args.ts', 'source/cli.ts']),
    );
    app.press('down');
    await app.shows(/^▸ source\/args\.ts/m);
    app.press('tab');
    app.type('now');
    await app.shows('› see source/args.ts now');
    expect(app.engine.sent).toEqual([]);
    await leave(app);
  });

  test('with spaces are quoted, and Enter takes before it sends', async () => {
    const app = await open();
    app.type('see @notes');
    await app.shows('▸ docs/my notes.md');
    app.press('enter');
    await app.shows('› see "docs/my notes.md"');
    app.press('enter');
    await expect.poll(() => app.engine.sent).toEqual([{ do: 'prompt', text: 'see "docs/my notes.md"' }]);
    await leave(app);
  });

  test('with hostile names are offered cleaned, and written escaped', async () => {
    const app = await open();
    app.type('@evil');
    await app.shows('▸ source/evil.ts');
    app.press('tab');
    await app.shows('› "source/\\u001b[2Jevil.ts"');
    await leave(app);
  });

  test('that are images become chips', async () => {
    const app = await open({ images: { 'assets/logo.png': png(2, 2) } });
    app.type('@logo');
    await app.shows('▸ assets/logo.png');
    app.press('tab');
    await app.shows('› [image assets/logo.png 2×2]');
    await leave(app);
  });

  test('of a project beside this one are reached through its name', async () => {
    const app = await open();
    app.type('as in @../l');
    await app.shows('▸ ../lib/');
    app.press('tab');
    await app.shows('› as in @../lib/');
    await app.shows('../lib/readme.md');
    app.type('pars');
    await app.shows('▸ ../lib/source/parser.ts');
    app.press('tab');
    await app.shows('› as in ../lib/source/parser.ts');
    await leave(app);
  });

  test('are not offered any more after Esc, until another word is begun', async () => {
    const app = await open({ events: running });
    app.type('@cli');
    await app.shows('▸ source/cli.ts');
    app.press('escape');
    await app.lacks('▸ source/cli.ts');
    app.type('.');
    await app.rests();
    expect(app.rows().join('\n')).not.toContain('▸ source');
    app.type(' @arg');
    await app.shows('▸ source/args.ts');
    expect(app.engine.sent).toEqual([]);
    await leave(app);
  });

  test('are offered again for a new draft that begins with one, after Esc in the last', async () => {
    const app = await open();
    app.type('@source');
    await app.shows(/^▸ source\/cli\.ts/m);
    app.press('escape');
    await app.lacks('▸ source/cli.ts');
    app.press('ctrl+c');
    await app.shows('what shall be built?');
    app.type('@source');
    await app.shows(/^▸ source\/cli\.ts/m);
    await leave(app);
  });

  test('Tab steers again where nothing fits', async () => {
    const app = await open({ events: running });
    app.type('ask @nobody');
    await app.shows('› ask @nobody');
    await app.lacks('looking for files');
    app.press('tab');
    await expect.poll(() => app.engine.sent).toEqual([{ do: 'steer', text: 'ask @nobody' }]);
    await leave(app);
  });

  test.each([
    [40, 12],
    [45, 15],
  ])('leave rows of the panes in sight at %dx%d', async (columns, rows) => {
    const many = Array.from(
      { length: 40 },
      (_, at) => `source/a-rather-long-folder-name/and-another/file-${at}.ts`,
    );
    const app = await openScreen({ columns, rows, engine: createFakeEngine({ files: { '': many } }) });
    app.type('@file');
    await app.shows('▸');
    const shown = app.rows();
    expect(shown[0]).toMatch(/^CONVERSATION/);
    expect(shown.filter((row) => row.includes('/file-')).length).toBe(Math.min(8, rows - 3 - 2));
    expect(shown.every((row) => row.length <= columns)).toBe(true);
    await leave(app);
  });
});

describe('words that are commands', () => {
  test('are offered with what they do, and done with Enter', async () => {
    const app = await open();
    app.type('/');
    await app.shows(/^▸ \/help +these keys/m);
    await app.shows(/^ {2}\/compact +make the model's context shorter/m);
    app.type('te');
    await app.shows(/^▸ \/test +run the tests/m);
    app.press('enter');
    await expect.poll(() => app.engine.sent).toEqual([{ do: 'test' }]);
    await leave(app);
  });
});
