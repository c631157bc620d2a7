// The client against a Responses server that it was not written for.
import { LLMock } from '@copilotkit/aimock';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ModelRequest } from '../../../source/engine/ports.ts';
import { createModel } from '../../../source/services/openai.ts';
import { request } from './ask.ts';

const server = new LLMock({ port: 0 });
beforeEach(() => server.start());
afterEach(() => server.stop());

const tools = [
  {
    type: 'function',
    name: 'exec_command',
    parameters: { type: 'object', properties: { cmd: { type: 'string' } } },
    strict: false,
  },
];

it('goes from a prompt over a call and its output to words', async () => {
  server.onToolResult('call_7', { content: 'High water is at 06:12.' });
  server.onMessage('hello', {
    reasoning: 'Look first.',
    toolCalls: [{ id: 'call_7', name: 'exec_command', arguments: '{"cmd":"tide next"}' }],
  });
  const model = createModel({
    baseUrl: `${server.url}/v1`,
    model: 'gpt-5.2-codex',
    effort: 'high',
    app: 'hullspeed/test',
  });
  let text = '';
  const ask = (asked: ModelRequest) =>
    model.ask(
      asked,
      (delta) => (text += delta.kind === 'text' ? delta.text : ''),
      new AbortController().signal,
    );

  const first = await ask({ ...request, tools });
  if (!('items' in first)) throw new Error(first.reason);
  expect(first.items.at(-1)).toMatchObject({
    type: 'function_call',
    call_id: 'call_7',
    name: 'exec_command',
    arguments: '{"cmd":"tide next"}',
  });

  const output = { type: 'function_call_output', call_id: 'call_7', output: 'high 06:12' };
  const second = await ask({ ...request, tools, input: [...request.input, ...first.items, output] });
  if (!('items' in second)) throw new Error(second.reason);
  expect(second.items.at(-1)).toMatchObject({ type: 'message', role: 'assistant' });
  expect(text).toBe('High water is at 06:12.');
});

it('reads its refusals', async () => {
  server.nextRequestError(429, { message: 'slow down', code: 'rate_limit_exceeded' });
  const model = createModel({
    baseUrl: `${server.url}/v1`,
    model: 'gpt-5.2-codex',
    effort: 'high',
    app: 'hullspeed/test',
  });
  expect(await model.ask(request, () => {}, new AbortController().signal)).toMatchObject({
    kind: 'again',
    code: '429',
  });
});
