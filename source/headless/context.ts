// `hullspeed context`: what the model is given with its next request, by section, with an estimate of the tokens.
import type { WireTool } from '../engine/ports.ts';
import type { Context, Entry } from '../session/context.ts';
import type { StepInput, WireItem } from '../session/facts.ts';
import { IMAGE_TOKENS } from '../session/image.ts';
import { jsonLine, type Writer } from './print.ts';

export interface ContextOptions {
  readonly context: Context;
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
}

export function printContext({ context, systemPrompt, tools, json, stdout }: ContextOptions): void {
  const sections = sectionsOf(context, systemPrompt, tools);
  const estimated = sections.reduce((sum, section) => sum + section.tokens, 0);
  if (json) stdout.write(jsonLine({ sections, estimated, counted: context.tokens }));
  else stdout.write(table(sections, estimated, context));
}

function table(sections: readonly Section[], estimated: number, context: Context): string {
  const row = (name: string, count: string, tokens: string): string =>
    `${name.padEnd(22)}${count.padStart(6)}${tokens.padStart(12)}\n`;
  const number = (value: number): string => value.toLocaleString('en');
  return [
    row('section', 'count', '≈ tokens'),
    ...sections.map(({ name, count, tokens }) => row(name, number(count), number(tokens))),
    row('in all', '', number(estimated)),
    context.tokens > 0 ? row('counted by the model', '', number(context.tokens)) : '',
    context.instructions === undefined
      ? 'The project instructions (AGENTS.md) are read with the first prompt.\n'
      : '',
  ].join('');
}

function sectionsOf(context: Context, systemPrompt: string, tools: readonly WireTool[]): Section[] {
  const instructions = context.instructions ?? systemPrompt;
  const project = instructions.startsWith(systemPrompt)
    ? instructions.slice(systemPrompt.length)
    : instructions;
  const sections: Section[] = [
    { name: 'system prompt', count: 1, tokens: tokensOf(systemPrompt) },
    { name: 'project instructions', count: project.trim() === '' ? 0 : 1, tokens: tokensOf(project) },
    { name: 'tools', count: tools.length, tokens: tokensOf(JSON.stringify(tools)) },
  ];
  if (context.compacted !== undefined) {
    const { items, summary = '' } = context.compacted;
    sections.push({
      name: 'compacted',
      count: 1,
      tokens: tokensOf(summary) + tokensOf(JSON.stringify(items)),
    });
  }
  return [...sections, ...entrySections(context.entries)];
}

/** As long as what an image costs. */
const IMAGE = ' '.repeat(IMAGE_TOKENS * 4);

const order = [
  'prompts',
  'images',
  'steers',
  'notices',
  'runs',
  'cards',
  'hints',
  'docs',
  'decisions',
  'messages',
  'reasoning',
  'calls',
  'outputs',
  'other',
];

function entrySections(entries: readonly Entry[]): Section[] {
  const sections = new Map<string, Section>();
  for (const [name, text] of entries.flatMap(partsOf)) {
    const { count, tokens } = sections.get(name) ?? { count: 0, tokens: 0 };
    sections.set(name, { name, count: count + 1, tokens: tokens + tokensOf(text) });
  }
  return order.flatMap((name) => sections.get(name) ?? []);
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
