// Where hullspeed cannot start, or not yet: a sentence that says what to do, the right exit code, and nothing lost.
import { appendFileSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { encodeLine } from '../../source/journal/line.ts';
import { say, ship, status } from '../support/model-server.ts';
import { addFile, createPlace } from './place.ts';

describe('where there is no repository', () => {
  test('Enter makes one, and the first prompt its first commit', async () => {
    const place = await createPlace({
      files: null,
      script: [[addFile('a.txt'), ship({ subject: 'Begin with a' })]],
    });
    const app = place.open();
    await app.shows(`${place.root} is in no git repository yet`);
    expect(existsSync(join(place.root, '.git'))).toBe(false);
    app.enter();
    await app.shows('F1 keys');
    app.type('begin').enter();
    await app.commits.shows(/Begin with a +.*untested/);
    expect(place.git('log', '--format=%s')).toBe('Begin with a\n');
  });

  test('Esc makes none', async () => {
    const place = await createPlace({ files: null });
    const app = place.open();
    await app.shows('Enter   make one here');
    app.press('escape');
    expect(await app.over).toBe(0);
    expect(readdirSync(place.root)).toEqual([]);
  });

  test('none is made in the home directory', async () => {
    const place = await createPlace({ files: null });
    const app = place.open(['--trust'], { cwd: place.home });
    await app.shows('is in no git repository yet');
    app.enter();
    await app.shows('No repository is made in');
    expect(await app.over).toBe(2);
    expect(existsSync(join(place.home, '.git'))).toBe(false);
  });

  test.each(['run', 'log', 'context'])('%s says how one is made', async (command) => {
    const place = await createPlace({ files: null });
    const { code, stderr } = await place.hullspeed(
      command,
      ...(command === 'run' ? ['--trust', 'hello'] : []),
    );
    expect(code).toBe(2);
    expect(stderr).toContain(`${place.root} is in no git repository`);
    expect(stderr).toContain('git init');
  });
});

test('what is typed before the program is ready is not lost, and answers no question', async () => {
  const place = await createPlace({ script: [say('Hello.')] });
  const app = place.open([]);
  app.type('yes, fux\x7f\x7fix the slug').enter();
  await app.shows('Trust');
  app.type('y');
  await app.conversation.shows('yes, fix the slug');
  await app.conversation.shows('Hello.');
});

test('without a terminal the full screen points to run', async () => {
  const place = await createPlace();
  const { code, stderr } = await place.hullspeed('--trust');
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: expect.stringContaining('hullspeed run "your prompt"'),
  });
});

describe('without a key and a base URL', () => {
  const nothing = { OPENAI_API_KEY: '', OPENAI_BASE_URL: '' };

  test('the full screen explains three ways to start', async () => {
    const place = await createPlace({ env: nothing });
    const app = place.open();
    await app.conversation.shows('Three ways to start');
    for (const way of ['OPENAI_API_KEY', '--base-url', 'hullspeed demo']) await app.conversation.shows(way);
    app.type('hello').enter();
    await app.conversation.shows('✕ failed');
  });

  test('run says the same', async () => {
    const place = await createPlace({ env: nothing });
    const { code, stderr } = await place.hullspeed('run', '--trust', 'hello');
    expect(code).toBe(2);
    for (const way of ['OPENAI_API_KEY', '--base-url', 'hullspeed demo']) expect(stderr).toContain(way);
  });
});

describe('a config that cannot be read', () => {
  test.each([
    ['model = "x"\nefort = "high"', ':2: there is no key "efort"; the nearest is "effort".'],
    ['effort = "hihg"', ':1: "effort" must be one of'],
    ['model = x', ':1: is not valid TOML'],
  ])('%j is named by file, line and what would be right', async (config, reason) => {
    const place = await createPlace({ config });
    const file = join(place.home, '.config/hullspeed/config.toml');
    const { code, stderr } = await place.hullspeed('run', '--trust', 'hello');
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(`${file}${reason}`) });
  });

  test('is told on the screen that the shell left', async () => {
    const place = await createPlace({ config: 'modl = "x"' });
    const app = place.open();
    await app.shows('there is no key "modl"');
    expect(await app.over).toBe(2);
    expect(app.terminal.buffer.active.type).toBe('normal');
    expect(app.rows().join('\n')).not.toContain('CONVERSATION');
  });
});

test('a journal of a newer format is left as it is', async () => {
  const place = await createPlace({ script: [say('Hello.')] });
  await place.hullspeed('run', '--trust', 'hello');
  const session = place.session();
  const file = join(session, 'journal.jsonl');
  const seq = place.journal().length + 1;
  appendFileSync(
    file,
    encodeLine({
      v: 99,
      seq,
      at: 0,
      mono: 0,
      type: 'session.opened',
      format: 99,
      app: '9',
      root: place.root,
      pid: 1,
    }),
  );
  const before = { bytes: readFileSync(file, 'utf8'), files: readdirSync(session).sort() };
  const { code, stderr } = await place.hullspeed('run', '--trust', 'hello');
  expect(code).toBe(2);
  expect(stderr).toMatch(/newer/);
  expect({ bytes: readFileSync(file, 'utf8'), files: readdirSync(session).sort() }).toEqual(before);
});

test('a second process on the same session says who has it', async () => {
  const place = await createPlace();
  const app = place.open();
  await app.shows('F1 keys');
  const { code, stderr } = await place.hullspeed('run', '--trust', 'hello');
  expect(code).toBe(4);
  expect(stderr).toContain(`process ${app.pid}`);
  expect(stderr).toContain('--session NAME');
  const other = place.open();
  await other.shows(`process ${app.pid}`);
  expect(await other.over).toBe(4);
});

describe('a model server that', () => {
  test.each([
    [401, 'OPENAI_API_KEY (…1234)'],
    [403, 'OPENAI_API_KEY (…1234)'],
    [404, '--model and --base-url'],
  ])('answers %i is named with key, URL and model', async (code, hint) => {
    const place = await createPlace({ script: [status(code)] });
    const ended = await place.hullspeed('run', '--trust', '--model', 'no-such-model', 'hello');
    expect(ended.code).toBe(3);
    for (const part of [hint, place.baseUrl, 'no-such-model']) expect(ended.stderr).toContain(part);
    expect(place.requests).toHaveLength(1);
  });

  test('is not there is given up after the time of the config', async () => {
    const place = await createPlace({ config: '[wire]\ngive_up = 1' });
    const url = 'http://127.0.0.1:1/v1';
    const { code, stderr } = await place.hullspeed('run', '--trust', '--base-url', url, 'hello');
    expect(code).toBe(3);
    expect(stderr).toContain(`Could not reach ${url}`);
    expect(stderr).toContain('asking again');
  });
});

test('a prompt of 10 MB is refused with what to do instead', async () => {
  const place = await createPlace();
  const { code, stderr } = await place.start(['run', '--trust', '-'], { input: 'word '.repeat(2_000_000) })
    .ended;
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: expect.stringContaining('save it as a file and name the file'),
  });
  expect(place.requests).toEqual([]);
});
