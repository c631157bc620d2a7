// What people read: prompts, answers, calls and quiet rows, in order, bounded to a window.
// Older items are made by the same reducer from older events of the journal.

import type { Recorded } from './events.ts';
import type {
  CallOutcome,
  DependencyChange,
  FileChange,
  Kept,
  Outcome,
  TimeSplit,
  Usage,
  WireItem,
} from './facts.ts';
import { addUsage, noUsage } from './pace.ts';
import { callsOf } from './turn.ts';

export type Item =
  | {
      readonly kind: 'prompt';
      readonly seq: number;
      readonly at: number;
      readonly text: string;
      readonly images: number;
      readonly steer: boolean;
    }
  /** The model's words of one step; `reasoning` is the summary that the provider gives. */
  | { readonly kind: 'answer'; readonly seq: number; readonly text: string; readonly reasoning: string }
  | CallItem
  | {
      readonly kind: 'search';
      readonly seq: number;
      readonly query: string;
      readonly sources: readonly string[];
    }
  | {
      readonly kind: 'notice';
      readonly seq: number;
      readonly level: 'info' | 'warning' | 'error';
      readonly text: string;
      /** What a command changed of dependencies, where that is what it says. */
      readonly dependencies?: readonly DependencyChange[];
    }
  | {
      readonly kind: 'retry';
      readonly seq: number;
      readonly at: number;
      readonly reason: string;
      readonly inMs: number;
      readonly text: string;
    }
  | { readonly kind: 'commit'; readonly seq: number; readonly sha: string; readonly subject: string }
  | {
      readonly kind: 'reference';
      readonly seq: number;
      readonly name: string;
      /** Of its card; absent: it was removed. */
      readonly tokens?: number;
      readonly said?: string;
    }
  | { readonly kind: 'compaction'; readonly seq: number; readonly by: string; readonly before: number }
  | {
      readonly kind: 'end';
      readonly seq: number;
      readonly outcome: Outcome;
      readonly reason?: string;
      readonly time?: TimeSplit;
      readonly usage?: Usage;
    };

export interface CallItem {
  readonly kind: 'call';
  /** Of the step that asked for it. */
  readonly seq: number;
  readonly call: string;
  readonly name: string;
  /** As the model wrote it: JSON, or the patch itself. */
  readonly argument: string;
  /** `waiting` until it starts. */
  readonly status: 'waiting' | 'running' | CallOutcome;
  /** Head and tail of what the model was shown, for the folded view; the journal has all of it. */
  readonly output: string;
  readonly ms?: number;
  readonly exit?: number;
  readonly kept?: Kept;
  /** Blob id of all that was printed, where the model was shown less. */
  readonly whole?: string;
  readonly changes?: readonly FileChange[];
  /** What its patch changed of dependencies. */
  readonly dependencies?: readonly DependencyChange[];
  /** It went on in the background under this id. */
  readonly session?: number;
}

export interface Conversation {
  readonly items: readonly Item[];
  /** Events before this seq are not among the items; 0: all are there. */
  readonly from: number;
  /** Of the running turn so far; absent where its start is not among the events. */
  readonly usage?: Usage;
}

const WINDOW = 400;
const SHOWN_OUTPUT = 4_000;
export const emptyConversation: Conversation = { items: [], from: 0 };

export function reduceConversation(before: Conversation, event: Recorded): Conversation {
  const conversation = spend(before, event);
  const items = itemsOf(event, conversation.usage);
  if (items.length > 0) return bounded({ ...conversation, items: [...conversation.items, ...items] });
  if (event.type === 'call.started')
    return change(conversation, event.call, (item) => ({ ...item, status: 'running' }));
  if (event.type === 'call.finished')
    return change(conversation, event.call, (item) => finished(item, event));
  return conversation;
}

/** What the turn has cost so far. */
function spend(conversation: Conversation, event: Recorded): Conversation {
  if (event.type === 'turn.started') return { ...conversation, usage: noUsage };
  const paid = event.type === 'step.finished' || event.type === 'context.compacted' ? event.usage : undefined;
  if (paid === undefined || conversation.usage === undefined) return conversation;
  return { ...conversation, usage: addUsage(conversation.usage, paid) };
}

/** The new rows that an event brings; `usage` is the turn's. */
function itemsOf(event: Recorded, usage: Usage | undefined): Item[] {
  const { seq, at } = event;
  switch (event.type) {
    case 'prompt.accepted':
      return [{ kind: 'prompt', seq, at, text: event.text, images: event.images?.length ?? 0, steer: false }];
    case 'step.started':
      return event.inputs
        .filter((input) => input.kind === 'steer')
        .map((input) => ({
          kind: 'prompt',
          seq,
          at,
          text: input.text,
          images: input.images?.length ?? 0,
          steer: true,
        }));
    case 'step.finished':
      return answerItems(seq, event.items);
    case 'step.failed':
      return failedItems(event);
    case 'commit.created':
      return [{ kind: 'commit', seq, sha: event.sha, subject: event.subject }];
    case 'reference.added': {
      const { name, tokens, said } = event;
      return [{ kind: 'reference', seq, name, tokens, ...(said && { said }) }];
    }
    case 'reference.removed':
      return [{ kind: 'reference', seq, name: event.name }];
    case 'context.compacted':
      return [{ kind: 'compaction', seq, by: event.by, before: event.before }];
    case 'notice.raised':
      return noticeItems(event);
    case 'turn.ended': {
      const optional = {
        ...(event.reason && { reason: event.reason }),
        ...(event.time && { time: event.time }),
        ...(usage && { usage }),
      };
      return [{ kind: 'end', seq, outcome: event.outcome, ...optional }];
    }
    default:
      return [];
  }
}

function noticeItems({ seq, level, text, about }: Recorded & { type: 'notice.raised' }): Item[] {
  if (text === '') return [];
  const dependencies = about?.kind === 'dependencies' && { dependencies: about.changes };
  return [{ kind: 'notice', seq, level, text, ...dependencies }];
}

/** Where no other request follows, the end of the turn says why; what people have read of the answer stays. */
function failedItems({ seq, at, reason, text, retryInMs }: Recorded & { type: 'step.failed' }): Item[] {
  if (retryInMs !== undefined) return [{ kind: 'retry', seq, at, reason, inMs: retryInMs, text }];
  return text === '' ? [] : [{ kind: 'answer', seq, text, reasoning: '' }];
}

function answerItems(seq: number, wire: readonly WireItem[]): Item[] {
  const items: Item[] = [];
  const reasoning = wire
    .filter((item) => item.type === 'reasoning')
    .flatMap((item) => texts(item.summary))
    .join('\n\n');
  const text = wire
    .filter((item) => item.type === 'message')
    .flatMap((item) => texts(item.content))
    .join('\n\n');
  if (text !== '' || reasoning !== '') items.push({ kind: 'answer', seq, text, reasoning });
  for (const item of wire) {
    if (item.type === 'web_search_call') items.push({ kind: 'search', seq, ...search(item) });
  }
  for (const call of callsOf(wire)) {
    items.push({
      kind: 'call',
      seq,
      call: call.id,
      name: call.name,
      argument: call.argument,
      status: 'waiting',
      output: '',
    });
  }
  return items;
}

/** The `text` of each part of a message's content or a reasoning item's summary. */
export function texts(parts: unknown): string[] {
  if (!Array.isArray(parts)) return [];
  return parts.flatMap((part: unknown) => {
    const { text, refusal } = (part ?? {}) as { text?: unknown; refusal?: unknown };
    return typeof text === 'string' ? [text] : typeof refusal === 'string' ? [refusal] : [];
  });
}

function search(item: WireItem): { query: string; sources: string[] } {
  const action = (item.action ?? {}) as {
    query?: unknown;
    queries?: unknown;
    url?: unknown;
    pattern?: unknown;
    sources?: unknown;
  };
  const queries = Array.isArray(action.queries)
    ? action.queries.filter((each) => typeof each === 'string').join(' · ')
    : '';
  const query = [action.query, queries, action.url, action.pattern].find(
    (each) => typeof each === 'string' && each !== '',
  );
  const sources = Array.isArray(action.sources) ? action.sources : [];
  return {
    query: typeof query === 'string' ? query : '',
    sources: sources.flatMap((source: { url?: unknown } | null) =>
      typeof source?.url === 'string' ? [source.url] : [],
    ),
  };
}

function change(
  conversation: Conversation,
  call: string,
  update: (item: CallItem) => CallItem,
): Conversation {
  const at = conversation.items.findLastIndex((item) => item.kind === 'call' && item.call === call);
  const item = conversation.items[at];
  if (item?.kind !== 'call') return conversation;
  return { ...conversation, items: conversation.items.with(at, update(item)) };
}

function finished(item: CallItem, event: Recorded & { type: 'call.finished' }): CallItem {
  const { outcome, ms, exit, kept, whole, changes, dependencies, session } = event;
  const optional = {
    ...(exit !== undefined && { exit }),
    ...(kept && { kept }),
    ...(whole !== undefined && { whole }),
    ...(changes && { changes }),
    ...(dependencies && { dependencies }),
    ...(session !== undefined && { session }),
  };
  return { ...item, status: outcome, output: shortened(event.output), ms, ...optional };
}

function shortened(text: string): string {
  if (text.length <= SHOWN_OUTPUT) return text;
  return `${text.slice(0, SHOWN_OUTPUT / 2)}\n…\n${text.slice(-SHOWN_OUTPUT / 2)}`;
}

function bounded(conversation: Conversation): Conversation {
  if (conversation.items.length <= WINDOW * 1.25) return conversation;
  const items = conversation.items.slice(-WINDOW);
  return { ...conversation, items, from: items[0]?.seq ?? 0 };
}
