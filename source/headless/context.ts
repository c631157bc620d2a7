// `hullspeed context`: what the model is given with its next request, by section, with an estimate of the tokens; as JSON
// word for word.
import type { WireTool } from '../engine/ports.ts';
import type { Context, Entry } from '../session/context.ts';
import type { StepInput, WireItem } from '../session/facts.ts';
import { IMAGE_TOKENS } from '../session/image.ts';
import { jsonLine, type Writer } from './print.ts';

export interface ContextOptions {
  readonly context: Context;
  /** What the next request adds before it says anything: a beginning where the context has none, and what is untold. */
  readonly next: { readonly instructions?: string; readonly inputs: readonly StepInput[] };
  /** hullspeed's own part of the instructions, which they begin with. */
  readonly systemPrompt: string;
  readonly tools: readonly WireTool[];
  readonly json: boolean;
  readonly stdout: Writer;
}

export interface Section {
  readonly name: string;
  readonly count: number;
  /** Estimated: the bytes of what is sent, by four. */
  readonly tokens: number;
  readonly texts: readonly string[];
}

export function printContext({ context, next, systemPrompt, tools, json, stdout }: ContextOptions): void {
  const added = next.inputs.map((input): Entry => ({ kind: 'input', seq: 0, input }));
  const begun = next.instructions === undefined;
  const instructions = context.instructions ?? next.instructions ?? systemPrompt;
  // What begins a context stands before what a compaction put back.
  const entries = begun ? [...context.entries, ...added] : [...added, ...context.entries];
  const sections = sectionsOf({ ...context, instructions, entries }, systemPrompt, tools);
  const estimated = sections.reduce((sum, section) => sum + section.tokens, 0);
  if (json) stdout.write(jsonLine({ sections, estimated, counted: context.tokens }));
  else stdout.write(table(sections, estimated, context.tokens, begun));
}

function table(sections: readonly Section[], estimated: number, counted: number, begun: boolean): string {
  const row = (name: string, count: string, tokens: string): string =>
    `${name.padEnd(22)}${count.padStart(6)}${tokens.padStart(12)}\n`;
  const number = (value: number): string => value.toLocaleString('en');
  return [
    row('section', 'count', '≈ tokens'),
    ...sections.map(({ name, count, tokens }) => row(name, number(count), number(tokens))),
    row('in all', '', number(estimated)),
    counted > 0 ? row('counted by the model', '', number(counted)) : '',
    begun ? '' : 'The next prompt begins a context: this is what it would begin with now.\n',
  ].join('');
}

function sectionsOf(
  { instructions = '', compacted, entries }: Context,
  systemPrompt: string,
  tools: readonly WireTool[],
): Section[] {
  const project = instructions.startsWith(systemPrompt)
    ? instructions.slice(systemPrompt.length)
    : instructions;
  return [
    section('system prompt', [systemPrompt]),
    section('project instructions', project.trim() === '' ? [] : [project.trim()]),
    section(
      'tools',
      tools.map((tool) => JSON.stringify(tool)),
    ),
    ...(compacted === undefined ? [] : [compactedSection(compacted)]),
    ...entrySections(entries),
  ];
}

function compactedSection({ items, summary }: NonNullable<Context['compacted']>): Section {
  const texts = [...items.map((item) => JSON.stringify(item)), ...(summary === undefined ? [] : [summary])];
  return { ...section('compacted', texts), count: 1 };
}

function section(name: string, texts: readonly string[]): Section {
  return { name, count: texts.length, tokens: texts.reduce((sum, text) => sum + tokensOf(text), 0), texts };
}

/** As long as what an image costs. */
const IMAGE = ' '.repeat(IMAGE_TOKENS * 4);

/** What the project says, what happened, what was said and done. */
const order = [
  'docs',
  'decisions',
  'cards',
  'hints',
  'notices',
  'runs',
  'prompts',
  'steers',
  'images',
  'messages',
  'reasoning',
  'calls',
  'outputs',
  'other',
];

function entrySections(entries: readonly Entry[]): Section[] {
  const parts = Map.groupBy(entries.flatMap(partsOf), ([name]) => name);
  return order.flatMap((name) => {
    const texts = parts.get(name)?.map(([, text]) => text) ?? [];
    if (texts.length === 0) return [];
    const whole = section(name, texts);
    return [name === 'images' ? { ...whole, texts: [] } : whole];
  });
}

function partsOf(entry: Entry): (readonly [name: string, text: string])[] {
  switch (entry.kind) {
    case 'input':
      return [
        [sectionOf(entry.input.kind), entry.input.text],
        ...(entry.input.images ?? []).map(() => ['images', IMAGE] as const),
      ];
    case 'output':
      return [['outputs', entry.output]];
    case 'answer':
      return entry.items.map((item) => [kindOf(item), JSON.stringify(item)]);
    default:
      return entry satisfies never;
  }
}

function sectionOf(kind: StepInput['kind']): string {
  return kind === 'decisions' || kind === 'docs' ? kind : `${kind}s`;
}

function kindOf({ type }: WireItem): string {
  if (type === 'message') return 'messages';
  if (type === 'reasoning') return 'reasoning';
  return type.endsWith('_call') ? 'calls' : 'other';
}

/** Four bytes a token: near enough for English and code, and the same on every machine. */
function tokensOf(text: string): number {
  return Math.ceil(Buffer.byteLength(text) / 4);
}
