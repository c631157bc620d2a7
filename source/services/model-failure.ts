// Says what a failed request means: whether to ask again, and what a person reads about it (rule 22).
import type { ModelFailure } from '../engine/ports.ts';
import { asRecord } from './as-record.ts';
import { readRetryAfter, readTryAgain } from './model-retry-after.ts';

/** Where requests go, for which model, with which key: what the reasons are about. */
export interface Endpoint {
  readonly url: string;
  readonly model: string;
  readonly apiKey?: string;
}

/** What a server says about a fault, in any of the shapes that servers use. */
interface Fault {
  readonly status?: number;
  readonly code: string;
  readonly message: string;
}

type Kind = ModelFailure['kind'];

const MAX_CODE = 64;
const MAX_REASON = 400;

/** OpenAI's, llama.cpp's, vLLM's, LM Studio's and Ollama's words for an input that is too long. */
const LENGTH =
  /context_length_exceeded|exceed_context_size|string_above_max_length|context.{0,20}(length|window|size)|prompt is too long|too many (input )?tokens|input (is )?too (long|large)|request too large|greater than the context/i;
const REASONING =
  /invalid_encrypted_content|thinking_signature|encrypted[ _]content|\brs_\w+|reasoning.{0,60}(following item|not found|could not be)/i;
/** Of servers and models that see no images, or not this one. Told with 500 by llama.cpp. */
const IMAGES =
  /(image|vision|multimodal).{0,60}(not |n't |un)support|support.{0,30}(image|vision|multimodal)|mmproj|invalid_image|image_parse|not represent a valid image|unsupported_image|image_url.{0,40}(invalid|not|only)|input_image/i;
const QUOTA = /insufficient_quota|billing|exceeded your current quota/i;
/** Faults told inside a stream that the identical request would meet again. */
const REFUSED = /invalid|policy|unsupported|permission|not_found|image|usage_not_included/i;

/** A failure with these words; control sequences, line breaks and the key are taken out of them. */
export function fail(kind: Kind, code: string, reason: string, { apiKey }: Endpoint): ModelFailure {
  return { kind, code: clean(code, MAX_CODE, apiKey), reason: clean(reason, MAX_REASON, apiKey) };
}

/** An answer with a status other than 2xx. `body` is its start. */
export function explainStatus(
  status: number,
  headers: Headers,
  body: string,
  endpoint: Endpoint,
): ModelFailure {
  const elsewhere = headers.get('location');
  if (status >= 300 && status < 400 && elsewhere !== null) {
    const reason = `${endpoint.url} sends requests for ${endpoint.model} on to ${elsewhere} (${status}). Set --base-url to that host.`;
    return fail('final', String(status), reason, endpoint);
  }
  return explain({ ...readBody(body), status }, endpoint, readRetryAfter(headers, Date.now()));
}

/** A fault that the server told inside its stream: `error`, or the error of `response.failed`. */
export function explainFault(error: unknown, endpoint: Endpoint): ModelFailure {
  return explain(readFault(error), endpoint);
}

function explain(fault: Fault, endpoint: Endpoint, askedMs = readTryAgain(fault.message)): ModelFailure {
  const kind = kindOf(fault);
  const code = String(fault.status ?? (fault.code || 'server_error'));
  const failure = fail(kind, code, reasonOf(fault, kind, endpoint), endpoint);
  return kind === 'again' && askedMs !== undefined ? { ...failure, retryAfterMs: askedMs } : failure;
}

/** Whatever else was thrown: before the answer began (`connection`) or in its middle (`cut`). */
export function explainThrown(error: unknown, endpoint: Endpoint, code: 'connection' | 'cut'): ModelFailure {
  const { url, model } = endpoint;
  const told = asRecord(error).error;
  if (told !== undefined) return explainFault(told, endpoint);
  const detail = innermost(error);
  if (error instanceof SyntaxError)
    return fail('again', 'garbled', `${url} sent for ${model} what is not JSON.`, endpoint);
  const reason =
    code === 'cut'
      ? `The answer of ${model} from ${url} broke off (${detail}).`
      : `Could not reach ${url} (${detail}). Check the network and the base URL.`;
  return fail('again', code, reason, endpoint);
}

function kindOf({ status, code, message }: Fault): Kind {
  const words = `${code} ${message}`;
  if (QUOTA.test(words)) return 'final';
  if (status !== 401 && status !== 403 && LENGTH.test(words)) return 'length';
  if (status === 413) return 'length';
  if ((status === undefined || status === 400 || status === 404) && isReasoning(words)) return 'reasoning';
  if (status !== 401 && status !== 403 && status !== 429 && IMAGES.test(words)) return 'images';
  if (status === undefined) return REFUSED.test(code) ? 'final' : 'again';
  return status >= 500 || [408, 409, 425, 429].includes(status) ? 'again' : 'final';
}

/** A model without reasoning refuses the *parameters*: leaving the items out would not help. */
function isReasoning(words: string): boolean {
  return REASONING.test(words) && !/not supported|unsupported|unknown parameter/i.test(words);
}

function reasonOf({ status, code, message }: Fault, kind: Kind, { url, model, apiKey }: Endpoint): string {
  const said = [status, message || code].filter(Boolean).join(': ');
  const key = apiKey === undefined ? 'OPENAI_API_KEY (not set)' : `OPENAI_API_KEY (${lastOf(apiKey)})`;
  if (QUOTA.test(`${code} ${message}`))
    return `The account of ${key} at ${url} has no quota left (${said}). Add credit or use another key.`;
  if (kind === 'length') return `The input is too long for ${model} at ${url} (${said}).`;
  if (kind === 'reasoning') return `${url} does not accept the replayed reasoning for ${model} (${said}).`;
  if (kind === 'images') return `${url} does not take the images for ${model} (${said}): they are left out.`;
  if (status === 401) return `${url} refused the key ${key} for ${model} (${said}). Set a valid key.`;
  if (status === 403)
    return `${url} does not allow ${model} with the key ${key} (${said}). Use another key or --model.`;
  if (status === 404)
    return `${url} knows no model ${model}, or no Responses API at this address (${said}). Check --model and --base-url.`;
  if (status === 429) return `${url} limits the requests for ${model} (${said}).`;
  return `${url} could not answer for ${model} (${said}).`;
}

/** `{"error": {…}}`, `{"error": "…"}`, `{"message": …}`, `{"detail": …}`, or plain text. */
function readBody(body: string): Fault {
  try {
    const json = asRecord(JSON.parse(body));
    return readFault(json.error ?? (json.message === undefined ? { ...json, message: json.detail } : json));
  } catch {
    return { code: '', message: /<html|<!doctype/i.test(body) ? 'a web page' : body };
  }
}

function readFault(error: unknown): Fault {
  if (typeof error === 'string') return { code: '', message: error };
  const { code, type, message } = asRecord(error);
  const name = [code, type].find((each) => typeof each === 'string' && each !== '');
  return { code: String(name ?? ''), message: typeof message === 'string' ? message : '' };
}

/** What failed at the bottom: `ECONNREFUSED` says more than `fetch failed`. */
function innermost(error: unknown, depth = 0): string {
  const { cause, code, message } = asRecord(error);
  if (cause !== undefined && depth < 8) return innermost(cause, depth + 1);
  return String(code ?? message ?? error);
}

function lastOf(apiKey: string): string {
  return apiKey.length < 12 ? '…' : `…${apiKey.slice(-4)}`;
}

/** Servers echo keys and may say anything: the key goes before the cut, so that no half of it is left. */
function clean(text: string, length: number, apiKey: string | undefined): string {
  const plain = text
    .replace(/\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|.)/g, '')
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim();
  const redacted = apiKey ? plain.replaceAll(apiKey, lastOf(apiKey)) : plain;
  return redacted.length > length ? `${redacted.slice(0, length)} …` : redacted;
}
