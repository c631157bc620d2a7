// The provider's own compaction, where it has one.
import { expect, it } from 'vitest';
import { createModel } from '../../../source/services/openai.ts';
import { type RawReply, startModelServer, status } from '../../support/model-server.ts';
import { request } from './ask.ts';

const message = { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'hello' }] };

async function compactOnce(compact: RawReply | undefined, compaction = true) {
  const server = await startModelServer([], compact && { compact });
  const model = createModel({
    baseUrl: server.baseUrl,
    model: 'scripted',
    effort: 'high',
    app: 'hullspeed/test',
    compaction,
  });
  const answer = await model.compact(request, new AbortController().signal);
  await server.close();
  return answer;
}

it('gives the items that stand for the input', async () => {
  const answer = await compactOnce((response, body) => {
    expect(body).toEqual({
      model: 'scripted',
      instructions: 'Be brief.',
      input: request.input,
      prompt_cache_key: 'session-1',
    });
    const output = [
      { ...message, id: 'msg_1', status: 'completed' },
      { type: 'compaction', id: 'cmp_1', encrypted_content: 'gAAA' },
    ];
    response.setHeader('content-type', 'application/json');
    response.end(
      JSON.stringify({
        id: 'resp_1',
        object: 'response.compaction',
        output,
        usage: { input_tokens: 9, output_tokens: 3 },
      }),
    );
  });
  expect(answer).toEqual({
    items: [message, { type: 'compaction', encrypted_content: 'gAAA' }],
    usage: { input: 9, cached: 0, output: 3, reasoning: 0 },
  });
});

it('is null where the server has none', async () => {
  expect(await compactOnce(undefined)).toBe(null);
  expect(await compactOnce(undefined, false)).toBe(null);
});

it('fails as a request does', async () => {
  expect(await compactOnce(status(500))).toMatchObject({ kind: 'again', code: '500' });
  expect(
    await compactOnce(
      (response) => void response.setHeader('content-type', 'application/json').end('{"output": 7}'),
    ),
  ).toMatchObject({ kind: 'again', code: 'garbled' });
  expect(
    await compactOnce(
      (response) => void response.setHeader('content-type', 'application/json').end('{"outp'),
    ),
  ).toMatchObject({ kind: 'again', code: 'garbled' });
});
