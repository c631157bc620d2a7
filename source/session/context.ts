// What the model is given: everything since the last compaction, in the order in which it happened.
// `engine/context.ts` turns it into a request and needs nothing else (rule 1).
import type { Recorded } from './events.ts';
import type { StepInput, Usage, WireItem } from './facts.ts';
import { type Call, callsOf } from './turn.ts';

export type Entry =
  | { readonly kind: 'input'; readonly seq: number; readonly input: StepInput }
  | {
      readonly kind: 'answer';
      readonly seq: number;
      readonly items: readonly WireItem[];
      readonly model: string;
      readonly host: string;
    }
  | {
      readonly kind: 'output';
      readonly seq: number;
      readonly call: string;
      readonly output: string;
      readonly images?: readonly string[];
    };

export interface Context {
  /** Fixed when the context began; absent: the next step begins one. */
  readonly instructions?: string;
  /** What stands for the entries that a compaction dropped. */
  readonly compacted?: {
    readonly items: readonly WireItem[];
    readonly summary?: string;
    /** Whose `items` they are: the provider's own compaction is for its eyes alone. */
    readonly model?: string;
    readonly host?: string;
  };
  readonly entries: readonly Entry[];
  /** Tokens of the last request and its answer: what the next one starts with. */
  readonly tokens: number;
  /** Whether a step has finished since the last compaction: without one there is no second compaction. */
  readonly fresh: boolean;
  /** Answers before this seq go without their reasoning: the provider refused it (rule 20). */
  readonly reasoningFrom?: number;
  /** Inputs before this seq go without their images: the server refused them. */
  readonly imagesFrom?: number;
  readonly ledger: Ledger;
}

/** What outlives compactions, newest last. */
export interface Ledger {
  /** Paths that patches wrote, and those that commands named. */
  readonly changed: readonly string[];
  readonly named: readonly string[];
  /** The person's last words, by the seq of the step that brought them. */
  readonly said: readonly { readonly seq: number; readonly text: string }[];
}

const emptyLedger: Ledger = { changed: [], named: [], said: [] };
export const emptyContext: Context = { entries: [], tokens: 0, fresh: true, ledger: emptyLedger };

/** How many of the person's words the ledger holds, and how long each may be (characters; about 1,000 tokens). */
const SAID = { count: 8, characters: 4_000 };

/** How many paths of each kind the ledger holds: about 2,000 tokens in all. */
const LEDGER = 80;

export function reduceContext(context: Context, event: Recorded): Context {
  switch (event.type) {
    case 'step.started': {
      const added = event.inputs.map((input): Entry => ({ kind: 'input', seq: event.seq, input }));
      const instructions = event.begins?.instructions ?? context.instructions;
      return {
        ...context,
        ...(instructions === undefined ? {} : { instructions }),
        entries: [...context.entries, ...added],
        ledger: { ...context.ledger, said: [...context.ledger.said, ...saidIn(event)].slice(-SAID.count) },
      };
    }
    case 'step.finished': {
      const { seq, items, model, host } = event;
      const entries: Entry[] = [...context.entries, { kind: 'answer', seq, items, model, host }];
      const named = newest(context.ledger.named, callsOf(items).flatMap(pathsNamed));
      return {
        ...context,
        entries,
        tokens: size(event.usage, context.tokens),
        fresh: true,
        ledger: { ...context.ledger, named },
      };
    }
    case 'step.failed':
      return refused(context, event);
    case 'call.finished': {
      const { seq, call, output, images, changes = [] } = event;
      const changed = newest(
        context.ledger.changed,
        changes.map((change) => change.path),
      );
      return {
        ...context,
        entries: [...context.entries, { kind: 'output', seq, call, output, ...(images && { images }) }],
        ledger: { ...context.ledger, changed },
      };
    }
    case 'context.compacted':
      return compact(context, event);
    default:
      return context;
  }
}

/** What a provider does not take is left out from then on. */
function refused(context: Context, { code, seq }: Recorded & { type: 'step.failed' }): Context {
  if (code === 'reasoning') return { ...context, reasoningFrom: seq };
  return code === 'images' ? { ...context, imagesFrom: seq } : context;
}

/** A provider that reports no usage leaves the size as it was. */
function size(usage: Usage, before: number): number {
  return usage.input + usage.output || before;
}

function saidIn(event: Recorded & { type: 'step.started' }): Ledger['said'] {
  const { seq, inputs } = event;
  const said = inputs.filter((input) => input.kind === 'prompt' || input.kind === 'steer');
  return said.map(({ text }) => ({
    seq,
    text: text.length > SAID.characters ? `${text.slice(0, SAID.characters)} …` : text,
  }));
}

function newest(paths: readonly string[], more: readonly string[]): readonly string[] {
  if (more.length === 0) return paths;
  return [...paths.filter((path) => !more.includes(path)), ...new Set(more)].slice(-LEDGER);
}

/** Words of a command that look like files: a hint for after a compaction, not a fact. */
function pathsNamed(call: Call): string[] {
  if (call.name !== 'exec_command') return [];
  const words = call.argument.slice(0, 2_000).match(/[\w@./-]*[\w-]\.[A-Za-z]\w{0,5}\b/g) ?? [];
  return words.filter((word) => !word.startsWith('-') && word.length < 120).slice(0, 8);
}

function compact(context: Context, event: Recorded & { type: 'context.compacted' }): Context {
  if (event.by === 'cut') {
    const cut = new Map(event.cut?.map((each) => [each.call, each.output]));
    const shorten = (entry: Entry): Entry =>
      entry.kind === 'output' ? { ...entry, output: cut.get(entry.call) ?? entry.output } : entry;
    return { ...context, entries: context.entries.map(shorten), fresh: false };
  }
  const carried = event.carry.map((input): Entry => ({ kind: 'input', seq: event.seq, input }));
  const kept = context.entries.filter((entry) => entry.seq >= event.keepFrom);
  if (event.by === 'new') return { ...emptyContext, entries: carried };
  const summary = event.summary === undefined ? {} : { summary: event.summary };
  const owner = event.items ? { model: event.model, host: event.host } : {};
  const compacted = { items: event.items ?? [], ...summary, ...owner };
  // What was refused of the running turn would be refused again.
  const { reasoningFrom, imagesFrom, ledger } = context;
  const refusals = {
    ...(reasoningFrom !== undefined && { reasoningFrom }),
    ...(imagesFrom !== undefined && { imagesFrom }),
  };
  return { compacted, entries: [...carried, ...kept], tokens: 0, fresh: false, ledger, ...refusals };
}
