// Turns the events of a streamed answer into what is shown of it before it is a fact.
import type { ModelDelta } from '../engine/ports.ts';
import { asRecord } from './as-record.ts';

type Event = Readonly<Record<string, unknown>>;

/**
 * Shows the events that it is called with, in their order. Returns false for an event without content.
 * Items of which a server streams nothing are shown whole when they are done.
 */
export function createDeltas(onDelta: (delta: ModelDelta) => void): (event: Event) => boolean {
  const calls = new Map<number, { index: number; name: string }>();
  const shown = new Map<number, ModelDelta['kind']>();

  const show = (at: number, kind: 'text' | 'reasoning', text: unknown) => {
    if (typeof text !== 'string' || text === '') return;
    const apart = !shown.has(at) && [...shown.values()].includes(kind) ? '\n\n' : '';
    shown.set(at, kind);
    onDelta({ kind, text: apart + text });
  };
  const showCall = (at: number, text: unknown) => {
    const call = calls.get(at);
    if (call === undefined || typeof text !== 'string') return;
    if (text !== '') shown.set(at, 'call');
    onDelta({ kind: 'call', ...call, text });
  };
  const begin = (at: number, item: Event) => {
    // Thoughts that nobody is shown take their time too.
    if (item.type === 'reasoning') onDelta({ kind: 'reasoning', text: '' });
    if (!isCall(item) || calls.has(at)) return;
    calls.set(at, { index: calls.size, name: String(item.name ?? '') });
    showCall(at, '');
  };
  const finish = (at: number, item: Event) => {
    if (isCall(item)) begin(at, item);
    if (item.type === 'web_search_call') onDelta({ kind: 'search', query: queryOf(item) });
    if (shown.has(at)) return;
    if (isCall(item)) showCall(at, item.arguments ?? item.input);
    if (item.type === 'message') show(at, 'text', textOf(item.content));
    if (item.type === 'reasoning') show(at, 'reasoning', textOf(item.summary));
  };

  return (event) => {
    const at = typeof event.output_index === 'number' ? event.output_index : 0;
    switch (event.type) {
      case 'response.output_item.added':
        begin(at, asRecord(event.item));
        return true;
      case 'response.output_item.done':
        finish(at, asRecord(event.item));
        return true;
      case 'response.output_text.delta':
      case 'response.refusal.delta':
        show(at, 'text', event.delta);
        return true;
      case 'response.reasoning_summary_part.added':
        if (shown.has(at)) show(at, 'reasoning', '\n\n');
        return true;
      case 'response.reasoning_summary_text.delta':
      case 'response.reasoning_text.delta':
        show(at, 'reasoning', event.delta);
        return true;
      case 'response.function_call_arguments.delta':
      case 'response.custom_tool_call_input.delta':
        showCall(at, event.delta);
        return true;
      default:
        return false;
    }
  };
}

function isCall(item: Event): boolean {
  return item.type === 'function_call' || item.type === 'custom_tool_call';
}

function queryOf(item: Event): string {
  const { query, queries, url } = asRecord(item.action);
  const first = [query, Array.isArray(queries) ? queries[0] : undefined, url].find(
    (each) => typeof each === 'string',
  );
  return String(first ?? '');
}

function textOf(parts: unknown): string {
  return Array.isArray(parts) ? parts.map((part) => String(asRecord(part).text ?? '')).join('\n\n') : '';
}
