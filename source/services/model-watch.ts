// Ends a request that is interrupted, falls silent, or only ever says that it is alive.
import type { ModelFailure } from '../engine/ports.ts';
import { type Endpoint, fail } from './model-failure.ts';

export interface Watch {
  /** Resolves with the failure that ended the request; never after `close`. */
  readonly ended: Promise<ModelFailure>;
  /** Aborted once the request has ended before its answer: closes the socket. */
  readonly signal: AbortSignal;
  /** False once it has ended, in whatever way: nothing is shown of an answer any more. */
  isOpen(): boolean;
  /** Bytes came, be it a ping. */
  alive(): void;
  /** Content came. */
  progressed(): void;
  end(failure: ModelFailure): void;
  close(): void;
}

export interface Patience {
  /** Longest time without a single byte. */
  readonly silenceMs: number;
  /** Longest time without content: pings alone would keep a dead request open for ever. */
  readonly totalMs: number;
}

export function watchRequest(patience: Patience, interrupt: AbortSignal, endpoint: Endpoint): Watch {
  const { url, model } = endpoint;
  const { promise: ended, resolve } = Promise.withResolvers<ModelFailure>();
  const controller = new AbortController();
  const end = (failure: ModelFailure) => {
    close();
    resolve(failure);
    controller.abort();
  };
  const abort = () => end(fail('aborted', 'aborted', `The request to ${model} was interrupted.`, endpoint));
  const silent = (what: string, ms: number) => () =>
    end(
      fail('again', 'silent', `${url} sent ${what} for ${model} in ${Math.round(ms / 1_000)} s.`, endpoint),
    );
  const silence = setTimeout(silent('nothing', patience.silenceMs), patience.silenceMs);
  const total = setTimeout(silent('nothing but signs of life', patience.totalMs), patience.totalMs);
  let open = true;
  const close = () => {
    open = false;
    clearTimeout(silence);
    clearTimeout(total);
    interrupt.removeEventListener('abort', abort);
  };
  if (interrupt.aborted) abort();
  else interrupt.addEventListener('abort', abort, { once: true });
  return {
    ended,
    signal: controller.signal,
    isOpen: () => open,
    alive: () => void silence.refresh(),
    progressed: () => void total.refresh(),
    end,
    close,
  };
}
