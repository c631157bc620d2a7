// The model as the engine needs it: what is asked, what streams, what an answer or a failure is. Types alone; a part of the ports.
import type { Usage, WireItem } from '../session/facts.ts';

/** A tool as the Responses API takes it. */
export type WireTool = { readonly type: string } & Readonly<Record<string, unknown>>;

export interface ModelRequest {
  readonly instructions: string;
  readonly input: readonly WireItem[];
  readonly tools: readonly WireTool[];
  /** `none`: the tools stand there for the cache's sake alone. */
  readonly toolChoice?: 'none';
  /** Constant for a session, so that the provider's cache is found again. */
  readonly cacheKey: string;
}

/** What is seen of an answer while it streams. Never a fact: a cut answer is dropped whole. */
export type ModelDelta =
  /** Text '': it has begun to think. */
  | { readonly kind: 'text' | 'reasoning'; readonly text: string }
  /** Part of a call's argument; `index` tells the calls of an answer apart. */
  | { readonly kind: 'call'; readonly index: number; readonly name: string; readonly text: string }
  | { readonly kind: 'search'; readonly query: string }
  /** The provider gave a sign of life without content. */
  | { readonly kind: 'ping' };

export interface ModelAnswer {
  readonly items: readonly WireItem[];
  readonly usage: Usage;
  /** Ended by max output tokens: only whole items are here. */
  readonly cut?: true;
}

/**
 * How a request failed. `again`: the identical request may succeed; `length`: the input is too long for the model;
 * `reasoning`, `images`: the provider does not accept replayed reasoning items, or images; `final`: asking again is pointless.
 */
export interface ModelFailure {
  readonly kind: 'again' | 'length' | 'reasoning' | 'images' | 'final' | 'aborted';
  /** Short machine name: `connection`, `429`, `500`, `cut`, `silent`, `401`, `404`, `content_filter`, … */
  readonly code: string;
  /** For people: what was tried, on what URL and model, and what to do. Cleaned of control sequences. */
  readonly reason: string;
  /** The server's retry-after. */
  readonly retryAfterMs?: number;
}

export interface Model {
  readonly name: string;
  /** Host of the base URL, with the port: reasoning items are replayed only to the host that made them. */
  readonly host: string;
  /** Whether the wire takes grammar tools, and has a web search of its own (rule 21). */
  readonly custom: boolean;
  readonly webSearch: boolean;
  /**
   * Streams one answer. Never rejects for the world's faults: they are values. An aborted signal gives `aborted` at once.
   * `onSent` is called once the bytes of the request are on their way, and not where it comes to none.
   */
  ask(
    request: ModelRequest,
    onDelta: (delta: ModelDelta) => void,
    signal: AbortSignal,
    onSent?: () => void,
  ): Promise<ModelAnswer | ModelFailure>;
  /** The provider's own compaction of an input; null where it has none. Same failures as `ask`. */
  compact(request: ModelRequest, signal: AbortSignal): Promise<ModelAnswer | ModelFailure | null>;
}
