// One model call: asked until it answers whole, or until asking again is pointless. A cut answer is dropped whole
// and the identical request goes again, so no call is ever lost or repeated (rules 2, 22).
import type { Context } from '../session/context.ts';
import type { StepInput, WireItem } from '../session/facts.ts';
import type { Settings } from './face.ts';
import type { ReadImage } from './images.ts';
import type { LiveWriter } from './live.ts';
import type { Clock, Journal, Model, ModelAnswer, ModelFailure, ModelRequest, Tools } from './ports.ts';
import type { Stopwatch } from './stopwatch.ts';
import type { Store } from './store.ts';

export interface StepPorts {
  readonly store: Store;
  readonly live: LiveWriter;
  readonly journal: Journal;
  readonly model: Model;
  readonly tools: Tools;
  readonly clock: Clock;
  readonly stopwatch: Stopwatch;
  readonly settings: Settings;
  readonly cacheKey: string;
  readonly readImage: ReadImage;
  /** The request of a context: `createRequests`. */
  readonly requestOf: (context: Context) => ModelRequest;
}

export interface StepRequest {
  readonly inputs: readonly StepInput[];
  /** Steering prompts among the inputs. */
  readonly steers: readonly number[];
  /** Notices among the inputs. */
  readonly told?: readonly number[];
  readonly begins?: { readonly instructions: string };
  /** Called once, when the request is on its way: what runs under inference begins here, and keeps its bytes from nothing. */
  readonly onSent: () => void;
  /** Called as each call of an answer begins to stream; `index` tells them apart, from 0. */
  readonly onCall: (index: number, name: string) => void;
}

export type StepEnd =
  | {
      readonly kind: 'answered';
      readonly step: number;
      readonly items: readonly WireItem[];
      readonly cut: boolean;
    }
  | { readonly kind: 'interrupted' }
  /** The input does not fit the model's window. */
  | { readonly kind: 'too long'; readonly reason: string }
  | { readonly kind: 'failed'; readonly reason: string };

/** Backoff between 1 and 60 s, then a steady probe each minute; a server's word is believed up to 10 minutes. */
const BACKOFF = { firstMs: 1_000, lastMs: 60_000, serverMs: 600_000 };

export async function runStep(
  ports: StepPorts,
  turn: number,
  request: StepRequest,
  signal: AbortSignal,
): Promise<StepEnd> {
  const { store, journal, stopwatch } = ports;
  const { inputs, steers, told = [], begins } = request;
  const started = store.record({
    type: 'step.started',
    turn,
    inputs,
    ...(steers.length > 0 && { steers }),
    ...(told.length > 0 && { told }),
    ...(begins && { begins }),
  });
  // What the person said is on the disk before the model hears it.
  if (inputs.some((input) => input.kind === 'prompt' || input.kind === 'steer')) await journal.barrier();
  return stopwatch.during('model', () => askUntilAnswered(ports, started.seq, request, signal));
}

async function askUntilAnswered(
  ports: StepPorts,
  step: number,
  request: Pick<StepRequest, 'onSent' | 'onCall'>,
  signal: AbortSignal,
): Promise<StepEnd> {
  const { clock, store, settings } = ports;
  let failedSince: number | null = null;
  for (let attempt = 0; ; attempt++) {
    const asked = clock.mono();
    const onSent = attempt === 0 ? request.onSent : () => undefined;
    const { answer, firstMs } = await ask(ports, { ...request, onSent }, signal);
    if ('items' in answer) {
      finish(ports, step, answer, firstMs === null ? null : firstMs - asked);
      return { kind: 'answered', step, items: answer.items, cut: answer.cut === true };
    }
    failedSince ??= clock.mono();
    // Where the server asks for more time than there is, waiting for it is in vain.
    const spentMs = clock.mono() - failedSince + (answer.retryAfterMs ?? 0);
    const givenUp = settings.giveUpMs !== undefined && spentMs >= settings.giveUpMs;
    const { reasoningFrom = 0, imagesFrom = 0 } = store.getState().context;
    const refused = (answer.kind === 'images' ? imagesFrom : reasoningFrom) > step;
    const end = endOf(answer, refused, givenUp);
    const retryInMs = end === null || end.kind === 'too long' ? backoffMs(answer, attempt) : undefined;
    fail(ports, step, answer, retryInMs);
    if (end !== null) return end;
    await waitToRetry(ports, answer, retryInMs ?? 0, signal);
    if (signal.aborted) return { kind: 'interrupted' };
  }
}

async function ask(
  ports: StepPorts,
  { onSent, onCall }: Pick<StepRequest, 'onSent' | 'onCall'>,
  signal: AbortSignal,
): Promise<{ answer: ModelAnswer | ModelFailure; firstMs: number | null }> {
  const { store, live, model, clock, stopwatch, requestOf } = ports;
  let firstMs: number | null = null;
  let isSent = false;
  const sent = (): void => {
    if (!isSent) onSent();
    isSent = true;
  };
  live.clearAnswer();
  const request = requestOf(store.getState().context);
  const answering = live.during('thinking', () =>
    model.ask(
      request,
      (delta) => {
        if (delta.kind !== 'ping') {
          firstMs ??= clock.mono();
          stopwatch.answering(delta.kind === 'reasoning' ? 'reasoning' : 'output');
        }
        if (delta.kind === 'call' && live.state.calls[delta.index] === undefined)
          onCall(delta.index, delta.name);
        live.delta(delta);
      },
      signal,
      sent,
    ),
  );
  const answer = await answering;
  // Also where nothing was sent.
  sent();
  stopwatch.answering('waiting');
  return { answer, firstMs };
}

function finish(ports: StepPorts, step: number, answer: ModelAnswer, firstMs: number | null): void {
  const { store, live, model } = ports;
  const optional = {
    ...(answer.cut && { cut: true as const }),
    ...(firstMs !== null && { firstMs: Math.round(firstMs) }),
  };
  store.record({
    type: 'step.finished',
    step,
    items: answer.items,
    usage: answer.usage,
    model: model.name,
    host: model.host,
    ...optional,
  });
  live.clearAnswer();
}

/** The partial words stay in the journal: people have seen them. */
function fail(ports: StepPorts, step: number, failure: ModelFailure, retryInMs: number | undefined): void {
  const { code, reason } = failure;
  const retry = retryInMs === undefined ? {} : { retryInMs };
  const named = failure.kind === 'reasoning' || failure.kind === 'images' ? failure.kind : code;
  ports.store.record({
    type: 'step.failed',
    step,
    code: named,
    reason,
    text: ports.live.state.text,
    ...retry,
  });
  ports.live.clearAnswer();
}

/** Null: ask again. Refused reasoning or images are left out of the next request; `refused`: they were left out already. */
function endOf(failure: ModelFailure, refused: boolean, givenUp: boolean): StepEnd | null {
  switch (failure.kind) {
    case 'aborted':
      return { kind: 'interrupted' };
    case 'length':
      return { kind: 'too long', reason: failure.reason };
    case 'final':
      return { kind: 'failed', reason: failure.reason };
    case 'reasoning':
    case 'images':
      return refused ? { kind: 'failed', reason: failure.reason } : null;
    case 'again':
      return givenUp ? { kind: 'failed', reason: failure.reason } : null;
    default:
      return failure.kind satisfies never;
  }
}

/** Waits before the same is asked again, and says so as long as it lasts. */
export async function waitToRetry(
  { clock, live }: Pick<StepPorts, 'clock' | 'live'>,
  { reason }: ModelFailure,
  ms: number,
  signal: AbortSignal,
): Promise<void> {
  live.change((state) => (state.retry = { reason, until: clock.mono() + ms }));
  await live.during('waiting', () => clock.sleep(ms, signal));
  live.change((state) => (state.retry = null));
}

/** How long to wait after the failure of attempt `attempt`, from 0 on. */
export function backoffMs(failure: ModelFailure, attempt: number): number {
  if (failure.kind !== 'again') return 0;
  if (failure.retryAfterMs !== undefined) return Math.min(failure.retryAfterMs, BACKOFF.serverMs);
  const ceiling = Math.min(BACKOFF.firstMs * 2 ** attempt, BACKOFF.lastMs);
  if (ceiling === BACKOFF.lastMs) return ceiling;
  return Math.round(BACKOFF.firstMs / 2 + Math.random() * ceiling);
}
