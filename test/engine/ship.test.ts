import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { Recorded } from '../../source/session/events.ts';
import { add, call, edit, patch, run, type Script, say, ship } from '../support/model-server.ts';
import { type SessionOptions, startSession, story, type TestSession } from '../support/session.ts';

let session: TestSession;
afterEach(() => session?.close());

async function start(script: Script, options?: SessionOptions): Promise<TestSession> {
  session = await startSession(script, options);
  return session;
}

const green = { 'check.sh': 'echo fine\n' };
/** Each line of `failing` is a failing test. */
const listed = { 'check.sh': 'sed "s/^/✕ /" failing; ! grep -q . failing\n', failing: '' };

const subjects = (): string[] => session.git('log', '--format=%s').trim().split('\n');
const committed = (): string[] => session.git('log', '-1', '--format=', '--name-only').trim().split('\n');
const outputs = (): string[] =>
  session.events.flatMap((event) => (event.type === 'call.finished' ? [event.output] : []));
const ends = (): string[] =>
  session.events.flatMap((event) => (event.type === 'turn.ended' ? [event.outcome] : []));
const created = (): unknown[] =>
  session.events.flatMap((event) => (event.type === 'commit.created' ? [event.verdict] : []));

describe('a green ship', () => {
  test('takes one request from a prompt to a tested commit, patch and ship together', async () => {
    await start(
      [
        [
          add('a.txt', 'one'),
          ship({
            subject: 'Add a',
            body: 'Because.',
            say: 'Done.',
            decisions: [{ chose: 'a', over: 'b', why: 'c' }],
          }),
        ],
      ],
      { files: green },
    );
    await session.prompt('add a');
    expect(session.requests).toHaveLength(1);
    expect(session.git('log', '-1', '--format=%an %s|%b')).toBe(
      'A Person Add a|Because.\n\nDecision: a over b: c\n\n',
    );
    expect(committed()).toEqual(['a.txt']);
    expect(session.git('status', '--porcelain')).toBe('');
    const told = story(session.events);
    expect(told.slice(0, 4)).toEqual(['session.opened', 'prompt.accepted', 'turn.started', 'step.started']);
    expect(told.slice(-6)).toEqual([
      'run.started ship',
      'run.finished green',
      'commit.started',
      'commit.created green: Add a',
      'call.finished ok',
      'turn.ended shipped',
    ]);
  });

  test('uses the run that the model made itself of the same tree', async () => {
    await start([[add('a.txt', 'one'), run('sh check.sh')], ship({ subject: 'Add a' })], { files: green });
    await session.prompt('add a');
    expect(story(session.events).filter((line) => line.startsWith('run.started'))).not.toContain(
      'run.started ship',
    );
    expect(created()).toEqual([{ kind: 'green' }]);
  });

  test('a run that has just ended is not said to be older than the files that it tested', async () => {
    await start([run('sh check.sh'), [add('a.txt', 'one'), run('sh check.sh')], say('Done.')], {
      files: green,
    });
    const stale: number[] = [];
    session.engine.onEvent(({ type }) => {
      if (type === 'call.finished') stale.push(session.engine.live.state.staleFiles);
    });
    await session.prompt('add a');
    expect(stale.at(-1)).toBe(0);
  });

  test('with more lets the model go on, and the turn makes two commits', async () => {
    await start(
      [
        [add('a.txt', 'one'), ship({ subject: 'Add a', more: true })],
        [add('b.txt', 'two'), ship({ subject: 'Add b' })],
      ],
      { files: green },
    );
    await session.prompt('add both');
    expect(subjects()).toEqual(['Add b', 'Add a', 'begin']);
    expect(ends()).toEqual(['shipped']);
  });

  test('needs no run for documentation, and none where there are no tests', async () => {
    await start([[add('a.md', 'words'), ship({ subject: 'Write' })]], { files: green });
    await session.prompt('write');
    expect(created()).toEqual([{ kind: 'not needed' }]);
    await session.close();
    await start([[add('a.txt', 'one'), ship({ subject: 'Add' })]]);
    await session.prompt('add');
    expect(created()).toEqual([{ kind: 'untested' }]);
  });

  test('makes the first commit of an empty repository', async () => {
    await start([[add('a.txt', 'one'), ship({ subject: 'Begin' })]], { unborn: true });
    await session.prompt('begin');
    expect(subjects()).toEqual(['Begin']);
  });

  test('pushes when it is asked to, also with nothing to commit, and says why it could not', async () => {
    await start([
      ship({ subject: 'Push', push: true }),
      [add('a.txt', 'one'), ship({ subject: 'Add', push: true })],
    ]);
    await session.prompt('push');
    expect(outputs()[0]).toMatch(/nothing to commit.*not pushed: /i);
    execFileSync('git', ['init', '-q', '--bare', '-b', 'main', join(session.root, '../bare.git')]);
    session.git('remote', 'add', 'origin', join(session.root, '../bare.git'));
    await session.prompt('add and push');
    expect(outputs()[2]).toMatch(/pushed 2 commits to/);
    expect(
      execFileSync('git', ['-C', join(session.root, '../bare.git'), 'log', '--format=%s'], {
        encoding: 'utf8',
      }),
    ).toBe('Add\nbegin\n');
  });
});

describe('a red ship', () => {
  test('answers with its failures, and the model mends them', async () => {
    await start(
      [
        [edit('failing', 'x', 'sums'), ship({ subject: 'Sum' })],
        [
          patch('*** Begin Patch\n*** Update File: failing\n@@\n-sums\n*** End Patch\n'),
          ship({ subject: 'Sum' }),
        ],
      ],
      {
        files: { 'check.sh': 'grep -v x failing | sed "s/^/✕ /"; ! grep -q sums failing\n', failing: 'x\n' },
      },
    );
    await session.prompt('sum');
    expect(outputs()[1]).toMatch(/^Red, not committed: .*exit 1[\s\S]*New failures: sums[\s\S]*✕ sums/);
    expect(ends()).toEqual(['shipped']);
    expect(subjects()).toEqual(['Sum', 'begin']);
  });

  test('five times without progress ends the turn red, and the work joins the next ship', async () => {
    const reds = Array.from({ length: 5 }, () => ship({ subject: 'Sum' }));
    await start(
      [
        [add('failing', 'sums'), ...reds.slice(0, 1)],
        ...reds.slice(1),
        [
          patch('*** Begin Patch\n*** Delete File: failing\n*** End Patch\n'),
          add('b.txt', 'b'),
          ship({ subject: 'Both' }),
        ],
      ],
      { files: { 'check.sh': 'test ! -f failing\n' } },
    );
    session.engine.send({ do: 'prompt', text: 'sum' });
    session.engine.send({ do: 'prompt', text: 'then this' });
    await session.engine.idle();
    expect(ends()).toEqual(['red']);
    expect(session.engine.session.getState().queue).toMatchObject({
      paused: 'red',
      items: [{ text: 'then this' }],
    });
    expect(existsSync(join(session.root, 'failing'))).toBe(true);
    session.engine.send({ do: 'resume' });
    await session.engine.idle();
    expect(ends()).toEqual(['red', 'shipped']);
    expect(committed()).toEqual(['b.txt']);
  });

  test('old failures are asked about, and committed as known; a new one is never let through', async () => {
    await start(
      [
        [add('a.txt', 'one'), ship({ subject: 'Add a' })],
        ship({ subject: 'Add a', known: true }),
        [add('b.txt', 'two'), ship({ subject: 'Add b' })],
        [run('echo new >> failing'), ship({ subject: 'Break', known: true })],
        say('I give up.'),
      ],
      { files: { ...listed, failing: 'old\n' } },
    );
    await session.prompt('add a');
    expect(outputs()[1]).toMatch(/These 1 failed before you came: old\. If they are your task/);
    expect(created()).toEqual([{ kind: 'known', failures: 1 }]);
    await session.prompt('add b');
    expect(created()).toEqual([
      { kind: 'known', failures: 1 },
      { kind: 'known', failures: 1 },
    ]);
    await session.prompt('break it');
    expect(outputs().at(-1)).toMatch(/New failures: new\./);
    expect(created()).toHaveLength(2);
  });

  test('a test written first is not committed unmet', async () => {
    await start(
      [[edit('failing', 'x', 'wanted'), ship({ subject: 'Test it', known: true })], say('It is red.')],
      {
        files: {
          'check.sh': 'grep wanted failing | sed "s/^/✕ /"; ! grep -q wanted failing\n',
          failing: 'x\n',
        },
      },
    );
    await session.prompt('write the test first');
    expect(created()).toEqual([]);
    expect(ends()).toEqual(['answered']);
  });

  test('where the starting tree could not be tested in time, it is tested in a scratch checkout', async () => {
    const slow = {
      'check.sh':
        'test -f ../fast || case $PWD in */project) sleep 0.5;; esac; sed "s/^/✕ /" failing; ! grep -q . failing\n',
      failing: 'old\n',
    };
    await start(
      [[add('a.txt', 'one'), ship({ subject: 'Add a' })], ship({ subject: 'Add a', known: true })],
      { files: slow },
    );
    await session.prompt('add a');
    expect(story(session.events)).toContain('run.started scratch');
    expect(outputs()[1]).toMatch(/These 1 failed before you came: old/);
    expect(created()).toEqual([{ kind: 'known', failures: 1 }]);
  });

  test('a test that is silent for too long, or cannot run, says so', async () => {
    await start([[add('a.txt', 'one'), ship({ subject: 'Add' })], say('Too slow.')], {
      files: { 'check.sh': 'sleep 60\n' },
      settings: { testSilenceMs: 300 },
    });
    await session.prompt('add');
    expect(outputs()[1]).toMatch(/printed nothing for 0\.3 s and was stopped \(tests\.silence\)/);
    await session.close();
    await start([[add('a.txt', 'one'), ship({ subject: 'Add' })], say('Broken.')], {
      tests: { command: 'no-such-runner' },
    });
    await session.prompt('add');
    expect(session.engine.session.getState().tests.last?.verdict).toBe('broken');
  });

  test('a hook that refuses is a red ship with its output', async () => {
    await start([[add('a.txt', 'one'), ship({ subject: 'Add' })], say('The hook says no.')], {
      files: green,
    });
    session.write('.git/hooks/pre-commit', '#!/bin/sh\necho the hook does not like it\nexit 1\n');
    chmodSync(join(session.root, '.git/hooks/pre-commit'), 0o755);
    await session.prompt('add');
    expect(outputs()[1]).toMatch(/pre-commit hook refused[\s\S]*the hook does not like it/);
    expect(subjects()).toEqual(['begin']);
  });
});

describe('what is committed', () => {
  test('is what the session changed; the person’s staged, unstaged and untracked work stays', async () => {
    await start(
      [
        [
          add('a.txt', 'one'),
          run('echo generated > made.txt; echo more >> notes.txt'),
          ship({ subject: 'Add' }),
        ],
      ],
      { files: { ...green, 'notes.txt': 'n\n', 'staged.txt': 's\n' } },
    );
    session.write('notes.txt', 'n\nmine\n');
    session.write('staged.txt', 's\nmine\n');
    session.write('new.txt', 'mine\n');
    session.git('add', 'staged.txt');
    await session.prompt('add');
    expect(committed().sort()).toEqual(['a.txt', 'made.txt']);
    expect(session.git('status', '--porcelain')).toBe(' M notes.txt\nM  staged.txt\n?? new.txt\n');
    expect(outputs().at(-1)).toContain('Changed by commands: made.txt');
  });

  test('of a file with the person’s own lines is the session’s delta alone', async () => {
    const lines = Array.from({ length: 20 }, (_, index) => `line ${index}`);
    await start([[edit('a.txt', 'line 2', 'line two'), ship({ subject: 'Two' })]], {
      files: { ...green, 'a.txt': `${lines.join('\n')}\n` },
    });
    session.write('a.txt', `${lines.join('\n')}\nmine\n`);
    await session.prompt('two');
    expect(session.git('show', 'HEAD:a.txt')).toBe(`${lines.join('\n').replace('line 2\n', 'line two\n')}\n`);
    expect(session.git('diff', '--stat')).toContain('1 insertion(+)');
    expect(session.read('a.txt')).toContain('mine');
  });

  test('is held where the person’s own lines overlap', async () => {
    await start(
      [
        [edit('a.txt', 'mine', 'ours'), ship({ subject: 'Ours' })],
        ship({ subject: 'All of it', also: ['./a.txt'] }),
      ],
      { files: { ...green, 'a.txt': 'theirs\nand\n' } },
    );
    session.write('a.txt', 'mine\nand\nmore of mine\n');
    await session.prompt('ours');
    expect(ends()).toEqual(['held']);
    expect(subjects()).toEqual(['begin']);
    expect(session.read('a.txt')).toBe('ours\nand\nmore of mine\n');
    // Until the model is told to vouch for the whole of it.
    await session.prompt('commit all of it');
    expect(ends()).toEqual(['held', 'shipped']);
    expect(session.git('show', 'HEAD:a.txt')).toBe('ours\nand\nmore of mine\n');
    expect(session.git('status', '--porcelain')).toBe('');
  });

  test.for(['before', 'while'] as const)(
    'of the rest is tested alone where lines overlap that were staged %s the tests ran',
    async (when) => {
      const text = Array.from({ length: 20 }, (_, index) => `line ${index}\n`).join('');
      // Green on the whole tree alone: the rest without a.txt is red.
      const check = 'grep -q five a.txt || exit 1\ntouch ../ran\nsleep 1\n';
      await start([[edit('a.txt', 'line 5', 'line five'), add('b.txt', 'b'), ship({ subject: 'Both' })]], {
        files: { 'a.txt': text, 'check.sh': check },
      });
      session.write('a.txt', text.replace('line 15', 'line of mine'));
      const stage = (): void => {
        writeFileSync(join(session.root, '../staged'), text.replace('line 5', 'line mine'));
        const blob = session.git('hash-object', '-w', '../staged').trim();
        session.git('update-index', '--cacheinfo', `100644,${blob},a.txt`);
      };
      if (when === 'before') stage();
      const done = session.prompt('both');
      if (when === 'while') {
        await expect.poll(() => existsSync(join(session.root, '../ran')), { timeout: 20_000 }).toBe(true);
        stage();
      }
      await done;
      expect(ends()).toEqual(['held']);
      expect(subjects()).toEqual(['begin']);
      expect(outputs().at(-1)).toContain('in a.txt and the rest does not pass its tests without it');
    },
  );

  test('leaves what the person had staged and taken out of the file again', async () => {
    const lines = Array.from({ length: 20 }, (_, index) => `line ${index}`).join('\n');
    await start([[edit('a.txt', 'line 2', 'line two'), ship({ subject: 'Two' })]], {
      files: { ...green, 'a.txt': `${lines}\n` },
    });
    session.write('a.txt', `${lines}\nstaged\n`);
    session.git('add', 'a.txt');
    session.write('a.txt', `${lines}\n`);
    await session.prompt('two');
    expect(session.git('show', 'HEAD:a.txt')).not.toContain('staged');
    expect(session.git('show', ':a.txt')).toBe(`${lines.replace('line 2\n', 'line two\n')}\nstaged\n`);
    expect(session.read('a.txt')).toBe(`${lines.replace('line 2\n', 'line two\n')}\n`);
  });

  test('says which names in `also` git sees no change at', async () => {
    await start([[add('a.txt', 'one'), ship({ subject: 'Add', also: ['no-such.txt'] })]], { files: green });
    await session.prompt('add');
    expect(outputs().at(-1)).toContain('git sees no change there: no-such.txt');
  });

  test('takes what `also` names', async () => {
    await start([[add('a.txt', 'one'), ship({ subject: 'Add', also: ['mine.txt'] })]], { files: green });
    session.write('mine.txt', 'mine\n');
    await session.prompt('add, and mine too');
    expect(committed().sort()).toEqual(['a.txt', 'mine.txt']);
  });

  test('leaves out what a test run writes', async () => {
    await start([[add('a.txt', 'one'), ship({ subject: 'Add' })]], {
      files: { 'check.sh': 'date +%N > coverage.txt\n' },
    });
    await session.prompt('add');
    expect(committed()).toEqual(['a.txt']);
    expect(created()).toEqual([{ kind: 'green', wrote: ['coverage.txt'] }]);
  });

  test('gives up a command’s path that the test run keeps changing', async () => {
    await start([[run('date +%N > stamp'), add('a.txt', 'one'), ship({ subject: 'Add' })]], {
      files: { 'check.sh': 'test ! -f a.txt || date +%N > stamp\n' },
    });
    await session.prompt('add');
    expect(committed()).toEqual(['a.txt']);
    expect(outputs().at(-1)).toContain('Left out, because the test run itself keeps changing them: stamp');
  });

  test('is red where the test run keeps changing what a patch wrote', async () => {
    await start([[add('go', ''), edit('stamp', '0', '1'), ship({ subject: 'Stamp' })], say('Restless.')], {
      files: { 'check.sh': 'test ! -f go || date +%N > stamp\n', stamp: '0\n' },
    });
    await session.prompt('stamp');
    expect(outputs().at(-1)).toContain('files change while tests run: stamp');
    expect(subjects()).toEqual(['begin']);
  });

  test('is nothing where nothing changed, and names what git ignores', async () => {
    await start([[add('out/a.txt', 'one'), ship({ subject: 'Add' })]], {
      files: { ...green, '.gitignore': 'out\n' },
    });
    await session.prompt('add');
    expect(ends()).toEqual(['answered']);
    expect(outputs().at(-1)).toBe('There was nothing to commit (git ignores out/a.txt).');
  });

  test('is adopted where the model commits itself', async () => {
    await start(
      [[add('lib/a.txt', 'one'), run('git add lib && git commit -qm "By hand"')], say('Committed it.')],
      { files: green },
    );
    await session.prompt('commit by hand');
    expect(story(session.events)).toContain('commit.created untested: By hand');
    expect(session.engine.session.getState().claims).toEqual({});
    expect(session.engine.session.getState().commits.made.at(-1)?.decisions).toEqual([
      { chose: 'lib/', why: 'new folder at the top' },
    ]);
  });

  test('waits while a merge is going on', async () => {
    await start([[add('a.txt', 'one'), ship({ subject: 'Add' })]], { files: green });
    session.write('.git/MERGE_HEAD', `${session.git('rev-parse', 'HEAD')}`);
    await session.prompt('add');
    expect(ends()).toEqual(['held']);
    expect(outputs().at(-1)).toMatch(/merge/);
    expect(session.read('a.txt')).toBe('one\n');
  });

  test('asks once about what a running command changed', async () => {
    await start(
      [
        [call('exec_command', { cmd: 'echo 1 > log.txt; sleep 5', yield_time_ms: 250 }), add('a.txt', 'one')],
        ship({ subject: 'Add' }),
        ship({ subject: 'Add' }),
      ],
      { files: green },
    );
    await session.prompt('add');
    expect(outputs()[2]).toMatch(/a command of yours still runs.*log\.txt/);
    expect(committed()).toEqual(['a.txt']);
  });
});

describe('words without a ship', () => {
  test('commit nothing, and the word commit ships the work', async () => {
    await start([add('a.txt', 'one'), say('There it is.'), ship({ subject: 'Add a' })], { files: green });
    await session.prompt('add a');
    expect(ends()).toEqual(['answered']);
    expect(Object.keys(session.engine.session.getState().claims)).toEqual(['a.txt']);
    session.engine.send({ do: 'ship' });
    await session.engine.idle();
    expect(subjects()).toEqual(['Add a', 'begin']);
  });

  test('are shipped by the model where auto_ship is on', async () => {
    await start([add('a.txt', 'one'), say('There it is.'), ship({ subject: 'Add a' })], {
      files: green,
      settings: { autoShip: true },
    });
    await session.prompt('add a');
    expect(ends()).toEqual(['shipped']);
  });
});

describe('calls beside a ship', () => {
  test('a failed patch, or one that cannot be read, keeps it from shipping', async () => {
    await start(
      [
        [edit('missing.txt', 'x', 'y'), add('a.txt', 'one'), ship({ subject: 'Add' })],
        ship({ subject: 'Add' }),
      ],
      { files: green },
    );
    await session.prompt('add');
    expect(outputs()[2]).toMatch(/^not shipped: its patch failed/);
    expect(ends()).toEqual(['shipped']);
  });

  test('of two ships the last runs; bad arguments and unknown tools are answers, not red ships', async () => {
    await start(
      [
        [
          call('ship', { body: 'no subject' }),
          call('dance', {}),
          add('a.txt', 'one'),
          ship({ subject: 'First' }),
          ship({ subject: 'Second' }),
        ],
      ],
      { files: green },
    );
    await session.prompt('add');
    expect(subjects()).toEqual(['Second', 'begin']);
    expect(story(session.events).filter((line) => line.startsWith('call.finished'))).toEqual([
      'call.finished failed',
      'call.finished failed',
      'call.finished ok',
      'call.finished superseded',
      'call.finished ok',
    ]);
  });

  test('a ship of nothing after a failed call lets the model see it', async () => {
    await start(
      [[edit('missing.txt', 'x', 'y')], [call('dance', {}), ship({ subject: 'Nothing' })], say('I see.')],
      { files: green },
    );
    await session.prompt('try');
    expect(ends()).toEqual(['answered']);
    expect(session.requests).toHaveLength(3);
  });
});

function until(pass: (event: Recorded) => boolean): Promise<Recorded> {
  return new Promise((resolve) => {
    const stop = session.engine.onEvent((event) => {
      if (!pass(event)) return;
      stop();
      resolve(event);
    });
  });
}

describe('a ship that finds the tests running', () => {
  test('an interrupt ends a ship that waits for the run of the starting tree', async () => {
    await start([add('a.txt', 'one'), say('There.'), ship({ subject: 'Add' })], {
      files: { 'check.sh': 'test ! -f a.txt || sleep 600\n' },
    });
    await session.prompt('add');
    const shipping = until((event) => event.type === 'call.started');
    session.engine.send({ do: 'ship' });
    await shipping;
    await new Promise((resolve) => setTimeout(resolve, 300));
    session.engine.send({ do: 'interrupt' });
    // Else it would wait for longer than this test may take.
    await session.engine.idle();
    expect(ends()).toEqual(['answered', 'interrupted']);
  });

  test('an interrupt while the commit is made comes too late for it, and the queue waits', async () => {
    await start([[add('a.txt', 'one'), ship({ subject: 'Add a' })], say('Second.')]);
    let queued = false;
    session.engine.onEvent(({ type }) => {
      if (type === 'commit.started') session.engine.send({ do: 'interrupt' });
      if (type !== 'call.started' || queued) return;
      queued = true;
      session.engine.send({ do: 'queue', text: 'second' });
    });
    await session.prompt('add a');
    expect(session.git('log', '-1', '--format=%s').trim()).toBe('Add a');
    expect(ends()).toEqual(['shipped']);
    expect(session.engine.session.getState().queue).toMatchObject({
      paused: 'interrupted',
      items: [{ text: 'second' }],
    });
  });

  test('a ship is not told of an interrupt where the starting run changed the tree', async () => {
    await start([add('a.txt', 'one'), say('There.'), ship({ subject: 'Add' }), say('Hm.')], {
      files: { 'check.sh': 'test ! -f a.txt || { sleep 0.5; date +%N > coverage.txt; }\n' },
    });
    await session.prompt('add');
    session.engine.send({ do: 'ship' });
    await session.engine.idle();
    expect(outputs().at(-1)).not.toContain('interrupted');
    expect(ends()).toEqual(['answered', 'shipped']);
  });
});

describe('what a ship hears', () => {
  test('a patch whose arguments cannot be read keeps the ship beside it', async () => {
    await start(
      [[add('a.txt', 'one'), call('apply_patch', { wrong: 1 }), ship({ subject: 'Add' })], say('I see.')],
      { files: green },
    );
    await session.prompt('add');
    expect(outputs().at(-1)).toMatch(/^not shipped: its patch failed/);
  });

  test('the output of a red ship is bounded', async () => {
    await start([[add('a.txt', 'one'), ship({ subject: 'Add' })], say('Much.')], {
      files: {
        'check.sh':
          'test ! -f a.txt || { seq -f "✕ a failing test of some length number %g" 20000; exit 1; }\n',
      },
    });
    await session.prompt('add');
    expect(outputs().at(-1)!.length).toBeLessThan(100_000);
  });

  test('the starting tree is tested in a scratch checkout once', async () => {
    await start(
      [
        [add('a.txt', 'one'), ship({ subject: 'Add' })],
        [add('b.txt', 'one'), ship({ subject: 'Add' })],
        say('No.'),
      ],
      {
        files: {
          'check.sh': 'case $PWD in *project) sleep 0.5;; esac; sed "s/^/✕ /" failing; ! grep -q . failing\n',
          failing: 'old\n',
        },
      },
    );
    await session.prompt('add');
    expect(story(session.events).filter((line) => line === 'run.started scratch')).toHaveLength(1);
  });
});

describe('a commit', () => {
  const trailer = 'Assisted-by: a model <model@example.com>';
  test.for([
    ['is not attributed by default', '', 'Add a'],
    ['ends with the attribution that is configured', trailer, `Add a\n\n${trailer}`],
  ] as const)('%s', async ([, attribution, message]) => {
    await start([[add('a.txt', 'one'), ship({ subject: 'Add a' })]], { settings: { attribution } });
    await session.prompt('add a');
    expect(session.git('log', '-1', '--format=%B').trim()).toBe(message);
  });

  test('says with how many of the person’s uncommitted files it was tested', async () => {
    await start([[add('a.txt', 'one'), ship({ subject: 'Add a' })]], { files: { ...green, 'b.txt': 'b\n' } });
    session.write('b.txt', 'mine\n');
    session.write('c.txt', 'mine\n');
    await session.prompt('add a');
    expect(session.events.findLast((event) => event.type === 'commit.created')).toMatchObject({ dirty: 2 });
  });

  test('counts a patched file among them that the tests themselves rewrite: it is not committed so', async () => {
    const format = 'test ! -f a.txt || test "$(cat a.txt)" = formatted || echo formatted > a.txt\n';
    await start([[add('a.txt', 'one'), ship({ subject: 'Add a' })]], { files: { 'check.sh': format } });
    session.write('check.sh', `${format}# mine\n`);
    await session.prompt('add a');
    expect(session.events.findLast((event) => event.type === 'commit.created')).toMatchObject({ dirty: 2 });
    expect(session.git('show', 'HEAD:a.txt')).toBe('one\n');
  });

  test('goes to the branch that is checked out by then, and says so', async () => {
    await start(
      (_, number) => {
        if (number === 0) return run('true');
        session.git('checkout', '-qb', 'other');
        return [add('a.txt', 'one'), ship({ subject: 'Add a' })];
      },
      { files: green },
    );
    await session.prompt('add a');
    const commit = session.events.findLast((event) => event.type === 'commit.created');
    expect(commit).toMatchObject({ branch: 'other', moved: true });
    expect(session.git('log', '-1', '--format=%s', 'other').trim()).toBe('Add a');
    expect(session.git('log', '-1', '--format=%s', 'main').trim()).toBe('begin');
  });
});

test('tests that the turn itself has brought are run', async () => {
  const red = patch(
    '*** Begin Patch\n*** Add File: check.sh\n+echo "✕ adds"\n+exit 1\n*** Add File: a.txt\n+one\n*** End Patch\n',
  );
  await start([[red, ship({ subject: 'Begin' })], say('It fails.')], { testsIn: 'check.sh' });
  await session.prompt('begin a project');
  expect(created()).toEqual([]);
  expect(outputs().at(-1)).toContain('New failures: adds');
});

test('tests that run for too long are red and say which setting that is', async () => {
  await start([[add('a.txt', 'one'), ship({ subject: 'Add a' })], say('It never ends.')], {
    files: { 'check.sh': 'while test -e a.txt; do echo still here; sleep 0.05; done\n' },
    settings: { testTimeoutMs: 1_500 },
  });
  await session.prompt('add a');
  expect(outputs().at(-1)).toContain('ran longer than 1.5 s and was stopped (tests.timeout)');
  expect(subjects()).toEqual(['begin']);
});

test('where the last green commit is red in a scratch checkout, old failures cannot be compared', async () => {
  let step = 0;
  await start(
    () => {
      step += 1;
      if (step === 1) return [add('a.txt', 'one'), ship({ subject: 'Add a' })];
      if (step === 2) return [add('bad', 'one'), ship({ subject: 'Add bad' })];
      return ship({ subject: 'Add bad', known: true });
    },
    {
      // Green in the worktree alone, and slow enough that a patch stops the run of the starting tree.
      files: { 'check.sh': 'case "$PWD" in *project) ;; *) exit 1;; esac\nsleep 1\ntest ! -e bad\n' },
    },
  );
  await session.prompt('add a');
  session.write('notes.txt', 'mine\n');
  await session.prompt('add bad');
  expect(outputs()[3]).toContain('could not be compared');
  expect(created()).toEqual([{ kind: 'green' }, { kind: 'unverified', failures: 1 }]);
  expect(story(session.events)).toContain('notice.raised scratch off');
});
