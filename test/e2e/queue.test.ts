// Prompts from other terminals: into a running session, into one that nobody has open, and into a stopped one.
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { App } from '../support/app.ts';
import { say } from '../support/model-server.ts';
import { createGate, halfway, stuck } from './gate.ts';
import { createPlace, type Place } from './place.ts';

const slow = { timeout: 120_000 };

async function opened(place: Place): Promise<App> {
  const app = place.open();
  await app.shows('COMMITS  main');
  return app;
}

function queuedTexts(place: Place): string[] {
  return place.journal().flatMap((event) => (event.type === 'prompt.queued' ? [event.text] : []));
}

describe('a session that is open', slow, () => {
  test('starts a prompt at once when it is at rest', async () => {
    const place = await createPlace({ script: [say('Hello yourself.')] });
    const app = await opened(place);
    expect(await place.hullspeed('queue', 'hello')).toEqual({ code: 0, stdout: 'started\n', stderr: '' });
    await app.conversation.shows('› hello');
    await app.conversation.shows('Hello yourself.');
  });

  test('queues prompts while a turn runs, and runs them in their order', async () => {
    const gate = createGate();
    const place = await createPlace({
      script: [halfway([say('Thinking about it.')], gate), say('Second done.'), say('Third done.')],
    });
    const app = await opened(place);
    app.type('first').enter();
    await app.conversation.shows('Thinking');
    expect((await place.hullspeed('queue', 'second')).stdout).toBe('queued as 1\n');
    expect((await place.hullspeed('queue', '--json', 'third')).stdout).toBe('{"queued":2}\n');
    await app.conversation.shows('queue 2 ▸ third');
    gate.open();
    await app.conversation.shows(/› second\s+Second done\.[\s\S]*› third\s+Third done\./);
  });

  test('leaves a paused queue paused, and says so', async () => {
    const place = await createPlace({ script: [stuck(say('Thinking about it.'))] });
    const app = await opened(place);
    app.type('first').enter();
    await app.conversation.shows('Thinking');
    app.type('later').enter();
    await app.conversation.shows('queue 1 ▸ later');
    app.press('escape');
    await app.conversation.shows('paused');
    const { stdout } = await place.hullspeed('queue', 'from the editor');
    expect(stdout).toBe('queued as 2: the queue is paused\n');
    await app.conversation.shows('queue 2 ▸ from the editor');
    expect(place.requests.length).toBe(1);
  });

  test('takes nothing while it is stopped, and nothing of it later', async () => {
    const place = await createPlace({ script: [say('Hello.')] });
    const app = await opened(place);
    app.kill('SIGSTOP');
    const { code, stdout, stderr } = await place.hullspeed('queue', 'too late');
    app.kill('SIGCONT');
    expect({ code, stdout }).toEqual({ code: 4, stdout: '' });
    expect(stderr).toContain('the prompt was not queued');
    expect(stderr).toContain(`process ${app.pid}`);
    expect((await place.hullspeed('queue', 'in time')).stdout).toBe('started\n');
    expect(queuedTexts(place)).toEqual(['in time']);
  });

  test('is reached below a long path too, also after a killed one', async () => {
    const place = await createPlace({ script: [stuck(say('Thinking about it.')), say('Hello.')] });
    const env = { HULLSPEED_STATE: join(place.state, 'y'.repeat(120)) };
    for (const [prompt, answer] of [
      ['one', 'Thinking'],
      ['two', 'Hello.'],
    ] as const) {
      const app = place.open(['--trust'], { env });
      await app.shows('COMMITS  main');
      expect((await place.start(['queue', prompt], { env }).ended).stdout).toBe('started\n');
      await app.conversation.shows(answer);
      app.kill('SIGKILL');
      await app.over;
    }
  });

  test('that runs one prompt without a screen keeps the others for the screen', async () => {
    const gate = createGate();
    const place = await createPlace({
      script: [halfway([say('Thinking about it.')], gate), say('Not asked.')],
    });
    const running = place.start(['run', '--trust', 'first']);
    await expect.poll(() => place.requests.length).toBe(1);
    const { stdout } = await place.hullspeed('queue', 'second');
    expect(stdout).toBe('queued as 1: it waits for the full screen\n');
    gate.open();
    expect((await running.ended).code).toBe(0);
    expect(place.requests.length).toBe(1);
    expect(queuedTexts(place)).toEqual(['second']);
  });
});

describe('a session that nobody has open', slow, () => {
  test('has the prompt waiting when it is opened, and does not begin by itself', async () => {
    const place = await createPlace({ script: [say('Hello.')] });
    const { code, stdout } = await place.hullspeed('queue', 'hello');
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'queued as 1: it waits for the full screen\n' });
    const app = await opened(place);
    await app.conversation.shows('queue 1 ▸ hello');
    await app.conversation.shows('paused: after the restart');
    expect(place.requests).toEqual([]);
    app.enter();
    await app.conversation.shows('Hello.');
  });

  test('takes all of those that come at once', async () => {
    const place = await createPlace();
    const prompts = ['a', 'b', 'c', 'd'];
    const answers = await Promise.all(prompts.map((prompt) => place.hullspeed('queue', '--json', prompt)));
    expect(answers.map(({ code }) => code)).toEqual([0, 0, 0, 0]);
    expect(answers.map(({ stdout }) => JSON.parse(stdout).queued).sort()).toEqual([1, 2, 3, 4]);
    expect(queuedTexts(place).sort()).toEqual(prompts);
  });

  test('reads a prompt from standard input, and names the lines that it is about', async () => {
    const place = await createPlace();
    mkdirSync(join(place.root, 'source'));
    symlinkSync(place.root, join(place.home, 'link'));
    const cwd = join(place.root, 'source');
    const queue = (input: string, at: string) =>
      place.start(['queue', '--at', at, '-'], { cwd, input }).ended;
    await queue("don't\nguess\n", 'new file.ts:3');
    await queue('this', '../Makefile:2-1');
    await queue('that', join(place.home, 'link/source/x.ts:7-9'));
    expect(queuedTexts(place)).toEqual([
      "don't\nguess\n\nat source/new file.ts:3",
      'this\n\nat Makefile:1-2',
      'that\n\nat source/x.ts:7-9',
    ]);
  });

  test('is the one that was named', async () => {
    const place = await createPlace();
    await place.hullspeed('queue', '--session', 'other', 'hello');
    expect(place.session()).toMatch(/-other$/);
  });
});

describe('what cannot be queued', slow, () => {
  test('a file outside of the repository', async () => {
    const place = await createPlace();
    const { code, stderr } = await place.hullspeed('queue', 'x', '--at', '../home/.gitconfig:1');
    expect(code).toBe(2);
    expect(stderr).toContain(`is not a file in ${place.root}`);
  });

  test('nothing at all, or too much', async () => {
    const place = await createPlace();
    const empty = await place.start(['queue', '-'], { input: ' \n' }).ended;
    expect(empty).toMatchObject({ code: 2, stderr: expect.stringContaining('standard input was empty') });
    const long = await place.start(['queue', '-'], { input: 'x'.repeat(500_000) }).ended;
    expect(long).toMatchObject({ code: 2, stderr: expect.stringContaining('save it as a file') });
  });

  test('a prompt where there is no repository', async () => {
    const place = await createPlace({ files: null });
    const { code, stderr } = await place.hullspeed('queue', 'x');
    expect(code).toBe(2);
    expect(stderr).toContain('is in no git repository');
  });
});
