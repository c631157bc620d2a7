import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
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
  session.engine.send({ do: 'prompt', text: 'make' });
  await expect.poll(() => existsSync(join(session.root, 'made.txt'))).toBe(true);
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

const lines = (change: (line: string) => string = (line) => line): string =>
  Array.from({ length: 30 }, (_, index) => `${change(`line ${index}`)}\n`).join('');

test('the person’s lines in a patched file stay theirs where a command rewrites it afterwards', async () => {
  let step = 0;
  await start(
    () => {
      step += 1;
      if (step === 1) return edit('a.txt', 'line 5', 'line five');
      if (step === 2) {
        session.write('a.txt', `${session.read('a.txt')}mine\n`);
        return run("sed -i 's/^line 9$/line nine/' a.txt");
      }
      return ship({ subject: 'Words' });
    },
    { files: { ...green, 'a.txt': lines() } },
  );
  await session.prompt('words');
  expect(ends()).toEqual(['shipped']);
  const ours = lines((line) => line.replace(/ 5$/, ' five').replace(/ 9$/, ' nine'));
  expect(session.git('show', 'HEAD:a.txt')).toBe(ours);
  expect(session.read('a.txt')).toBe(`${ours}mine\n`);
});

test('so do those that they wrote while hullspeed was closed', async () => {
  await start(
    [
      edit('a.txt', 'line 5', 'line five'),
      say('There.'),
      [run("sed -i 's/^line 9$/line nine/' a.txt"), ship({ subject: 'Words' })],
    ],
    { files: { ...green, 'a.txt': lines() } },
  );
  await session.prompt('words');
  await session.reopen(() => session.write('a.txt', `${session.read('a.txt')}mine\n`));
  await session.prompt('more words');
  expect(ends()).toEqual(['answered', 'shipped']);
  const ours = lines((line) => line.replace(/ 5$/, ' five').replace(/ 9$/, ' nine'));
  expect(session.git('show', 'HEAD:a.txt')).toBe(ours);
});

test.for([
  ['a command', (from: string) => run(`sed -i 's/^${from}$/line both/' a.txt`)],
  ['a patch', (from: string) => edit('a.txt', from, 'line both')],
] as const)(
  'where %s goes on from the person’s line, the path is held and the rest is committed',
  async ([, again]) => {
    let step = 0;
    await start(
      () => {
        step += 1;
        if (step === 1) return [add('b.txt', 'b'), edit('a.txt', 'line 5', 'line five')];
        if (step === 2) {
          session.write('a.txt', session.read('a.txt').replace('line five', 'line mine'));
          return again('line mine');
        }
        return ship({ subject: 'Words' });
      },
      { files: { ...green, 'a.txt': lines() } },
    );
    await session.prompt('words');
    expect(ends()).toEqual(['shipped']);
    expect(committed()).toEqual(['b.txt']);
    expect(session.read('a.txt')).toContain('line both');
  },
);

test('what the person wrote into a command’s file is theirs, also where a patch comes next', async () => {
  let step = 0;
  await start(
    () => {
      step += 1;
      if (step === 1) return run("sed -i 's/^line 2$/line two/' a.txt");
      if (step === 2) {
        session.write('a.txt', `${session.read('a.txt')}mine\n`);
        return edit('a.txt', 'line 9', 'line nine');
      }
      return ship({ subject: 'Words' });
    },
    { files: { ...green, 'a.txt': lines() } },
  );
  await session.prompt('words');
  expect(ends()).toEqual(['shipped']);
  expect(session.git('show', 'HEAD:a.txt')).toContain('line nine');
  expect(session.git('show', 'HEAD:a.txt')).not.toContain('mine');
});

test('a background command’s log is asked about once, and is not claimed when the command ends', async () => {
  let step = 0;
  await start(
    () => {
      step += 1;
      if (step === 1)
        return call('exec_command', {
          cmd: 'while :; do echo hit >> server.log; sleep 0.05; done',
          yield_time_ms: 250,
        });
      if (step === 4) return [add('b.txt', 'b'), ship({ subject: 'Second' })];
      if (step === 5) return [call('write_stdin', { session_id: 1, chars: '\u0003', yield_time_ms: 5_000 })];
      if (step === 6) return [add('c.txt', 'c'), ship({ subject: 'Third' })];
      return [add(`a${step}.txt`, 'a'), ship({ subject: 'First' })];
    },
    { files: green },
  );
  for (const text of ['serve', 'go on', 'stop it']) await session.prompt(text);
  expect(ends()).toEqual(['shipped', 'shipped', 'shipped']);
  const asked = session.events.flatMap((event) =>
    event.type === 'call.finished' && event.output.includes('server.log') ? [event.output] : [],
  );
  expect(asked).toEqual([expect.stringContaining('Not shipped yet: a command of yours still runs')]);
  expect(session.git('ls-files').trim().split('\n')).not.toContain('server.log');
});
