// What tokens cost, where it is known: by the person's config, else by a short list for OpenAI's own host.
import type { Usage } from './facts.ts';

/** Dollars for a million tokens. */
export interface Price {
  readonly input: number;
  /** For those of the input that the provider's cache served. */
  readonly cached: number;
  readonly output: number;
}

/** Whose usage it was. */
export interface Priced {
  readonly usage: Usage;
  readonly model?: string;
  readonly host?: string;
}

const gpt51: Price = { input: 1.25, cached: 0.125, output: 10 };
const gpt52: Price = { input: 1.75, cached: 0.175, output: 14 };

/** https://platform.openai.com/docs/pricing, as of November 2026: the standard tier. */
const listed: Readonly<Record<string, Price>> = {
  'gpt-5-codex': gpt51,
  'gpt-5.1-codex': gpt51,
  'gpt-5.1-codex-max': gpt51,
  'gpt-5.2': gpt52,
  'gpt-5.2-codex': gpt52,
  'gpt-5.3-codex': gpt52,
};

/** Dollars; undefined where nobody knows the price. `own`: as the config says, for whatever model. */
export function costOf({ usage, model = '', host }: Priced, own?: Price): number | undefined {
  const price =
    own ?? (host === 'api.openai.com' && Object.hasOwn(listed, model) ? listed[model] : undefined);
  if (price === undefined) return undefined;
  const { input, cached, output } = usage;
  return ((input - cached) * price.input + cached * price.cached + output * price.output) / 1_000_000;
}
