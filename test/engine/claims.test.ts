import { afterEach, expect, test } from 'vitest';
import type { Recorded } from '../../source/session/events.ts';
import { add, answer, call, edit, run, type Script, say, ship } from '../support/model-server.ts';
import { type SessionOptions, startSession, story, type TestSession } from '../support/session.ts';

let session: TestSession;
afterEach(() => session?.close());

async function start(script: Script, options?: SessionOptions): Promise<TestSession> {
  session = await startSession(script, options);
  return session;
}
const green = { 'check.sh': 'echo fine\n' };
const committed = (): string[] => session.git('log', '-1', '--format=', '--name-only').trim().split('\n');
const ends = (): string[] =>
  session.events.flatMap((event) => (event.type === 'turn.ended' ? [event.outcome] : []));
function until(pass: (event: Recorded) => boolean): Promise<Recorded> {
  return new Promise((resolve) => {
    const stop = session.engine.onEvent((event) => {
      if (!pass(event)) return;
      stop();
      resolve(event);
    });
  });
}

test('a file that a command renames is committed as renamed', async () => {
  await start([[run('git mv a.txt b.txt'), ship({ subject: 'Rename' })]], {
    files: { ...green, 'a.txt': 'a\nb\nc\n' },
  });
  await session.prompt('rename');
  expect(ends()).toEqual(['shipped']);
  expect(session.git('ls-tree', '--name-only', 'HEAD').trim().split('\n')).toEqual(['b.txt', 'check.sh']);
  expect(session.git('status', '--porcelain')).toBe('');
});

test('what the person wrote to a command’s file while hullspeed was closed is theirs', async () => {
  await start([run('echo ours > made.txt'), say('There.'), [add('a.txt', 'one'), ship({ subject: 'Add' })]], {
    files: green,
  });
  await session.prompt('make');
  await session.reopen(() => session.write('made.txt', 'mine\n'));
  await session.prompt('add');
  expect(committed()).toEqual(['a.txt']);
  expect(session.read('made.txt')).toBe('mine\n');
});

test('what an interrupted command wrote is still the session’s after a restart', async () => {
  await start([run('echo ours > made.txt; sleep 100'), ship({ subject: 'Add' })], { files: green });
  const started = until((event) => event.type === 'call.started');
  session.engine.send({ do: 'prompt', text: 'make' });
  await started;
  await new Promise((resolve) => setTimeout(resolve, 300));
  session.engine.send({ do: 'interrupt' });
  await session.engine.idle();
  await session.reopen();
  expect(Object.keys(session.engine.session.getState().claims)).toEqual(['made.txt']);
});

test('the person’s lines between a command’s change and two patches stay theirs', async () => {
  const lines = Array.from({ length: 30 }, (_, index) => `line ${index}`);
  let step = 0;
  await start(
    () => {
      step += 1;
      if (step === 1) return run("sed -i 's/^line 2$/line two/' a.txt");
      if (step === 2) return edit('a.txt', 'line 5', 'line five');
      if (step === 3) {
        session.write('a.txt', `${session.read('a.txt')}mine\n`);
        return edit('a.txt', 'line 8', 'line eight');
      }
      return ship({ subject: 'Words' });
    },
    { files: { ...green, 'a.txt': `${lines.join('\n')}\n` } },
  );
  await session.prompt('words');
  expect(ends()).toEqual(['shipped']);
  expect(session.git('show', 'HEAD:a.txt')).not.toContain('mine');
  expect(session.git('show', 'HEAD:a.txt')).toContain('line eight');
});

test('the person’s commit beside a background command is not adopted', async () => {
  let step = 0;
  await start(
    () => {
      step += 1;
      if (step === 1) return call('exec_command', { cmd: 'sleep 5', yield_time_ms: 250 });
      if (step === 2) {
        session.write('mine.txt', 'mine\n');
        session.git('add', 'mine.txt');
        session.git('commit', '-qm', 'Mine');
        // Commit times are whole seconds.
        return answer([run('true')], { delayMs: 1_100 });
      }
      return say('Done.');
    },
    { files: green },
  );
  await session.prompt('serve');
  expect(story(session.events).filter((line) => line.startsWith('commit.created'))).toEqual([]);
});
