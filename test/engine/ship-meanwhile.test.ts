// What the person does while the call of a ship streams: the worktree was looked at as the call began.
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { answerEvents } from '../../source/demo/answer-events.ts';
import { sendEvents } from '../../source/demo/model-server.ts';
import { add, type RawReply, say, sendWhen, ship } from '../support/model-server.ts';
import { startSession, story, type TestSession } from '../support/session.ts';

let session: TestSession;
afterEach(() => session?.close());

const greens = (): number => story(session.events).filter((line) => line === 'run.finished green').length;

/** A ship of a tree that was tested green under its request, whose call takes a while; `meanwhile` comes in the middle. */
function slowShip(also: readonly string[], meanwhile: () => void): RawReply {
  return async (response, body) => {
    while (greens() < 2) await sleep(5);
    const events = answerEvents([ship({ subject: 'Add a', also })], body);
    const middle = events.findIndex(({ type }) => type === 'response.output_item.added') + 1;
    await sendEvents(response, events.slice(0, middle));
    // Longer than git takes for a look.
    await sleep(500);
    meanwhile();
    await sendEvents(response, events.slice(middle));
    response.end();
  };
}

test.each<[string, readonly string[], () => void]>([
  ['saves a file that the ship takes along', ['b.txt'], () => session.write('b.txt', 'bad\n')],
  ['saves another file that had changed', [], () => session.write('b.txt', 'bad\n')],
  [
    'commits',
    [],
    () => {
      session.write('b.txt', 'bad\n');
      session.git('commit', '-qm', 'Theirs', 'b.txt');
    },
  ],
])('where the person %s, the tests run anew', async (_, also, meanwhile) => {
  session = await startSession(
    [sendWhen(() => greens() > 0, [add('a.txt', 'one')]), slowShip(also, meanwhile), say('It is red.')],
    {
      files: { 'check.sh': 'grep -q good b.txt\n', 'b.txt': 'good\n' },
    },
  );
  session.write('b.txt', 'good too\n');
  await session.prompt('add a');
  expect(story(session.events).filter((line) => /^(run\.finished|commit\.created)/.test(line))).toEqual([
    'run.finished green',
    'run.finished green',
    'run.finished red',
  ]);
});
