// How long a call waits and how much it may print, within what the tools allow.

/** In ms; `usual` where the call does not say. */
export interface WaitBounds {
  readonly least: number;
  readonly most: number;
  readonly usual: number;
}

/** As the model asks for them. */
export interface AskedLimits {
  readonly yield_time_ms?: number;
  readonly max_output_tokens?: number;
}

/** `outputTokens`: what a call's output has by default, and at most. */
export function readLimits(
  asked: AskedLimits,
  wait: WaitBounds,
  outputTokens: number,
): { yieldMs: number; maxTokens: number } {
  const { yield_time_ms = wait.usual, max_output_tokens = outputTokens } = asked;
  return {
    yieldMs: clamp(yield_time_ms, wait.least, wait.most),
    maxTokens: clamp(max_output_tokens, 1, outputTokens),
  };
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}
