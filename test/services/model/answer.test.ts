// What becomes of an answer's events: deltas while they come, items and usage in the end.
import { expect, it } from 'vitest';
import { answerEvents } from '../../../source/demo/answer-events.ts';
import { type RawReply, sendEvents } from '../../../source/demo/model-server.ts';
import { createModel } from '../../../source/services/openai.ts';
import {
  answer,
  bytes,
  call,
  incomplete,
  patch,
  reason,
  say,
  ship,
  startModelServer,
} from '../../support/model-server.ts';
import { askOnce, patchTool, request, shownOf } from './ask.ts';

it('streams text and reasoning as it comes and keeps the items without id and status', async () => {
  const { result, deltas } = await askOnce(
    answer([reason('Thinking about it.'), say('Hello, you.', 'final_answer')], {
      usage: { input: 100, cached: 60, output: 20, reasoning: 5 },
    }),
  );
  expect(shownOf(deltas, 'reasoning')).toBe('Thinking about it.');
  expect(shownOf(deltas, 'text')).toBe('Hello, you.');
  expect(deltas.filter((delta) => delta.kind === 'text').length).toBeGreaterThan(1);
  expect(result).toEqual({
    items: [
      {
        type: 'reasoning',
        summary: [{ type: 'summary_text', text: 'Thinking about it.' }],
        encrypted_content: expect.any(String),
      },
      {
        type: 'message',
        role: 'assistant',
        phase: 'final_answer',
        content: [{ type: 'output_text', text: 'Hello, you.', annotations: [], logprobs: [] }],
      },
    ],
    usage: { input: 100, cached: 60, output: 20, reasoning: 5 },
  });
});

it('says that thinking has begun, also where no thought is shown', async () => {
  const { deltas } = await askOnce([reason(''), say('Hello.')]);
  const kinds = deltas.map(({ kind }) => kind).filter((kind) => kind !== 'ping');
  expect(kinds.slice(0, 2)).toEqual(['reasoning', 'text']);
});

it('streams the arguments of several calls under an index of their own', async () => {
  const text = '*** Begin Patch\n*** Add File: a.txt\n+ä\n*** End Patch';
  const { result, deltas } = await askOnce(
    [
      reason('…'),
      call('exec_command', { cmd: 'ls' }, 'call_1'),
      patch(text, 'call_2'),
      ship({ subject: 'add a' }),
    ],
    {},
    { tools: [patchTool] },
  );
  const calls: { name: string; argument: string }[] = [];
  for (const delta of deltas) {
    if (delta.kind === 'call')
      calls[delta.index] = { name: delta.name, argument: (calls[delta.index]?.argument ?? '') + delta.text };
  }
  expect(calls).toEqual([
    { name: 'exec_command', argument: '{"cmd":"ls"}' },
    { name: 'apply_patch', argument: text },
    { name: 'ship', argument: '{"subject":"add a"}' },
  ]);
  expect(result).toMatchObject({
    items: [
      { type: 'reasoning' },
      { type: 'function_call', call_id: 'call_1', name: 'exec_command', arguments: '{"cmd":"ls"}' },
      { type: 'custom_tool_call', call_id: 'call_2', name: 'apply_patch', input: text },
      { type: 'function_call', name: 'ship' },
    ],
  });
});

it('sends the documented fields and no others', async () => {
  const { requests } = await askOnce(say('yes'), { webSearch: true }, { tools: [{ type: 'web_search' }] });
  expect(requests).toEqual([
    {
      model: 'scripted',
      instructions: 'Be brief.',
      input: request.input,
      tools: [{ type: 'web_search' }],
      parallel_tool_calls: true,
      reasoning: { effort: 'high', summary: 'auto' },
      include: ['reasoning.encrypted_content', 'web_search_call.action.sources'],
      prompt_cache_key: 'session-1',
      store: false,
      stream: true,
    },
  ]);
});

it('keeps whole items of an answer that met its token limit, and no reasoning that nothing follows', async () => {
  const { result } = await askOnce(
    incomplete([call('exec_command', { cmd: 'ls' }), reason('And then'), say('I was about to')]),
  );
  expect(result).toMatchObject({ cut: true, items: [{ type: 'function_call', name: 'exec_command' }] });
});

it('shows items whole that a server does not stream, and takes them from the final response', async () => {
  const message = {
    type: 'message',
    role: 'assistant',
    content: [{ type: 'output_text', text: 'All at once.' }],
    phase: null,
  };
  const search = {
    type: 'web_search_call',
    id: 'ws_1',
    status: 'completed',
    action: { type: 'search', query: 'tide tables' },
  };
  const stream = [
    { type: 'response.output_item.done', output_index: 0, item: search },
    { type: 'response.output_item.done', output_index: 1, item: message },
    { type: 'response.completed', response: { output: [search, message] } },
  ];
  const { result, deltas } = await askOnce(
    bytes(stream.map((event) => `data: ${JSON.stringify(event)}\n\n`).join('')),
  );
  expect(deltas).toEqual([
    { kind: 'search', query: 'tide tables' },
    { kind: 'text', text: 'All at once.' },
  ]);
  expect(result).toEqual({
    items: [
      { type: 'web_search_call', status: 'completed', action: { type: 'search', query: 'tide tables' } },
      { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'All at once.' }] },
    ],
    usage: { input: 0, cached: 0, output: 0, reasoning: 0 },
  });
});

it('reads characters that are split between chunks, and lines that end in CRLF', async () => {
  const events = answerEvents([say('Brest · Saint-Malo · 🌊 Helgoland')], { model: 'scripted', input: [] });
  const wire = Buffer.from(events.map((event) => `data: ${JSON.stringify(event)}\r\n\r\n`).join(''));
  const chunks = Array.from({ length: Math.ceil(wire.length / 7) }, (_, at) =>
    wire.subarray(at * 7, at * 7 + 7),
  );
  const { deltas } = await askOnce(bytes(...chunks));
  expect(shownOf(deltas, 'text')).toBe('Brest · Saint-Malo · 🌊 Helgoland');
});

it('reads messages of several lines, a last one without a blank line, and nothing behind the end', async () => {
  const done = 'data: {"type":"response.completed",\ndata: "response":{"output":[]}}';
  const { result } = await askOnce(bytes(`: open\nid: 1\nevent: response.completed\n${done}`));
  expect(result).toMatchObject({ items: [] });
  const { result: early } = await askOnce(bytes(`data: [DONE]\n\n${done}\n\n`));
  expect(early).toMatchObject({ kind: 'again', code: 'cut' });
});

it('lets the loop come round while an answer arrives at once', async () => {
  const events = answerEvents([say('word '.repeat(2_000))], { model: 'scripted', input: [] });
  const wire = events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join('');
  const server = await startModelServer([bytes(wire)]);
  const model = createModel({
    baseUrl: server.baseUrl,
    model: 'scripted',
    effort: 'high',
    app: 'hullspeed/test',
  });
  let shown = 0;
  /** What had been shown each time that the loop came round: a key would have been seen then. */
  const rounds: number[] = [];
  const comeRound = (): void => {
    if (rounds.push(shown) < 1_000) setImmediate(comeRound);
  };
  await model.ask(request, () => void (shown++ === 0 && comeRound()), new AbortController().signal);
  const longest = Math.max(...rounds.map((at, round) => at - (rounds[round - 1] ?? 0)));
  expect(shown).toBeGreaterThan(2_500);
  expect(longest).toBeLessThan(shown / 20);
  await server.close();
});

it('keeps its connection for the next request, though a server ends its answers late', async () => {
  const late: RawReply = async (response, body) => {
    await sendEvents(response, answerEvents([say('yes')], body));
    setTimeout(() => response.end(), 50);
  };
  const server = await startModelServer([late, late, late]);
  const model = createModel({
    baseUrl: server.baseUrl,
    model: 'scripted',
    effort: 'high',
    app: 'hullspeed/test',
  });
  for (const _ of [1, 2, 3]) {
    await model.ask(request, () => {}, new AbortController().signal);
    await expect.poll(() => server.open(), { timeout: 10_000 }).toBe(0);
    // The client hears of the end a moment after the server has sent it.
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  expect(server.connections()).toBe(1);
  await server.close();
});

it('shows nothing of an answer that has ended', async () => {
  const talkative: RawReply = async (response, body) => {
    await sendEvents(response, answerEvents([say('yes')], body));
    setTimeout(() => response.end(': still here\n\n'), 20);
  };
  const server = await startModelServer([talkative]);
  const model = createModel({
    baseUrl: server.baseUrl,
    model: 'scripted',
    effort: 'high',
    app: 'hullspeed/test',
  });
  const deltas: unknown[] = [];
  await model.ask(request, (delta) => deltas.push(delta), new AbortController().signal);
  const seen = deltas.length;
  await expect.poll(() => server.open(), { timeout: 10_000 }).toBe(0);
  expect(deltas.length).toBe(seen);
  await server.close();
});

it('has grammar tools, web search and compaction on the host of OpenAI alone, unless configured', () => {
  const base = { model: 'gpt-5.2-codex', effort: 'high', app: 'hullspeed/test' };
  expect(createModel(base)).toMatchObject({
    name: 'gpt-5.2-codex',
    host: 'api.openai.com',
    custom: true,
    webSearch: true,
  });
  const local = { ...base, baseUrl: 'http://127.0.0.1:11434/v1' };
  expect(createModel(local)).toMatchObject({ host: '127.0.0.1:11434', custom: false, webSearch: false });
  expect(createModel({ ...local, customTools: true })).toMatchObject({ custom: true, webSearch: false });
});

it('refuses a base URL that is none, and a key that cannot be one', () => {
  const base = { model: 'm', effort: 'high', app: 'hullspeed/test' };
  expect(() => createModel({ ...base, baseUrl: 'localhost:11434' })).toThrow(/no http or https address/);
  expect(() => createModel({ ...base, baseUrl: 'http://me:pass@host/v1' })).toThrow(/user name or password/);
  expect(() => createModel({ ...base, apiKey: 'sk-1\nsk-2' })).toThrow(/holds spaces or letters/);
  expect(() => createModel({ ...base, apiKey: 'sk-1\n' })).not.toThrow();
});
