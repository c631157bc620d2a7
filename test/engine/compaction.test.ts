import { afterEach, expect, test } from 'vitest';
import {
  answer,
  patch,
  type RequestBody,
  reason,
  run,
  type Script,
  say,
  ship,
  status,
} from '../support/model-server.ts';
import { type SessionOptions, startSession, type TestSession } from '../support/session.ts';

let session: TestSession;
afterEach(() => session?.close());

async function start(script: Script, options?: SessionOptions): Promise<TestSession> {
  session = await startSession(script, options);
  return session;
}

type Input = { type: string; role?: string; content?: { text?: string }[]; output?: string }[];
const text = (body: { input?: unknown } | undefined): string => JSON.stringify(body?.input);
const compactions = (): string[] =>
  session.events.flatMap((event) => (event.type === 'context.compacted' ? [event.by] : []));
const asksForSummary = (body: RequestBody): boolean =>
  JSON.stringify(body.input).includes('The context is about to be made shorter');
const usage = (input: number): { usage: { input: number } } => ({ usage: { input } });

test('a task over three compactions ends in a commit', async () => {
  let work = 0;
  await start(
    (body) => {
      if (asksForSummary(body)) return say(`summary ${work}`);
      work += 1;
      if (work === 8)
        return [
          patch('*** Begin Patch\n*** Add File: a.txt\n+one\n*** End Patch\n'),
          ship({ subject: 'Add a' }),
        ];
      // Each answer says that the context has grown by half of the threshold.
      return work % 2 === 0
        ? answer([say(`part ${work}`)], usage(12_000))
        : answer([reason('r'), run(`echo ${work}`)], usage(5_000));
    },
    { settings: { compactAt: 10_000 }, files: { 'check.sh': 'true\n' } },
  );
  for (const prompt of ['one', 'two', 'three', 'four']) await session.prompt(prompt);
  expect(compactions()).toEqual(['summary', 'summary', 'summary']);
  expect(session.git('log', '-1', '--format=%s').trim()).toBe('Add a');
  const last = text(session.requests.at(-1));
  expect(last).toContain('summary 6');
  expect(last).not.toContain('part 2');
  for (const prompt of ['one', 'two', 'three', 'four']) expect(last).toContain(prompt);
});

test('what the session knows is put back beside the summary, and the running turn stays word for word', async () => {
  await start(
    (body) => {
      if (asksForSummary(body)) return say('the summary');
      const input = body.input as Input;
      if (input.at(-1)?.type === 'function_call_output' || input.at(-1)?.type === 'custom_tool_call_output')
        return answer([say('Fine.')], usage(50_000));
      return [
        patch('*** Begin Patch\n*** Add File: source/a.txt\n+one\n*** End Patch\n'),
        run('cat source/b.ts'),
      ];
    },
    { settings: { compactAt: 40_000 }, files: { 'source/b.ts': 'b\n' } },
  );
  await session.prompt('look at b and add a');
  session.engine.send({ do: 'prompt', text: 'the second prompt' });
  await session.engine.idle();
  const request = session.requests.find(
    (body) => text(body).includes('the summary') && !asksForSummary(body as RequestBody),
  );
  expect(text(request)).toMatch(/kind=\\"summary\\"/);
  expect(text(request)).toContain('look at b and add a');
  expect(text(request)).toContain('Files that you changed:\\nsource/a.txt');
  expect(text(request)).toContain('source/b.ts');
  expect(text(request)).toContain('Changed and not committed yet:\\nsource/a.txt');
  expect((request!.input as Input).at(-1)?.content?.[0]?.text).toBe('the second prompt');
});

test('a provider that refuses the length makes the context shorter, then the turn goes on', async () => {
  const tooLong = status(400, {
    error: {
      message: 'Your input exceeds the context window of this model.',
      code: 'context_length_exceeded',
    },
  });
  await start([say('One.'), tooLong, say('a summary'), say('Two.')]);
  await session.prompt('first');
  await session.prompt('second');
  expect(compactions()).toEqual(['summary']);
  expect(session.events.at(-1)).toMatchObject({ type: 'turn.ended', outcome: 'answered' });
});

test('where the running turn itself is too long, its oldest outputs are cut, and only then it fails', async () => {
  const tooLong = status(400, { error: { message: 'too long', code: 'context_length_exceeded' } });
  await start([run('seq 1 3000'), run('seq 1 2000'), tooLong, tooLong, tooLong, tooLong]);
  await session.prompt('count');
  expect(compactions()).toEqual(['cut', 'cut']);
  expect(session.events.at(-1)).toMatchObject({
    type: 'turn.ended',
    outcome: 'failed',
    reason: expect.stringContaining('too long'),
  });
});

test('there is never a second compaction without a finished step between', async () => {
  let steps = 0;
  await start(
    (body) => {
      if (asksForSummary(body)) return say('summary');
      steps += 1;
      return answer([steps < 5 ? run('true') : say('Done.')], usage(100_000));
    },
    { settings: { compactAt: 10_000 } },
  );
  await session.prompt('one');
  await session.prompt('two');
  const kinds = session.events.flatMap((event) =>
    event.type === 'context.compacted' && event.by === 'summary'
      ? ['compacted']
      : event.type === 'step.finished'
        ? ['step']
        : [],
  );
  expect(kinds.join(' ')).not.toContain('compacted compacted');
  expect(session.events.at(-1)).toMatchObject({ outcome: 'answered' });
});

test('by hand it compacts at rest, and a new context forgets all but the journal', async () => {
  await start((body) => (asksForSummary(body) ? say('by hand') : say('Fine.')));
  await session.prompt('one');
  session.engine.send({ do: 'compact' });
  await session.engine.idle();
  await session.prompt('two');
  expect(text(session.requests.at(-1))).toContain('by hand');
  expect(session.requests.map((body) => (body as RequestBody).tool_choice)).toEqual([
    undefined,
    'none',
    undefined,
  ]);
  session.engine.send({ do: 'new' });
  await session.prompt('three');
  expect(text(session.requests.at(-1))).not.toContain('by hand');
  expect(compactions()).toEqual(['summary', 'new']);
});

test('a prompt given while a compaction by hand runs is not lost', async () => {
  await start((body) => (asksForSummary(body) ? answer([say('slow')], { delayMs: 200 }) : say('Fine.')));
  await session.prompt('one');
  session.engine.send({ do: 'compact' });
  session.engine.send({ do: 'prompt', text: 'two' });
  session.engine.send({ do: 'prompt', text: 'three' });
  await session.engine.idle();
  expect(session.events.filter((event) => event.type === 'turn.ended')).toHaveLength(3);
});

test('where the estimate was wrong, all outputs are cut at once: a refused length costs few requests', async () => {
  const tooLong = status(400, { error: { message: 'too long', code: 'context_length_exceeded' } });
  let step = 0;
  await start(() => {
    step += 1;
    return step <= 6 ? run('seq 1 2000') : tooLong;
  });
  await session.prompt('count');
  expect(compactions()).toEqual(['cut', 'cut']);
  expect(session.requests).toHaveLength(9);
  expect(session.events.at(-1)).toMatchObject({ type: 'turn.ended', outcome: 'failed' });
});

test('a context that a compaction begins in the middle of a turn is told where it is', async () => {
  let step = 0;
  await start(
    (body) => {
      if (asksForSummary(body)) return say('summary');
      step += 1;
      return step === 1
        ? say('One.')
        : answer([step === 2 ? run('true') : say('Done.')], usage(step === 2 ? 100_000 : 100));
    },
    { settings: { compactAt: 10_000 } },
  );
  await session.prompt('one');
  await session.prompt('two');
  expect(compactions()).toEqual(['summary']);
  expect(text(session.requests.at(-1))).toContain('a test');
});

test('one that is interrupted before the model heard it waits again', async () => {
  await start(
    (body) =>
      asksForSummary(body)
        ? answer([say('slow')], { delayMs: 5_000 })
        : answer([say('Fine.')], { usage: { input: 50_000 } }),
    { settings: { compactAt: 10_000 } },
  );
  await session.prompt('one');
  session.engine.send({ do: 'prompt', text: 'two' });
  await expect.poll(() => session.requests.some((body) => asksForSummary(body as RequestBody))).toBe(true);
  session.engine.send({ do: 'interrupt' });
  await session.engine.idle();
  expect(session.engine.session.getState().queue).toMatchObject({
    paused: 'interrupted',
    items: [{ text: 'two' }],
  });
});

test('a new context during a compaction by hand stays new', async () => {
  await start((body) =>
    asksForSummary(body) ? answer([say('the old story')], { delayMs: 200 }) : say('Fine.'),
  );
  await session.prompt('one');
  session.engine.send({ do: 'compact' });
  session.engine.send({ do: 'new' });
  await session.engine.idle();
  await session.prompt('two');
  expect(JSON.stringify(session.requests.at(-1)?.input)).not.toContain('the old story');
});

test('a summary that meets a fault is asked for again', async () => {
  let asked = 0;
  await start(
    (body) => {
      if (!asksForSummary(body)) return answer([say('Fine.')], { usage: { input: 50_000 } });
      asked += 1;
      return asked === 1 ? status(503, { headers: { 'retry-after-ms': '10' } }) : say('the summary');
    },
    { settings: { compactAt: 10_000 } },
  );
  await session.prompt('one');
  await session.prompt('two');
  expect(compactions()).toContain('summary');
});

test('a provider that reports no usage is compacted for in time', async () => {
  await start(
    (body) =>
      asksForSummary(body)
        ? say('the summary')
        : answer([say('word '.repeat(10_000))], { usage: { input: 0, output: 0 } }),
    { settings: { compactAt: 20_000 } },
  );
  for (const text of ['one', 'two', 'three']) await session.prompt(text);
  expect(compactions()).toContain('summary');
});

test('a provider’s own compaction stands in the place of what it replaces, and is replayed as it is', async () => {
  const compaction = { type: 'compaction', encrypted_content: 'gAAA' };
  await start(() => answer([say('Words.')], usage(50_000)), {
    settings: { compactAt: 40_000 },
    compact: (response) => {
      response.setHeader('content-type', 'application/json');
      const tokens = { input_tokens: 9, output_tokens: 3 };
      response.end(
        JSON.stringify({ id: 'r', object: 'response.compaction', output: [compaction], usage: tokens }),
      );
    },
  });
  await session.prompt('the first prompt');
  await session.prompt('the second prompt');
  expect(compactions()).toEqual(['provider']);
  const input = session.requests.at(-1)!.input as Input;
  expect(input[0]).toEqual(compaction);
  expect(text(session.requests.at(-1))).toContain('the first prompt');
  expect(input.at(-1)?.content?.[0]?.text).toBe('the second prompt');
});
