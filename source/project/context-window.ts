// How much a model takes in, and when its context is compacted.

/** Input tokens by the beginning of the model's name, as the providers document them; the longest beginning counts. */
const windows: readonly (readonly [string, number])[] = [
  ['gpt-5', 272_000],
  ['gpt-4.1', 1_047_576],
  ['gpt-4o', 128_000],
  ['gpt-oss', 131_072],
  ['codex-mini', 200_000],
  ['o3', 200_000],
  ['o4-mini', 200_000],
];
/** What today's servers for local models can be expected to offer. */
const UNKNOWN_WINDOW = 128_000;
/** Room for the largest output of a call and for the answer: 272,000 - 39,000 = 233,000. */
const HEADROOM = 39_000;

/** `contextWindow` and `compactAt` in tokens; configured values are taken as they are. */
export function sizeContext(
  model: string,
  configured: { readonly contextWindow?: number; readonly compactAt?: number },
): { readonly contextWindow: number; readonly compactAt: number } {
  const known = windows
    .filter(([beginning]) => model.startsWith(beginning))
    .sort(([a], [b]) => b.length - a.length);
  const contextWindow = configured.contextWindow ?? known[0]?.[1] ?? UNKNOWN_WINDOW;
  // A small window would be all headroom: it is used to six tenths at least, and any to nine at most.
  const compactAt = Math.min(Math.max(contextWindow - HEADROOM, contextWindow * 0.6), contextWindow * 0.9);
  return { contextWindow, compactAt: configured.compactAt ?? Math.floor(compactAt) };
}
