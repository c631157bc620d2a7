// The events of a streamed answer, in the order and with the fields of the real API.
import { itemOf, newId, type Piece, type RequestBody, type WireItem } from './pieces.ts';

export type ApiEvent = Readonly<Record<string, unknown>> & { readonly type: string };

export interface AnswerUsage {
  readonly input?: number;
  readonly cached?: number;
  readonly output?: number;
  readonly reasoning?: number;
}

export interface AnswerOptions {
  /** Estimated from the texts, four characters a token, where absent. */
  readonly usage?: AnswerUsage;
  /** Ends the answer as `incomplete` for this reason, its last item cut. */
  readonly incomplete?: 'max_output_tokens' | 'content_filter';
}

/** Characters of a delta: about one token. */
const DELTA = 4;

/** All events of an answer, numbered. */
export function answerEvents(
  pieces: readonly Piece[],
  body: RequestBody,
  options: AnswerOptions = {},
): ApiEvent[] {
  const items = pieces.map((piece) => itemOf(piece, body));
  const response = {
    id: newId('resp'),
    object: 'response',
    created_at: Math.floor(Date.now() / 1_000),
    model: body.model,
    store: false,
  };
  const open = { ...response, status: 'in_progress', output: [], usage: null };
  const kept =
    options.incomplete === undefined ? items : items.with(-1, { ...items.at(-1), status: 'incomplete' });
  const end = {
    ...response,
    status: options.incomplete === undefined ? 'completed' : 'incomplete',
    incomplete_details: options.incomplete === undefined ? null : { reason: options.incomplete },
    error: null,
    output: kept,
    usage: usageOf(items, body, options.usage),
  };
  return [
    { type: 'response.created', response: open },
    { type: 'response.in_progress', response: open },
    ...kept.flatMap((item, index) => itemEvents(item, index)),
    { type: `response.${end.status}`, response: end },
  ].map((event, at) => ({ ...event, sequence_number: at }));
}

function itemEvents(item: WireItem, output_index: number): ApiEvent[] {
  const at = { output_index, item_id: item.id };
  return [
    { type: 'response.output_item.added', output_index, item: emptied(item) },
    ...contentEvents(item, at),
    { type: 'response.output_item.done', output_index, item },
  ];
}

/** The item as it is when it opens: nothing in it yet. */
function emptied(item: WireItem): WireItem {
  const blank = { content: [], summary: [], arguments: '', input: '' };
  const fields = Object.entries(blank).filter(([field]) => field in item);
  return { ...item, ...Object.fromEntries(fields), ...('status' in item && { status: 'in_progress' }) };
}

function contentEvents(item: WireItem, at: object): ApiEvent[] {
  switch (item.type) {
    case 'message':
      return partsOf(item.content).flatMap((part, content_index) => {
        const place = { ...at, content_index };
        return [
          { type: 'response.content_part.added', ...place, part: { ...part, text: '' } },
          ...deltas('response.output_text.delta', part.text, { ...place, logprobs: [] }),
          { type: 'response.output_text.done', ...place, text: part.text, logprobs: [] },
          { type: 'response.content_part.done', ...place, part },
        ];
      });
    case 'reasoning':
      return partsOf(item.summary).flatMap((part, summary_index) => {
        const place = { ...at, summary_index };
        return [
          { type: 'response.reasoning_summary_part.added', ...place, part: { ...part, text: '' } },
          ...deltas('response.reasoning_summary_text.delta', part.text, place),
          { type: 'response.reasoning_summary_text.done', ...place, text: part.text },
          { type: 'response.reasoning_summary_part.done', ...place, part },
        ];
      });
    case 'function_call':
      return [
        ...deltas('response.function_call_arguments.delta', String(item.arguments), at),
        { type: 'response.function_call_arguments.done', ...at, name: item.name, arguments: item.arguments },
      ];
    case 'custom_tool_call':
      return [
        ...deltas('response.custom_tool_call_input.delta', String(item.input), at),
        { type: 'response.custom_tool_call_input.done', ...at, input: item.input },
      ];
    default:
      return [];
  }
}

function deltas(type: string, text: string, place: object): ApiEvent[] {
  const characters = [...text];
  return Array.from({ length: Math.ceil(characters.length / DELTA) }, (_, at) => ({
    type,
    ...place,
    delta: characters.slice(at * DELTA, (at + 1) * DELTA).join(''),
  }));
}

function partsOf(parts: unknown): { type: string; text: string }[] {
  return Array.isArray(parts) ? parts : [];
}

function usageOf(items: readonly WireItem[], body: RequestBody, usage: AnswerUsage = {}): object {
  const input = usage.input ?? tokens(body.instructions) + tokens(body.tools) + tokens(body.input);
  const output = usage.output ?? tokens(items);
  const thoughts = items.filter((item) => item.type === 'reasoning');
  return {
    input_tokens: input,
    input_tokens_details: { cached_tokens: usage.cached ?? 0 },
    output_tokens: output,
    output_tokens_details: {
      reasoning_tokens: usage.reasoning ?? (thoughts.length === 0 ? 0 : tokens(thoughts)),
    },
    total_tokens: input + output,
  };
}

function tokens(value: unknown): number {
  return value === undefined ? 0 : Math.ceil(JSON.stringify(value).length / 4);
}
