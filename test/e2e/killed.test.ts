// Killed in the middle and started again: what was recorded is there, nothing fires by itself, and the work ships.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { App } from '../support/app.ts';
import { call, type Piece, type Reply, say, ship } from '../support/model-server.ts';
import { stuck } from './gate.ts';
import { addFile, createPlace, type Place, testedBy } from './place.ts';

/** Once there is an a.txt these tests take until there is a file beside the repository. */
const patient = testedBy(
  'while [ -e a.txt ] && [ ! -e ../go ]; do sleep 0.1; done; echo "ok 1 - floats"; echo 1..1\n',
);

interface Moment {
  readonly when: string;
  /** What the model does after its patch. */
  readonly next: Reply;
  /** What stands on the screen at that moment. */
  readonly seen: string | RegExp;
}

const moments: readonly Moment[] = [
  { when: 'a stream', next: stuck(say('Half of a sentence.')), seen: 'Half of' },
  {
    when: 'a command',
    next: call('exec_command', { cmd: 'echo begun; sleep 60', yield_time_ms: 30_000 }),
    seen: 'begun',
  },
  { when: 'a run of the tests', next: ship({ subject: 'Never' }), seen: /^TESTS {2}run {2}◌ running/m },
];

describe('killed in the middle of', () => {
  test.each(moments)('$when', async ({ next, seen }) => {
    const place = await createPlace({ files: patient, script: scriptWith(next) });
    const app = place.open();
    await app.shows('F1 keys');
    app.type('add a').enter();
    await app.conversation.shows(/● patch {2}a\.txt/);
    app.type('and then this').enter();
    await app.shows('queue 1 ▸ and then this');
    await (seen instanceof RegExp ? app.tests : app.conversation).shows(seen);
    await kill(app);

    const again = place.open();
    await again.conversation.shows(/› add a.*● patch {2}a\.txt.*■ interrupted/s);
    await again.commits.shows(/1 file.*not committed\n {2}A a\.txt/);
    await again.shows('queue 1 ▸ and then this');
    await again.shows('paused: after the restart');
    const asked = place.requests.length;
    writeFileSync(join(place.root, '../go'), '');
    again.type('commit').enter();
    await again.commits.shows('Add a at last');
    await again.conversation.shows(/› and then this.*That as well\./s);
    expect(place.git('log', '--format=%s')).toBe('Add a at last\nbegin\n');
    expect(place.git('status', '--porcelain')).toBe('');
    expectWhole(place, asked);
  });
});

test('killed right after Enter, the prompt is still there', async () => {
  const place = await createPlace({
    script: [say('Hello.'), stuck(say('Half of a sentence.')), say('Hello again.')],
  });
  const app = place.open();
  await app.shows('F1 keys');
  app.type('say hello').enter();
  await app.conversation.shows('Hello.');
  await app.shows('· answered');
  app.type('say it again').enter();
  await expect
    .poll(() => place.journal().filter((event) => event.type === 'prompt.accepted').length, {
      interval: 1,
      timeout: 60_000,
    })
    .toBe(2);
  await kill(app);

  const again = place.open();
  await again.conversation.shows(/› say hello.*Hello\./s);
  await again.shows(/(›|queue 1 ▸) say it again/);
  again.type('say it now').enter();
  await again.conversation.shows('› say it now');
  await again.shows('· answered');
});

/** The patch, what comes then, the ship, and the answer to what waited. */
function scriptWith(next: Reply): (body: unknown, number: number) => Reply {
  const late: Piece[] = [ship({ subject: 'Add a at last' })];
  const replies: readonly Reply[] = [addFile('a.txt'), next, late, say('That as well.')];
  return (_, number) => replies[Math.min(number, replies.length - 1)] ?? [];
}

async function kill(app: App): Promise<void> {
  app.kill('SIGKILL');
  expect(await app.over).toBe('SIGKILL');
}

/** Each call that the model is told of has its one output, right from the first request after the restart. */
function expectWhole({ requests }: Place, from: number): void {
  for (const { input } of requests.slice(from)) {
    const calls = input.filter((item) => item.type?.endsWith('_call')).map((item) => item.call_id);
    const outputs = input.filter((item) => item.type?.endsWith('_call_output')).map((item) => item.call_id);
    expect(calls.length).toBeGreaterThan(0);
    expect(outputs).toEqual(calls);
  }
}
