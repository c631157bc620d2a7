// What stands at the head of a docs page: what it is about, and when to read it.
import { quoted } from './foreign-text.ts';

export interface FrontMatter {
  readonly summary?: string;
  readonly readWhen: readonly string[];
  /** What is wrong with it, in the words of docs-list, whose pages these are. */
  readonly problem?: string;
}

/** Characters of a summary and of a condition, and how many conditions: they stand in one line of the model's context. */
const MOST = { summary: 300, condition: 160, conditions: 12 };

/** `head`: the first part of the page. Never throws, whatever stands there. */
export async function readFrontMatter(head: string): Promise<FrontMatter> {
  const text = head.replace(/\r\n?/g, '\n');
  if (!/^---[ \t]*\n/.test(text)) return { readWhen: [], problem: 'missing front matter' };
  const start = text.indexOf('\n') + 1;
  const end = `\n${text.slice(start)}`.search(/\n---[ \t]*(\n|$)/);
  if (end < 0) return { readWhen: [], problem: 'unterminated front matter' };
  const block = text.slice(start, start + Math.max(0, end - 1));
  const fields = await readYaml(block);
  return fields === undefined ? fromLines(block) : fromFields(fields);
}

/** Loaded where there are pages. Undefined where it is no YAML of keys and values. */
async function readYaml(block: string): Promise<Readonly<Record<string, unknown>> | undefined> {
  // CommonJS: bundled, it has a default export alone.
  const { parseDocument } = (await import('yaml')).default;
  try {
    // Aliases could make gigabytes of a few lines.
    const document = parseDocument(block, { logLevel: 'silent', stringKeys: true });
    if (document.errors.length > 0) return undefined;
    const value: unknown = document.toJS({ maxAliasCount: 0 });
    if (value === null) return {};
    return typeof value === 'object' && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

function fromFields(fields: Readonly<Record<string, unknown>>): FrontMatter {
  const { summary, read_when: conditions } = fields;
  const listed = Array.isArray(conditions) ? conditions : conditions === undefined ? [] : [conditions];
  const readWhen = listed
    .slice(0, MOST.conditions)
    .map((each) => words(each, MOST.condition))
    .filter((each) => each !== '');
  if (!('summary' in fields)) return { readWhen, problem: 'summary key missing' };
  const text = words(summary, MOST.summary);
  if (text === '') return { readWhen, problem: 'summary is empty' };
  if (readWhen.length === 0) return { summary: text, readWhen, problem: 'read_when is missing or empty' };
  return { summary: text, readWhen };
}

/** `summary: a: b` is no YAML, and what docs-list reads line by line is shown all the same. */
function fromLines(block: string): FrontMatter {
  const problem = 'broken front matter (no YAML: quote values that hold `: `)';
  const found = /^summary:[ \t]*(.*)$/m.exec(block)?.[1] ?? '';
  const summary = words(found.replace(/^(['"])(.*)\1$/, '$2'), MOST.summary);
  const list = /^read_when:[ \t]*\n((?:[ \t]*-[ \t].*(?:\n|$))*)/m.exec(block)?.[1] ?? '';
  const readWhen = list
    .split('\n')
    .slice(0, MOST.conditions)
    .map((line) => words(line.replace(/^[ \t]*-[ \t]+/, ''), MOST.condition))
    .filter((each) => each !== '');
  return summary === '' ? { readWhen, problem } : { summary, readWhen, problem };
}

function words(value: unknown, most: number): string {
  return typeof value === 'string' || typeof value === 'number' ? quoted(String(value), most) : '';
}
