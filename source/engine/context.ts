// The model's request, built from the session's state alone: after a restart it is the same byte for byte (rule 1).
import { type Context, type Entry, emptyContext } from '../session/context.ts';
import type { StepInput, WireItem } from '../session/facts.ts';
import { callsOf } from '../session/turn.ts';
import type { ReadImage } from './images.ts';
import type { Model, ModelRequest, Tools } from './ports.ts';

/** Output for a call that has none: a crash between its answer and its output. */
export const INTERRUPTED =
  'interrupted: this call did not run to its end. Look at the state of things before you go on.';

/** Stands for an image that cannot be sent. */
const LEFT_OUT = '[an image was left out here: it is gone, or the server for this model takes none]';

export interface RequestParts {
  readonly model: Model;
  readonly tools: Tools;
  /** Constant for a session. */
  readonly cacheKey: string;
  readonly readImage: ReadImage;
}

/**
 * Makes each request of a context from what the one before had: items that are in both are the same objects, so that
 * whoever sends them puts them into bytes once. Behind 1,000 calls a request is made in 0.01 ms instead of 0.43.
 */
export function createRequests(parts: RequestParts): (context: Context) => ModelRequest {
  const { model, tools, cacheKey, readImage } = parts;
  let kept: Kept = { context: emptyContext, entries: 0, items: [] };
  return (context) => {
    if (!goesOn(context, kept)) kept = { context, entries: 0, items: headItems(context, model) };
    const settled = countSettled(context.entries, kept.entries);
    kept = {
      context,
      entries: settled,
      items: [...kept.items, ...entryItems(context, model, readImage, kept.entries, settled)],
    };
    return {
      instructions: context.instructions ?? '',
      input: [...kept.items, ...entryItems(context, model, readImage, settled)],
      tools: tools.definitions(model),
      cacheKey,
    };
  };
}

/** The items of the first `entries` of a context, none of which will become another. */
interface Kept {
  readonly context: Context;
  readonly entries: number;
  readonly items: readonly WireItem[];
}

function goesOn(context: Context, { context: before, entries }: Kept): boolean {
  if (context.compacted !== before.compacted || context.entries.length < entries) return false;
  if (context.reasoningFrom !== before.reasoningFrom || context.imagesFrom !== before.imagesFrom)
    return false;
  for (let at = 0; at < entries; at++) if (context.entries[at] !== before.entries[at]) return false;
  return true;
}

/** How many entries have the items that they will always have: up to an image, and to an answer that still owes an output. */
function countSettled(entries: readonly Entry[], from: number): number {
  let at = from;
  for (; at < entries.length; at++) {
    const entry = entries[at];
    if (entry?.kind === 'answer') {
      const outputs = outputsAfter(entries, at);
      const isWhole = callsOf(entry.items).every(
        (call) => outputs.get(call.id)?.images === undefined && outputs.has(call.id),
      );
      if (!isWhole) break;
    }
    if (entry?.kind === 'input' && entry.input.images?.length) break;
  }
  return at;
}

/** The input items of a context, oldest first. */
export function inputOf(
  context: Context,
  model: Pick<Model, 'name' | 'host'>,
  readImage: ReadImage,
): WireItem[] {
  return [...headItems(context, model), ...entryItems(context, model, readImage)];
}

/** What stands for all that a compaction dropped. */
function headItems({ compacted }: Context, model: Pick<Model, 'name' | 'host'>): WireItem[] {
  const own =
    compacted?.model === undefined || (compacted.model === model.name && compacted.host === model.host);
  const items: WireItem[] = own ? [...(compacted?.items ?? [])] : [];
  if (compacted?.summary !== undefined)
    items.push(
      message(
        `<hullspeed kind="summary">\nThis session so far, summarised:\n${compacted.summary}\n</hullspeed>`,
      ),
    );
  return items;
}

/** Outputs stand right behind their answer: a provider may use a call id again in a later one (rule 3). */
function entryItems(
  context: Context,
  model: Pick<Model, 'name' | 'host'>,
  readImage: ReadImage,
  from = 0,
  to = context.entries.length,
): WireItem[] {
  const items: WireItem[] = [];
  const { entries } = context;
  for (let at = from; at < to; at++) {
    const entry = entries[at];
    if (entry?.kind === 'input') items.push(inputItem(entry, context, readImage));
    if (entry?.kind === 'answer')
      items.push(
        ...answerItems(entry, context, model),
        ...outputItems(entry.items, outputsAfter(entries, at), (output) =>
          output.images === undefined
            ? output.output
            : contentOf(output.output, output.images, output.seq, context, readImage),
        ),
      );
  }
  return items;
}

type Output = Entry & { kind: 'output' };

function outputsAfter(entries: readonly Entry[], at: number): ReadonlyMap<string, Output> {
  const outputs = new Map<string, Output>();
  for (let next = at + 1; next < entries.length; next++) {
    const entry = entries[next];
    if (entry?.kind === 'answer') break;
    if (entry?.kind === 'output') outputs.set(entry.call, entry);
  }
  return outputs;
}

/** Words, and behind them the images that they name, unless a server has refused those. */
function contentOf(
  text: string,
  images: readonly string[],
  seq: number,
  context: Context,
  readImage: ReadImage,
): WireItem[] {
  const refused = seq < (context.imagesFrom ?? 0);
  const shown = images.map((blob) => {
    const url = refused ? null : readImage(blob);
    if (url === null) return { type: 'input_text', text: LEFT_OUT };
    return { type: 'input_image', image_url: url, detail: 'auto' };
  });
  return [{ type: 'input_text', text }, ...shown];
}

function inputItem(
  { seq, input }: Entry & { kind: 'input' },
  context: Context,
  readImage: ReadImage,
): WireItem {
  const words = message(inputText(input));
  if (input.images === undefined || input.images.length === 0) return words;
  return { ...words, content: contentOf(inputText(input), input.images, seq, context, readImage) };
}

/** Words of a person go as they are; what the harness adds says that it is the harness. */
function inputText(input: StepInput): string {
  if (input.kind === 'prompt' || input.kind === 'steer') return input.text;
  return `<hullspeed kind="${input.kind}">\n${input.text}\n</hullspeed>`;
}

/** Reasoning is replayed only to the model and host that made it, and never again once it was refused (rule 20). */
function answerItems(
  entry: Entry & { kind: 'answer' },
  context: Context,
  model: Pick<Model, 'name' | 'host'>,
): readonly WireItem[] {
  const own = entry.model === model.name && entry.host === model.host;
  if (own && entry.seq >= (context.reasoningFrom ?? 0)) return entry.items;
  return entry.items.filter((item) => item.type !== 'reasoning');
}

/** Each call gets exactly one output. */
function outputItems(
  items: readonly WireItem[],
  outputs: ReadonlyMap<string, Output>,
  shown: (output: Output) => string | readonly WireItem[],
): WireItem[] {
  const custom = new Set(items.flatMap((item) => (item.type === 'custom_tool_call' ? [item.call_id] : [])));
  return callsOf(items).map((call) => {
    const output = outputs.get(call.id);
    return {
      type: custom.has(call.id) ? 'custom_tool_call_output' : 'function_call_output',
      call_id: call.id,
      output: output === undefined ? INTERRUPTED : shown(output),
    };
  });
}

export function message(text: string): WireItem {
  return { type: 'message', role: 'user', content: [{ type: 'input_text', text }] };
}

/** Tokens of a text by the usual four bytes each: for budgets, never for bills. */
export function estimateTokens(text: string): number {
  return Math.ceil(text.length / 4);
}
