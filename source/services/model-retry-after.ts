// How long a server asks to be left alone, in the many ways in which servers say it.

/** Servers ask for seconds, sometimes minutes; a hostile or broken one must not end the work for a day. */
const MAX_RETRY_AFTER_MS = 3_600_000;

/**
 * The wait that a server asks for, in ms: `retry-after-ms`, else `retry-after` as seconds or as a date.
 * Undefined where there is none or it cannot be read; an hour at most.
 */
export function readRetryAfter(headers: Headers, nowMs: number): number | undefined {
  const exact = headers.get('retry-after-ms');
  if (exact !== null && exact.trim() !== '' && Number.isFinite(Number(exact))) return bounded(Number(exact));
  const header = headers.get('retry-after')?.trim();
  if (header === undefined || header === '') return undefined;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return bounded(seconds * 1_000);
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : bounded(date - nowMs);
}

/** `Please try again in 1.898s`: how a rate limit inside a stream says what a header says elsewhere. */
export function readTryAgain(message: string): number | undefined {
  const [, amount, unit] = message.match(/try again in (\d+(?:\.\d+)?) ?(ms|s)/i) ?? [];
  if (amount === undefined) return undefined;
  return bounded(Number(amount) * (unit?.toLowerCase() === 'ms' ? 1 : 1_000));
}

function bounded(ms: number): number {
  return Math.min(Math.max(0, Math.ceil(ms)), MAX_RETRY_AFTER_MS);
}
