// What happens while the call of a ship streams: the worktree was looked at as the call began, or by a run that ends meanwhile.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
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

/** Of a ship whose run, under way as its call begins, can go on once `go` is called, which is in the middle of the call. */
function shipAround(go: () => Promise<void>): RawReply {
  return async (response, body) => {
    while (!story(session.events).includes('run.started speculative')) await sleep(5);
    const events = answerEvents([ship({ subject: 'Add a' })], body);
    const middle = events.findIndex(({ type }) => type.endsWith('.delta')) + 2;
    await sendEvents(response, events.slice(0, middle));
    // The call has been seen to begin.
    await sleep(100);
    await go();
    await sendEvents(response, events.slice(middle));
    response.end();
  };
}

test('where it ends within the last look of a run, the ship goes by that look and by that run', async () => {
  const git = execFileSync('which', ['git'], { encoding: 'utf8' }).trim();
  const slowly = `here="$(dirname "$0")/.."
if test -f "$here/go"; then
  echo "$*" >> "$here/log"
  case "$*" in *"status --porcelain"*) sleep 0.3;; *ls-files*) sleep 0.5;; esac
fi
exec ${git} "$@"
`;
  const log = (): string => {
    const path = join(session.root, '../log');
    return existsSync(path) ? readFileSync(path, 'utf8') : '';
  };
  session = await startSession(
    [
      [add('a.txt', 'one')],
      shipAround(async () => {
        writeFileSync(join(session.root, '../go'), '');
        while (!log().includes('status')) await sleep(5);
      }),
    ],
    {
      // With another index all of it has to be listed anew, which makes the last look long.
      files: {
        'check.sh': `until test -f ../go; do sleep 0.02; done\n${git} update-index --force-write-index\n`,
      },
      programs: { git: slowly },
    },
  );
  await session.prompt('add a');
  expect(story(session.events).filter((line) => line.startsWith('run.started'))).not.toContain(
    'run.started ship',
  );
  const [beforeCommit = ''] = log().split('commit-tree');
  expect(beforeCommit.split('status --porcelain')).toHaveLength(2);
  expect(session.git('log', '-1', '--format=%s').trim()).toBe('Add a');
});

test('what a run writes that a ship has joined is named, as of a run of its own', async () => {
  const suite = 'until test -f ../go; do sleep 0.02; done\ntest -f report.txt || echo one > report.txt\n';
  const joins = sendWhen(
    () => story(session.events).includes('run.started speculative'),
    [ship({ subject: 'Add a' })],
  );
  session = await startSession([[add('a.txt', 'one')], joins], { files: { 'check.sh': suite } });
  const { live } = session.engine;
  live.subscribe(() => {
    if (live.state.activity === 'testing') writeFileSync(join(session.root, '../go'), '');
  });
  await session.prompt('add a');
  const [commit] = session.events.flatMap((event) => (event.type === 'commit.created' ? [event] : []));
  expect(commit?.verdict).toEqual({ kind: 'green', wrote: ['report.txt'] });
});
