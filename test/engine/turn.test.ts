import { afterEach, describe, expect, test } from 'vitest';
import type { Recorded } from '../../source/session/events.ts';
import { wallMs } from '../../source/session/pace.ts';
import {
  answer,
  call,
  cut,
  incomplete,
  patch,
  reason,
  run,
  type Script,
  say,
  ship,
  status,
} from '../support/model-server.ts';
import { type SessionOptions, startSession, story, type TestSession } from '../support/session.ts';

let session: TestSession;
afterEach(() => session?.close());

async function start(script: Script, options?: SessionOptions): Promise<TestSession> {
  session = await startSession(script, options);
  return session;
}

const add = (path: string): ReturnType<typeof patch> =>
  patch(`*** Begin Patch\n*** Add File: ${path}\n+one\n*** End Patch\n`);
type Input = {
  type: string;
  role?: string;
  content?: { text?: string }[];
  call_id?: string;
  output?: string;
}[];
const inputs = (): Input[] => session.requests.map((request) => request.input as Input);
const words = (input: Input): string[] =>
  input.flatMap((item) => (item.role === 'user' ? [item.content?.[0]?.text ?? ''] : []));
const ended = (): (Recorded & { type: 'turn.ended' })[] =>
  session.events.filter((event) => event.type === 'turn.ended');

/** Resolves when an event passes the test. */
function until(pass: (event: Recorded) => boolean): Promise<Recorded> {
  return new Promise((resolve) => {
    const stop = session.engine.onEvent((event) => {
      if (!pass(event)) return;
      stop();
      resolve(event);
    });
  });
}

describe('a turn', () => {
  test('keeps all of an output of which the model is shown a part', async () => {
    await start([run('seq 1 5000', { max_output_tokens: 50 }), say('Long.')]);
    await session.prompt('count');
    const [finished] = session.events.filter((event) => event.type === 'call.finished');
    const text = Buffer.from(session.engine.fetch(finished?.whole ?? '') ?? []).toString();
    expect([finished?.kept?.ofLines, text.split('\n').length, text.slice(0, 4)]).toEqual([
      5_000,
      5_001,
      '1\n2\n',
    ]);
    expect(finished?.output.length).toBeLessThan(400);
  });

  test('records everything before it is acted on, in one order', async () => {
    await start([[reason('Look first.'), run('echo hi')], say('Hello.')]);
    await session.prompt('greet');
    // Where HEAD is, is seen while the request is open: before or after its answer.
    const told = story(session.events).filter((line) => line !== 'notice.raised world');
    expect(told).toEqual([
      'session.opened',
      'prompt.accepted',
      'turn.started',
      'step.started',
      'step.finished',
      'call.started',
      'call.finished ok',
      'step.started',
      'step.finished',
      'turn.ended answered',
    ]);
  });

  test('sends requests whose prefix is the request before, byte for byte', async () => {
    await start([[reason('a'), run('echo 1'), run('echo 2')], run('echo 3'), say('Done.'), say('Again.')]);
    await session.prompt('first');
    await session.prompt('second');
    const bodies = session.requests.map(({ input, ...rest }) => ({
      rest: JSON.stringify(rest),
      input: (input as unknown[]).map((item) => JSON.stringify(item)),
    }));
    for (const [index, body] of bodies.slice(1).entries()) {
      const before = bodies[index]!;
      expect(body.rest).toBe(before.rest);
      expect(body.input.slice(0, before.input.length)).toEqual(before.input);
    }
  });

  test('goes on from the same request after a restart', async () => {
    await start([[reason('a'), run('echo 1')], say('Done.'), say('One.'), say('Two.')]);
    await session.prompt('first');
    const before = inputs()
      .at(-1)!
      .map((item) => JSON.stringify(item));
    await session.reopen();
    await session.prompt('second');
    const after = inputs()
      .at(-1)!
      .map((item) => JSON.stringify(item));
    expect(after.slice(0, before.length)).toEqual(before);
    expect(words(inputs().at(-1)!).slice(-1)).toEqual(['second']);
  });

  test('gives each call exactly one output, in order, right behind the answer', async () => {
    await start([[run('echo 1'), run('false'), call('nonsense', {})], say('Done.')]);
    await session.prompt('go');
    const kinds = inputs()[1]!.map((item) => item.type);
    expect(kinds.slice(-6)).toEqual([
      'function_call',
      'function_call',
      'function_call',
      'function_call_output',
      'function_call_output',
      'function_call_output',
    ]);
  });

  test('asks an empty answer once more, then fails', async () => {
    await start([say(''), say('')]);
    await session.prompt('go');
    expect(ended()).toMatchObject([{ outcome: 'failed' }]);
    expect(words(inputs()[1]!).at(-1)).toContain('Your last answer was empty');
  });

  test('goes on where an answer was cut at its maximum of tokens', async () => {
    await start([incomplete([say('It is so that')]), say('it ends.')]);
    await session.prompt('go');
    expect(words(inputs()[1]!).at(-1)).toContain('cut off');
    expect(ended()).toMatchObject([{ outcome: 'answered' }]);
  });

  test('ends after its maximum of steps', async () => {
    await start(() => run('true'), { settings: { maxSteps: 3 } });
    await session.prompt('go');
    expect(ended()).toMatchObject([{ outcome: 'failed', reason: expect.stringContaining('3 steps') }]);
  });

  test('splits its wall time so that the sum is the whole', async () => {
    await start([[run('sleep 0.2'), add('a.txt'), ship({ subject: 'Add' })]], {
      files: { 'check.sh': 'sleep 0.1\n' },
    });
    await session.prompt('go');
    const [end] = ended();
    const parts = end!.time!;
    const sum = wallMs(parts);
    const monos = session.events.map((event) => event.mono);
    const first = session.events.findIndex((event) => event.type === 'turn.started');
    const last = session.events.indexOf(end!);
    // The account begins right before the one event and ends right before the other.
    expect(sum).toBeGreaterThanOrEqual(Math.floor(monos[last - 1]! - monos[first]!));
    expect(sum).toBeLessThanOrEqual(Math.ceil(monos[last]! - monos[first - 1]!));
    expect(parts.commands).toBeGreaterThanOrEqual(200);
    expect(parts.tests).toBeGreaterThan(0);
    expect(parts.git).toBeGreaterThan(0);
  });
});

describe('a request that fails', () => {
  test('is sent again as it was, and no call is lost or repeated', async () => {
    await start([
      run('echo once >> log'),
      status(429, { headers: { 'retry-after-ms': '10' } }),
      cut(4),
      say('Done.'),
    ]);
    await session.prompt('go');
    expect(session.read('log')).toBe('once\n');
    const [, second, third, fourth] = inputs();
    expect(third).toEqual(second);
    expect(fourth).toEqual(second);
    expect(ended()).toMatchObject([{ outcome: 'answered' }]);
  });

  test('for good ends the turn and says which key, URL and model', async () => {
    await start([status(401)]);
    session.engine.send({ do: 'prompt', text: 'go' });
    session.engine.send({ do: 'prompt', text: 'later' });
    await session.engine.idle();
    expect(ended()).toMatchObject([
      { outcome: 'failed', reason: expect.stringMatching(/127.0.0.1:.*OPENAI_API_KEY.*scripted/) },
    ]);
    expect(session.engine.session.getState().queue.paused).toBe('failed');
  });

  test('for refused reasoning goes again without it', async () => {
    const refused = status(400, {
      error: {
        message: 'The encrypted content for item rs_1 could not be verified.',
        code: 'invalid_encrypted_content',
      },
    });
    await start([[reason('a'), run('echo 1')], refused, say('Done.')]);
    await session.prompt('go');
    expect(inputs()[1]!.some((item) => item.type === 'reasoning')).toBe(true);
    expect(inputs()[2]!.some((item) => item.type === 'reasoning')).toBe(false);
    expect(ended()).toMatchObject([{ outcome: 'answered' }]);
  });

  test('reasoning is left out also where it is refused after another fault', async () => {
    const refused = status(400, {
      error: {
        message: 'The encrypted content for item rs_1 could not be verified.',
        code: 'invalid_encrypted_content',
      },
    });
    await start([
      [reason('a'), run('echo 1')],
      status(429, { headers: { 'retry-after-ms': '10' } }),
      refused,
      say('Done.'),
    ]);
    await session.prompt('go');
    expect(ended()).toMatchObject([{ outcome: 'answered' }]);
  });

  test('headless does not wait longer than it may for a server that asks for it', async () => {
    await start(() => status(429, { retryAfter: 300 }), { settings: { giveUpMs: 1_000 } });
    // Else it would wait for longer than this test may take.
    await session.prompt('go');
    expect(ended()).toMatchObject([{ outcome: 'failed' }]);
  });

  test('is given up after the time that headless allows', async () => {
    await start(() => status(503), { settings: { giveUpMs: 1 } });
    await session.prompt('go');
    expect(ended()).toMatchObject([{ outcome: 'failed' }]);
    expect(session.requests.length).toBeGreaterThan(1);
  }, 60_000);
});

describe('steering and the queue', () => {
  test('a steer rides with the next request; a queued prompt runs after the turn', async () => {
    await start([run('echo 1'), say('Yes.'), say('Next.')]);
    const started = until((event) => event.type === 'call.started');
    session.engine.send({ do: 'prompt', text: 'go' });
    await started;
    session.engine.send({ do: 'steer', text: 'mind the gap' });
    session.engine.send({ do: 'prompt', text: 'afterwards' });
    await session.engine.idle();
    expect(words(inputs()[1]!).at(-1)).toBe('mind the gap');
    expect(inputs()[1]!.at(-1)?.role).toBe('user');
    expect(words(inputs()[2]!).at(-1)).toBe('afterwards');
    expect(story(session.events).join()).toContain('turn.ended answered,prompt.accepted,turn.started');
  });

  test('a steer against the last words makes the turn go on', async () => {
    await start([answer([say('I am done.')], { delayMs: 200 }), say('Now I am.')]);
    const asked = until((event) => event.type === 'step.started');
    session.engine.send({ do: 'prompt', text: 'go' });
    await asked;
    session.engine.send({ do: 'steer', text: 'not yet' });
    await session.engine.idle();
    expect(ended()).toHaveLength(1);
    expect(words(inputs()[1]!).at(-1)).toBe('not yet');
  });
});

describe('an interrupt', () => {
  test('kills the command with its children, gives every call an output and pauses the queue', async () => {
    await start([[run('sleep 100 & sleep 100'), run('echo never')], say('Corrected.'), say('Later.')]);
    const started = until((event) => event.type === 'call.started');
    session.engine.send({ do: 'prompt', text: 'go' });
    session.engine.send({ do: 'prompt', text: 'later' });
    await started;
    session.engine.send({ do: 'interrupt' });
    await session.engine.idle();
    expect(ended()).toMatchObject([{ outcome: 'interrupted' }]);
    expect(story(session.events).filter((line) => line.startsWith('call.finished'))).toEqual([
      'call.finished interrupted',
      'call.finished interrupted',
    ]);
    expect(session.engine.session.getState().queue).toMatchObject({
      paused: 'interrupted',
      items: [{ text: 'later' }],
    });
    session.engine.send({ do: 'prompt', text: 'a correction' });
    await session.engine.idle();
    expect(words(inputs()[1]!).slice(-1)).toEqual(['a correction']);
    expect(words(inputs()[2]!).slice(-1)).toEqual(['later']);
  });

  test('drops a streaming answer whole and keeps its text in the journal', async () => {
    await start([say('word '.repeat(2_000)), say('Fine.')], { pace: 500 });
    session.engine.send({ do: 'prompt', text: 'go' });
    await new Promise<void>((resolve) => {
      const stop = session.engine.live.subscribe(() => {
        if (session.engine.live.state.text.length < 20) return;
        stop();
        resolve();
      });
    });
    session.engine.send({ do: 'interrupt' });
    await session.engine.idle();
    expect(session.events.find((event) => event.type === 'step.failed')).toMatchObject({
      code: 'aborted',
      text: expect.stringContaining('word word'),
    });
    await session.prompt('again');
    expect(inputs()[1]!.some((item) => item.role === 'assistant')).toBe(false);
  });

  test('during a ship stops the tests, and the work joins the next one', async () => {
    await start([[add('a.txt'), ship({ subject: 'Add' })], ship({ subject: 'Add' })], {
      files: { 'check.sh': 'test -f quick || sleep 100\n' },
    });
    session.write('quick', '');
    session.git('add', '-A');
    session.git('commit', '-qm', 'quick');
    await new Promise((resolve) => setTimeout(resolve, 0));
    session.git('rm', '-q', 'quick');
    session.git('commit', '-qm', 'slow');
    const running = until((event) => event.type === 'run.started' && event.purpose === 'ship');
    session.engine.send({ do: 'prompt', text: 'go' });
    await running;
    session.engine.send({ do: 'interrupt' });
    await session.engine.idle();
    expect(ended()).toMatchObject([{ outcome: 'interrupted' }]);
    expect(Object.keys(session.engine.session.getState().claims)).toEqual(['a.txt']);
    session.write('quick', '');
    await session.prompt('ship it');
    expect(ended().at(-1)).toMatchObject({ outcome: 'shipped' });
  });
});
