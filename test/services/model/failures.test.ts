// Every way in which a request fails, over real HTTP: what it means for the turn and what a person reads.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { createModel } from '../../../source/services/openai.ts';
import {
  bytes,
  call,
  cut,
  failed,
  html,
  incomplete,
  pings,
  type Reply,
  say,
  silent,
  startModelServer,
  status,
} from '../../support/model-server.ts';
import { API_KEY, askOnce, failOnce, request } from './ask.ts';

const quota = {
  code: 'insufficient_quota',
  type: 'insufficient_quota',
  message: 'You exceeded your current quota.',
};
const tooLong =
  'Your input exceeds the context window of this model. Please adjust your input and try again.';

const rows: [name: string, reply: Reply, kind: string, code: string, reason?: RegExp][] = [
  ['a rate limit', status(429), 'again', '429', /limits the requests/],
  ['a spent quota', status(429, { error: quota }), 'final', '429', /no quota left/],
  [
    'a single request over the limit per minute',
    status(429, { error: { message: 'Request too large for gpt on tokens per min' } }),
    'length',
    '429',
  ],
  ['an overloaded server', status(503, { body: '<html>busy</html>' }), 'again', '503', /503: a web page/],
  ['a server error', status(500), 'again', '500'],
  ['a request timeout', status(408), 'again', '408'],
  ['a conflict', status(409), 'again', '409'],
  [
    'a wrong key',
    status(401, { error: { message: 'Incorrect API key' } }),
    'final',
    '401',
    /OPENAI_API_KEY \(…abcd\).*401: Incorrect API key/,
  ],
  ['a key that may not', status(403), 'final', '403', /does not allow scripted with the key OPENAI_API_KEY/],
  [
    'an unknown model',
    status(404, { error: 'model "scripted" not found' }),
    'final',
    '404',
    /http:\/\/127\S+ knows no model scripted/,
  ],
  [
    'a redirect, which would lose the key',
    status(308, { headers: { location: 'https://elsewhere.example/v1/responses' } }),
    'final',
    '308',
    /sends requests for scripted on to https:\/\/elsewhere\.example\/v1\/responses \(308\)/,
  ],
  ['any other refusal', status(422, { body: '{"detail":"bad tools"}' }), 'final', '422', /422: bad tools/],
  [
    'the length in OpenAI’s words',
    status(400, { error: { code: 'context_length_exceeded', message: tooLong } }),
    'length',
    '400',
  ],
  [
    'the length in llama.cpp’s words',
    status(400, {
      error: {
        code: 400,
        type: 'exceed_context_size_error',
        message: 'the request exceeds the available context size',
      },
    }),
    'length',
    '400',
  ],
  [
    'the length in vLLM’s words',
    status(400, {
      body: '{"object":"error","message":"This model\'s maximum context length is 4096 tokens.","code":400}',
    }),
    'length',
    '400',
  ],
  [
    'the length in LM Studio’s words',
    status(400, {
      error: 'The number of tokens to keep from the initial prompt is greater than the context length',
    }),
    'length',
    '400',
  ],
  [
    'a string that is too long',
    status(400, { error: { code: 'string_above_max_length', message: "Invalid 'input[0]'" } }),
    'length',
    '400',
  ],
  ['a body that is too large', status(413, { body: '' }), 'length', '413'],
  [
    'reasoning that is not found',
    status(404, { error: { message: "Item with id 'rs_0123abc' not found." } }),
    'reasoning',
    '404',
  ],
  [
    'reasoning that cannot be decrypted',
    status(400, { error: { code: 'invalid_encrypted_content', message: 'could not be verified' } }),
    'reasoning',
    '400',
  ],
  [
    'reasoning without its item',
    status(400, {
      error: { message: "Item 'rs_1' of type 'reasoning' was provided without its required following item." },
    }),
    'reasoning',
    '400',
  ],
  [
    'a model that does not reason',
    status(400, { error: { message: 'Encrypted content is not supported with this model.' } }),
    'final',
    '400',
  ],
  ['a connection that breaks', cut(6), 'again', 'cut'],
  [
    'a stream that just ends',
    cut(6, [say('half a sen')], true),
    'again',
    'cut',
    /ended before it was complete/,
  ],
  ['a stream that ends before its first event', cut(0, [], true), 'again', 'cut'],
  ['a web page', html(), 'final', 'no_stream', /a web page instead of a stream/],
  [
    'JSON in place of a stream',
    status(200, { error: { message: 'no such route' } }),
    'final',
    'no_stream',
    /no such route/,
  ],
  ['an event that is no JSON', bytes('data: {"type": oops}\n\n'), 'again', 'garbled'],
  [
    'an answer with an item that is none',
    bytes('data: {"type":"response.completed","response":{"output":[7]}}\n\n'),
    'again',
    'garbled',
  ],
  [
    'JSON deeper than any model writes',
    bytes(
      `data: {"type":"response.completed","response":{"output":[{"type":"x","a":${'['.repeat(200)}${']'.repeat(200)}}]}}\n\n`,
    ),
    'again',
    'garbled',
  ],
  [
    'a failed response',
    failed({ code: 'server_error', message: 'The server had an error.' }),
    'again',
    'server_error',
  ],
  [
    'a failed response for length',
    failed({ code: 'context_length_exceeded', message: tooLong }),
    'length',
    'context_length_exceeded',
  ],
  [
    'a failed response for its prompt',
    failed({ code: 'invalid_prompt', message: 'against the usage policy' }),
    'final',
    'invalid_prompt',
  ],
  [
    'an error event',
    bytes('event: error\ndata: {"type":"error","code":"rate_limit_exceeded","message":"slow down"}\n\n'),
    'again',
    'rate_limit_exceeded',
  ],
  [
    'an error event without a type',
    bytes('event: error\ndata: {"code":"rate_limit_exceeded","message":"slow down"}\n\n'),
    'again',
    'rate_limit_exceeded',
    /slow down/,
  ],
  [
    'an error without a type',
    bytes('data: {"error":{"message":"loading model","code":503}}\n\n'),
    'again',
    'server_error',
    /loading model/,
  ],
  ['a content filter', incomplete([say('I would rather')], 'content_filter'), 'final', 'content_filter'],
];

describe('a failure', () => {
  it.each(rows)('by %s', async (_, reply, kind, code, reason = /scripted/) => {
    expect(await failOnce(reply)).toMatchObject({ kind, code, reason: expect.stringMatching(reason) });
  });

  it('by a server that is not there names its address', async () => {
    const server = await startModelServer([]);
    await server.close();
    const model = createModel({
      baseUrl: server.baseUrl,
      model: 'scripted',
      effort: 'high',
      app: 'hullspeed/test',
    });
    const failure = await model.ask(request, () => {}, new AbortController().signal);
    expect(failure).toMatchObject({
      kind: 'again',
      code: 'connection',
      reason: `Could not reach ${server.baseUrl} (ECONNREFUSED). Check the network and the base URL.`,
    });
  });
});

describe('the wait that a server asks for', () => {
  it.each([
    ['seconds', { retryAfter: 7 }, 7_000],
    ['fractions of seconds', { retryAfter: '0.25' }, 250],
    ['milliseconds', { headers: { 'retry-after-ms': '1500' }, retryAfter: 9 }, 1_500],
    ['no more than an hour', { retryAfter: 1e9 }, 3_600_000],
    ['words', { error: { message: 'Please try again in 1.898s. Visit …' } }, 1_898],
    ['nothing that can be read', { retryAfter: 'soon' }, undefined],
  ])('is read from %s', async (_, options, ms) => {
    expect((await failOnce(status(429, options))).retryAfterMs).toBe(ms);
  });

  it('is read from a date', async () => {
    const { retryAfterMs } = await failOnce(
      status(503, { retryAfter: new Date(Date.now() + 60_000).toUTCString() }),
    );
    expect(retryAfterMs).toBeGreaterThan(0);
    expect(retryAfterMs).toBeLessThanOrEqual(60_000);
  });

  it('is not given for a failure that is final', async () => {
    expect(await failOnce(status(401, { retryAfter: 5 }))).not.toHaveProperty('retryAfterMs');
  });
});

describe('silence', () => {
  it('before the first word ends the request', async () => {
    expect(await failOnce(silent(), { silenceMs: 100 })).toMatchObject({ kind: 'again', code: 'silent' });
  });

  it('is broken by pings, but not for ever', async () => {
    const { result, deltas } = await askOnce(pings(50), { silenceMs: 2_000, totalMs: 4_000 });
    expect(result).toMatchObject({
      kind: 'again',
      code: 'silent',
      reason: expect.stringContaining('nothing but signs of life'),
    });
    expect(deltas.every((delta) => delta.kind === 'ping')).toBe(true);
    expect(deltas.length).toBeGreaterThan(20);
  });

  it('is not what a slow answer is', async () => {
    const server = await startModelServer([say('word '.repeat(24))], { pace: 4 });
    const model = createModel({
      baseUrl: server.baseUrl,
      model: 'scripted',
      effort: 'high',
      app: 'hullspeed/test',
      silenceMs: 3_000,
      totalMs: 3_000,
    });
    expect(await model.ask(request, () => {}, new AbortController().signal)).toHaveProperty('items');
    await server.close();
  });
});

describe('an interrupt', () => {
  it('ends a request at once in the middle of a stream, and nothing is shown afterwards', async () => {
    const server = await startModelServer([call('exec_command', { cmd: 'x'.repeat(4_000) })], { pace: 100 });
    const interrupt = new AbortController();
    const model = createModel({
      baseUrl: server.baseUrl,
      model: 'scripted',
      effort: 'high',
      app: 'hullspeed/test',
    });
    let shown = 0;
    const result = model.ask(
      request,
      () => {
        if (++shown === 5) interrupt.abort();
      },
      interrupt.signal,
    );
    expect(await result).toMatchObject({ kind: 'aborted', code: 'aborted' });
    expect(shown).toBe(5);
    await server.close();
    expect(shown).toBe(5);
  });

  it('ends a request to a server that accepts and never answers', async () => {
    const server = await startModelServer([silent()]);
    const interrupt = new AbortController();
    const model = createModel({
      baseUrl: server.baseUrl,
      model: 'scripted',
      effort: 'high',
      app: 'hullspeed/test',
    });
    const result = model.ask(request, () => {}, interrupt.signal);
    await expect.poll(() => server.requests.length, { timeout: 10_000 }).toBe(1);
    interrupt.abort();
    expect(await result).toMatchObject({ kind: 'aborted' });
    await server.close();
  });

  it('that came before sends nothing', async () => {
    const server = await startModelServer([say('too late')]);
    const model = createModel({
      baseUrl: server.baseUrl,
      model: 'scripted',
      effort: 'high',
      app: 'hullspeed/test',
    });
    expect(await model.ask(request, () => {}, AbortSignal.abort())).toMatchObject({ kind: 'aborted' });
    await server.close();
    expect(server.requests).toEqual([]);
  });
});

describe('an answer without end', () => {
  it('is cut off when one event is too large', async () => {
    const failure = await failOnce(
      bytes('data: "', ...Array.from({ length: 64 }, () => 'x'.repeat(2 ** 20))),
    );
    expect(failure).toMatchObject({ kind: 'again', code: 'too_large' });
  });

  it('is cut off when a refusal is too long', async () => {
    const server = createServer((_, response) => {
      response.writeHead(500, { 'content-type': 'text/plain' });
      const flood = () => {
        while (!response.destroyed && response.write('no '.repeat(10_000)));
      };
      response.on('drain', flood);
      flood();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
    const model = createModel({ baseUrl, model: 'scripted', effort: 'high', app: 'hullspeed/test' });
    const failure = await model.ask(request, () => {}, new AbortController().signal);
    expect(failure).toMatchObject({ kind: 'again', code: '500' });
    server.closeAllConnections();
    server.close();
  });
});

describe('a reason', () => {
  it('never holds the key, whoever says it', async () => {
    const echo = (text: string) =>
      status(401, { error: { message: `${text} ${API_KEY} ${'x'.repeat(380)} Bearer ${API_KEY}` } });
    for (const reply of [
      echo('Incorrect API key provided:'),
      echo('y'.repeat(370)),
      failed({ code: API_KEY, message: API_KEY }),
      status(200, { error: `${'z'.repeat(180)}${API_KEY}` }),
    ]) {
      const failure = await failOnce(reply);
      expect(JSON.stringify(failure)).not.toContain(API_KEY.slice(0, 12));
    }
  });

  it('holds no control sequences and is short', async () => {
    const hostile = `\x1b]0;owned\x07\x1b[2Jline\nline\u202e\u200b ${'long '.repeat(500)}`;
    const { reason } = await failOnce(status(500, { error: { message: hostile } }));
    expect(reason).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(reason).toContain('line line');
    expect(reason.length).toBeLessThan(420);
  });
});
