// The loop as a person sees it: a prompt, the work, the tests, the commit, and what is typed meanwhile.
import { describe, expect, test } from 'vitest';
import { call, say, ship } from '../support/model-server.ts';
import { createGate, halfway, stuck } from './gate.ts';
import { addFile, createPlace } from './place.ts';

describe('the full screen', () => {
  test('goes from a prompt to a tested commit on the branch that is checked out, in three panes', async () => {
    const place = await createPlace({
      files: {
        'package.json': '{ "type": "module", "scripts": { "test": "node --test" } }',
        'sum.test.js': `import { test } from 'node:test';\ntest('adds', () => {});\ntest('carries', () => {});\n`,
      },
      script: [
        [say('I write it **down**.'), call('exec_command', { cmd: 'echo found; ls' })],
        [addFile('notes.txt'), ship({ subject: 'notes: begin', say: 'There are notes now.' })],
      ],
    });
    const app = place.open();
    await app.shows('F1 keys');
    await app.commits.shows(/^COMMITS {2}main\n.*begin/);
    app.type('begin some notes').enter();
    await app.conversation.shows('› begin some notes');
    await app.conversation.shows('I write it down.');
    await app.conversation.shows(/● exec {2}echo found; ls/);
    await app.conversation.shows(/● patch {2}notes\.txt +\+1 −0/);
    await app.conversation.shows('There are notes now.');
    await app.tests.shows(/^TESTS {2}run {2}✓ green · npm test · 2 passed/);
    await app.tests.shows('adds');
    await app.commits.shows(/✓.[0-9a-f]{7} notes: begin/);
    await app.shows(/✓ shipped .*main$/m);
    expect(place.git('log', '--format=%s%n%an')).toBe('notes: begin\nA Person\nbegin\nA Person\n');
    expect(place.git('status', '--porcelain')).toBe('');
    app.press('ctrl+d');
    expect(await app.over).toBe(0);
  });

  test('shows a failure of the tests and its mend', async () => {
    const place = await createPlace({
      files: {
        Makefile: 'test:\n\t@sh check.sh\n',
        'check.sh': `if grep -qs two a.txt; then echo "ok 1 - counts"; else echo "not ok 1 - counts"; fi\necho 1..1\ngrep -qs two a.txt || [ ! -e a.txt ]\n`,
      },
      script: [
        [addFile('a.txt', 'one'), ship({ subject: 'Count' })],
        [addFile('a.txt', 'two'), ship({ subject: 'Count further' })],
      ],
    });
    const app = place.open();
    await app.shows('F1 keys');
    app.type('count').enter();
    await app.commits.shows('Count further');
    await app.tests.shows('✓ green');
    expect(place.git('log', '--format=%s')).toBe('Count further\nbegin\n');
    expect(JSON.stringify(place.requests.at(-1)?.input)).toContain('counts');
  });

  test('takes text that was typed before there was anything to see', async () => {
    const place = await createPlace({ script: [say('Hello.')] });
    const app = place.open();
    app.type('say hello');
    await app.shows(/^› say hello$/m);
    app.enter();
    await app.conversation.shows('Hello.');
  });

  test('takes a prompt from the command line', async () => {
    const place = await createPlace({ script: [say('Hello.')] });
    const app = place.open(['--trust', 'say hello']);
    await app.conversation.shows('› say hello');
    await app.conversation.shows('Hello.');
  });
});

describe('while the model works', () => {
  test('Enter queues, and the queue runs next', async () => {
    const gate = createGate();
    const place = await createPlace({
      script: [halfway([say('The first answer.')], gate), say('The second answer.')],
    });
    const app = place.open();
    await app.shows('F1 keys');
    app.type('first').enter();
    await app.conversation.shows('› first');
    app.type('second');
    await app.shows('Enter queues · Tab steers');
    app.enter();
    await app.shows('queue 1 ▸ second');
    gate.open();
    await app.conversation.shows(/The first answer\..*› second.*The second answer\./s);
    await app.lacks('queue 1');
  });

  test('Tab steers: the words go out with the next request of the same turn', async () => {
    const gate = createGate();
    const place = await createPlace({
      script: [halfway([call('exec_command', { cmd: 'true' })], gate), say('As you say.')],
    });
    const app = place.open();
    await app.shows('F1 keys');
    app.type('go').enter();
    await app.conversation.shows('› go');
    app.type('mind the gap').press('tab');
    await app.shows('steer ▸ mind the gap');
    gate.open();
    await app.conversation.shows(/↳ steer mind the gap.*As you say\./s);
    expect(JSON.stringify(place.requests[1]?.input)).toContain('mind the gap');
    expect(place.journal().filter((event) => event.type === 'turn.started')).toHaveLength(1);
  });

  test('Esc interrupts a command at once; the queue pauses, and Enter goes on with it', async () => {
    const place = await createPlace({
      script: [
        call('exec_command', { cmd: 'echo begun; sleep 60', yield_time_ms: 30_000 }),
        say('The second answer.'),
      ],
    });
    const app = place.open();
    await app.shows('F1 keys');
    app.type('wait').enter();
    await app.conversation.shows('begun');
    app.type('second').enter();
    await app.shows('queue 1 ▸ second');
    app.press('escape');
    await app.conversation.shows('■ interrupted');
    await app.shows('paused: after the interrupt · Enter goes on');
    app.enter();
    await app.conversation.shows('The second answer.');
    await app.lacks('paused');
  });

  test('Esc interrupts a stream, and a correction runs before what waits', async () => {
    const place = await createPlace({
      script: [stuck(say('Far too long an answer.')), say('Corrected.'), say('The queued answer.')],
    });
    const app = place.open();
    await app.shows('F1 keys');
    app.type('wait').enter();
    await app.conversation.shows('Far too');
    app.type('later').enter();
    await app.shows('queue 1 ▸ later');
    app.press('escape');
    await app.conversation.shows('■ interrupted');
    app.type('rather this').enter();
    await app.conversation.shows(/› rather this.*Corrected\..*› later.*The queued answer\./s);
  });
});

test('what is being read stays where it is while new output comes', async () => {
  const gate = createGate();
  const list = Array.from({ length: 120 }, (_, line) => `- line ${line}.`).join('\n');
  const place = await createPlace({
    script: [say(list), halfway([say(list.replaceAll('line', 'news'))], gate)],
  });
  const app = place.open();
  await app.shows('F1 keys');
  app.type('list').enter();
  await app.conversation.shows('line 119.');
  await app.shows(/^· answered/m);
  app.type('again').enter();
  await app.conversation.shows(/news \d+\./);
  app.press('pageup');
  await app.conversation.shows('rows below');
  app.press('alt+1').press('home');
  await app.conversation.shows('line 0.');
  // The row that counts what is below changes, and only that one.
  const readable = (): string[] => app.conversation.rows().filter((row) => row.includes('line '));
  const before = readable();
  expect(before.length).toBeGreaterThan(20);
  await app.lacks(/^· answered/m);
  gate.open();
  await app.shows(/^· answered/m);
  expect(readable()).toEqual(before);
  app.press('end');
  await app.conversation.shows('news 119.');
});
