// What is kept of an answer: its items as they are replayed, its usage, or why there is none.
import type { ModelAnswer, ModelDelta, ModelFailure } from '../engine/ports.ts';
import { asRecord } from './as-record.ts';
import { createDeltas } from './model-deltas.ts';
import { type Endpoint, explainFault, explainThrown, fail } from './model-failure.ts';

type WireItem = ModelAnswer['items'][number];
type Event = Readonly<Record<string, unknown>>;

export interface Listener {
  /** Every event; the ones without content as `ping`. */
  readonly onDelta: (delta: ModelDelta) => void;
  /** Content came. */
  readonly onProgress: () => void;
}

/** Deeper JSON than this comes from no model, and would overflow whoever walks it. */
const MAX_DEPTH = 64;

/** Reads events to the one that ends the answer. An end without such an event is `cut`: never a success. Never rejects. */
export async function readAnswer(
  events: AsyncIterator<unknown>,
  endpoint: Endpoint,
  listener: Listener,
): Promise<ModelAnswer | ModelFailure> {
  const show = createDeltas(listener.onDelta);
  const done = new Map<number, unknown>();
  try {
    for (let next = await events.next(); next.done !== true; next = await events.next()) {
      const event = asRecord(next.value);
      const end = readEnd(event, done, endpoint);
      if (end !== undefined) return end;
      if (event.type === 'response.output_item.done')
        done.set(Number(event.output_index ?? done.size), event.item);
      if (show(event)) listener.onProgress();
      else listener.onDelta({ kind: 'ping' });
    }
  } catch (error) {
    return explainThrown(error, endpoint, 'cut');
  }
  return fail(
    'again',
    'cut',
    `The answer of ${endpoint.model} from ${endpoint.url} ended before it was complete.`,
    endpoint,
  );
}

/** What the answer came to, if this event ends it. */
function readEnd(
  event: Event,
  done: ReadonlyMap<number, unknown>,
  endpoint: Endpoint,
): ModelAnswer | ModelFailure | undefined {
  const response = asRecord(event.response);
  switch (event.type) {
    case 'response.completed':
      return conclude(itemsOf(done, response), response, endpoint);
    case 'response.incomplete':
      return concludeCut(itemsOf(done, response), response, endpoint);
    case 'response.failed':
      return explainFault(response.error, endpoint);
    case 'error':
      return explainFault(event.error ?? event, endpoint);
    default:
      return undefined;
  }
}

/** Those that were done one by one, or of the final response: servers fill in the one, the other, or both. */
function itemsOf(done: ReadonlyMap<number, unknown>, response: Event): readonly unknown[] {
  const output: readonly unknown[] = Array.isArray(response.output) ? response.output : [];
  if (output.length >= done.size) return output;
  return [...done].sort(([a], [b]) => a - b).map(([, item]) => item);
}

/** An answer that is not streamed, such as a compaction. */
export function readWhole(response: unknown, endpoint: Endpoint): ModelAnswer | ModelFailure {
  const { output, usage } = asRecord(response);
  return conclude(Array.isArray(output) ? output : [undefined], { usage }, endpoint);
}

function conclude(
  items: readonly unknown[],
  response: Event,
  endpoint: Endpoint,
): ModelAnswer | ModelFailure {
  const kept = items.map(readItem);
  if (kept.every((item) => item !== undefined)) return { items: kept, usage: readUsage(response.usage) };
  return fail(
    'again',
    'garbled',
    `${endpoint.url} sent an item for ${endpoint.model} that cannot be read.`,
    endpoint,
  );
}

/** Max tokens leave whole items and half of one. Reasoning that nothing follows is refused in the next request. */
function concludeCut(
  items: readonly unknown[],
  response: Event,
  endpoint: Endpoint,
): ModelAnswer | ModelFailure {
  const reason = asRecord(response.incomplete_details).reason;
  if (reason === 'content_filter') {
    return fail(
      'final',
      'content_filter',
      `${endpoint.url} stopped ${endpoint.model} by its content filter. Say it in other words.`,
      endpoint,
    );
  }
  const whole = items.filter(
    (item) => !['incomplete', 'in_progress'].includes(String(asRecord(item).status)),
  );
  const end = whole.findLastIndex((item) => asRecord(item).type !== 'reasoning') + 1;
  const answer = conclude(whole.slice(0, end), response, endpoint);
  return 'items' in answer ? { ...answer, cut: true } : answer;
}

/**
 * Without `id` and `status` (rule 20), and without nulls: they say nothing, and servers refuse some that they
 * have sent. A web search keeps its `status`, which the API wants back.
 */
function readItem(value: unknown): WireItem | undefined {
  const { id: _, status, ...rest } = asRecord(value);
  if (typeof rest.type !== 'string' || !isShallow(rest, MAX_DEPTH)) return undefined;
  const fields = Object.entries(rest).filter(([, field]) => field !== null);
  const kept = rest.type === 'web_search_call' && status !== undefined ? { status } : {};
  return { ...Object.fromEntries(fields), ...kept, type: rest.type };
}

function isShallow(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return depth > 0 && Object.values(value).every((each) => isShallow(each, depth - 1));
}

function readUsage(value: unknown): ModelAnswer['usage'] {
  const usage = asRecord(value);
  return {
    input: count(usage.input_tokens),
    cached: count(asRecord(usage.input_tokens_details).cached_tokens),
    output: count(usage.output_tokens),
    reasoning: count(asRecord(usage.output_tokens_details).reasoning_tokens),
  };
}

function count(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) && value > 0 ? Math.round(value) : 0;
}
