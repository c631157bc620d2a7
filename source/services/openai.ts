// The model behind the `openai` client: one streamed request over the Responses API, every fault a value.
import type OpenAI from 'openai';
import type { ResponseInput } from 'openai/resources/responses/responses';
import { AppError } from '../engine/errors.ts';
import type { Model, ModelAnswer, ModelFailure, ModelRequest } from '../engine/ports.ts';
import { readAnswer, readWhole } from './model-answer.ts';
import { readEvents } from './model-events.ts';
import { type Endpoint, explainThrown } from './model-failure.ts';
import { type Guard, type Guarded, guardBytes, guardFetch } from './model-fetch.ts';
import { createTransport } from './model-transport.ts';
import { type Watch, watchRequest } from './model-watch.ts';
import { createRequestBody, type RequestFields } from './request-body.ts';

export interface ModelOptions {
  /** Local servers need none; they are sent a placeholder. */
  readonly apiKey?: string;
  /** As the `openai` client takes it, with its `/v1`. OpenAI's own by default. */
  readonly baseUrl?: string;
  readonly model: string;
  readonly effort: string;
  /** Grammar tools, web search and compaction: only OpenAI's own host is known to have them (rule 21). */
  readonly customTools?: boolean;
  readonly webSearch?: boolean;
  readonly compaction?: boolean;
  /** Longest time without a byte, in ms. */
  readonly silenceMs?: number;
  /** Longest time in which only signs of life come, in ms. */
  readonly totalMs?: number;
  /** Name and version of this program, for the `User-Agent`. */
  readonly app: string;
}

const OPENAI_URL = 'https://api.openai.com/v1';
/** How long a finished answer's connection may take to end: kept open, the next request saves its handshake. */
const DRAIN_MS = 5_000;

/**
 * The model port. `warm` loads the client ahead of the first request; it never rejects.
 * Throws `AppError('config')` for a base URL or a key that no request could be sent with.
 */
export function createModel(options: ModelOptions): Model & { warm(): Promise<void> } {
  const url = readUrl(options.baseUrl ?? OPENAI_URL);
  const official = url.host === 'api.openai.com';
  const {
    model,
    customTools = official,
    webSearch = official,
    compaction = official,
    silenceMs = 300_000,
  } = options;
  const apiKey = readKey(options.apiKey);
  const totalMs = options.totalMs ?? Math.max(600_000, 2 * silenceMs);
  const endpoint: Endpoint = {
    url: `${url.origin}${url.pathname}`.replace(/\/$/, ''),
    model,
    ...(apiKey ? { apiKey } : {}),
  };

  const bytesOf = createRequestBody();
  let connected: Promise<OpenAI> | undefined;
  const client = (): Promise<OpenAI> => (connected ??= connect(endpoint, official, totalMs, options.app));

  return {
    name: model,
    host: url.host,
    custom: customTools,
    webSearch,
    warm: () => client().then(ignore, ignore),
    ask(request, onDelta, signal, onSent) {
      const watch = watchRequest({ silenceMs, totalMs }, signal, endpoint);
      const hear: typeof onDelta = (delta) => watch.isOpen() && onDelta(delta);
      return settle(watch, endpoint, async () => {
        const asked = await send(
          await client(),
          bytesOf(fieldsOf(request, options, webSearch)),
          guarded({ watch, streamed: true, onSent }),
        );
        const body = openBody(asked, watch.signal);
        const events = readEvents(body, {
          onBytes: guardBytes(endpoint, watch),
          onPing: () => hear({ kind: 'ping' }),
        });
        const answer = await readAnswer(events, endpoint, { onDelta: hear, onProgress: watch.progressed });
        void drain(body);
        return answer;
      });
    },
    async compact({ instructions, input, cacheKey }, signal) {
      if (!compaction) return null;
      const watch = watchRequest({ silenceMs: totalMs, totalMs }, signal, endpoint);
      const answer = await settle(watch, endpoint, async () => {
        const { responses } = await client();
        const body = {
          model,
          instructions,
          input: input as unknown as ResponseInput,
          prompt_cache_key: cacheKey,
        };
        return readWhole(await responses.compact(body, guarded({ watch, streamed: false })), endpoint);
      });
      return 'code' in answer && answer.code === '404' ? null : answer;
    },
  };
}

async function connect(
  endpoint: Endpoint,
  isOfficial: boolean,
  timeout: number,
  app: string,
): Promise<OpenAI> {
  const { OpenAI } = await import('openai');
  return new OpenAI({
    apiKey: endpoint.apiKey || 'none',
    baseURL: endpoint.url,
    maxRetries: 0,
    timeout,
    logLevel: 'off',
    fetch: guardFetch(endpoint, createTransport()),
    defaultHeaders: { 'User-Agent': app },
    // Names of the person's organisation are nobody else's business.
    ...(isOfficial ? {} : { organization: null, project: null }),
  });
}

/** `as`: the client knows nothing of guards. */
function guarded(guard: Guard): OpenAI.RequestOptions {
  const known: Guarded = { guard };
  return { signal: guard.watch.signal, fetchOptions: known as object };
}

/** Runs a request to its end or to the watch's, whichever is first. What fails later is nobody's concern. */
async function settle(
  watch: Watch,
  endpoint: Endpoint,
  run: () => Promise<ModelAnswer | ModelFailure>,
): Promise<ModelAnswer | ModelFailure> {
  const answer = run().catch((error: unknown) => explainThrown(error, endpoint, 'connection'));
  const settled = await Promise.race([watch.ended, answer]);
  watch.close();
  return settled;
}

/** As `responses.create` does, which takes no bytes. */
function send(client: OpenAI, body: Uint8Array, options: OpenAI.RequestOptions): Promise<Response> {
  const headers = { 'content-type': 'application/json' };
  return client.post('/responses', { ...options, body, headers, stream: true }).asResponse();
}

function fieldsOf(request: ModelRequest, { model, effort }: ModelOptions, webSearch: boolean): RequestFields {
  const sources = webSearch && request.tools.some((tool) => tool.type === 'web_search');
  return {
    model,
    instructions: request.instructions,
    input: request.input,
    tools: request.tools,
    ...(request.toolChoice && { tool_choice: request.toolChoice }),
    parallel_tool_calls: true,
    reasoning: { effort, summary: 'auto' },
    include: ['reasoning.encrypted_content', ...(sources ? ['web_search_call.action.sources'] : [])],
    prompt_cache_key: request.cacheKey,
    store: false,
    stream: true,
  };
}

/** The bytes of an answer; its socket is closed when the request is given up. */
function openBody({ body }: Response, signal: AbortSignal): ReadableStreamDefaultReader<Uint8Array> {
  const reader = (body ?? new Blob().stream()).getReader();
  signal.addEventListener('abort', () => void reader.cancel().catch(ignore), { once: true });
  return reader;
}

/** Reads what is left of an answer: left unread, its connection would be closed. */
async function drain(body: ReadableStreamDefaultReader<Uint8Array>): Promise<void> {
  const timer = setTimeout(() => void body.cancel().catch(ignore), DRAIN_MS);
  timer.unref();
  try {
    while (!(await body.read()).done);
  } catch {
    // The answer is complete; how its connection ends does not matter.
  } finally {
    clearTimeout(timer);
  }
}

/** A key that no header can carry would be named in the error of whoever tries. */
function readKey(text = ''): string {
  const key = text.trim();
  if (/^[\x21-\x7e]*$/.test(key)) return key;
  throw new AppError(
    'config',
    'The key in OPENAI_API_KEY holds spaces or letters that no key has. Copy it again.',
  );
}

function readUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.host === '') {
    throw new AppError(
      'config',
      `The base URL ${JSON.stringify(text)} is no http or https address. Set one such as http://127.0.0.1:11434/v1.`,
    );
  }
  if (url.username !== '' || url.password !== '') {
    throw new AppError(
      'config',
      `The base URL for ${url.host} carries a user name or password. Give the key in OPENAI_API_KEY instead.`,
    );
  }
  return url;
}

function ignore(): void {}
