// The project's docs pages for the model: a line a page as a context begins, what has changed of them since, and a hint
// at the page that fits what is being done.
import type { Context, Entry } from '../session/context.ts';
import type { StepInput } from '../session/facts.ts';
import { callsOf } from '../session/turn.ts';
import type { DocsPage } from './ports.ts';

/** The pages of a turn, with the words of their conditions, which are looked up between its steps. */
export type Docs = readonly (DocsPage & { readonly wanted: readonly (readonly string[])[] })[];

export function prepareDocs(pages: readonly DocsPage[]): Docs {
  return pages.map((page) => ({ ...page, wanted: page.readWhen.map(wordsOf) }));
}

/** Characters of the list: about 2,000 tokens. */
const MOST = 8_000;
/** Characters of a step that are held against the pages, and pages that one step is pointed at. */
const STEP = { characters: 8_000, hints: 2 };
const HEAD =
  'Docs pages of this project. Read the one that fits before you work on what it covers, and keep it true. New pages begin with `summary` and `read_when` front matter.';

/** '' where there are no pages. Where not all fit, those nearest to the task stand first. */
export function listDocs(pages: readonly DocsPage[], task: string): string {
  const lines = pages.map(lineOf);
  const all = lines.join('\n');
  if (pages.length === 0) return '';
  if (all.length <= MOST) return `${HEAD}\n${all}`;
  const has = vocabulary(wordsOf(task));
  const nearest = pages
    .map((page, at) => ({
      line: lines[at] ?? '',
      at,
      fit: wordsOf(textOf(page)).filter(has).length,
    }))
    .sort((a, b) => b.fit - a.fit || a.at - b.at);
  const taken = whole(nearest.map(({ line }) => line));
  return `${HEAD}\n${taken.join('\n')}\n${CUT} ${pages.length - taken.length} more: \`hullspeed docs\` lists them.`;
}

/** As many lines as there is room for. */
function whole(lines: readonly string[]): string[] {
  let room = MOST;
  const over = lines.findIndex((line) => {
    room -= line.length + 1;
    return room < 0;
  });
  return lines.slice(0, over < 0 ? lines.length : over);
}

const CUT = '- and';
const GONE = 'is gone.';

/** What is not as it was told; '' where nothing is. */
export function changedDocs(context: Context, pages: readonly DocsPage[]): string {
  const told = toldLines(context);
  if (told === undefined) return '';
  const now = new Map(pages.map((page) => [page.path, lineOf(page)]));
  const news = [...now].flatMap(([path, line]) => {
    const before = told.lines.get(path);
    return before === line || (before === undefined && told.cut) ? [] : [line];
  });
  const gone = [...told.lines].flatMap(([path, line]) =>
    now.has(path) || line.endsWith(GONE) ? [] : [`- ${path}: ${GONE}`],
  );
  // What has no room now is told with the next turn.
  const all = whole([...news, ...gone]);
  return all.length === 0 ? '' : `Docs pages that have changed:\n${all.join('\n')}`;
}

/** The lines that a context has, by path; `cut`: they were not all. Undefined: it has none of them. */
function toldLines({ entries }: Context): { lines: ReadonlyMap<string, string>; cut: boolean } | undefined {
  const texts = entries.flatMap((entry) =>
    entry.kind === 'input' && entry.input.kind === 'docs' ? [entry.input.text] : [],
  );
  if (texts.length === 0) return undefined;
  const all = texts.flatMap((text) => text.split('\n').filter((line) => line.startsWith('- ')));
  const lines = all.filter((line) => !line.startsWith(CUT));
  return {
    lines: new Map(lines.map((line) => [/^- (.*?\.md)(?=: |$)/i.exec(line)?.[1] ?? line, line])),
    cut: lines.length < all.length,
  };
}

/** Pages whose `read_when` fits the step that begins: each once in a context, and none that the model has read. */
export function hintAtDocs(context: Context, pages: Docs, inputs: readonly StepInput[]): StepInput[] {
  const last = context.entries.findLast((entry) => entry.kind === 'answer');
  const said = inputs.filter(({ kind }) => kind === 'prompt' || kind === 'steer').map(({ text }) => text);
  const step = [...said, ...(last === undefined ? [] : argumentsOf(last))]
    .join('\n')
    .slice(0, STEP.characters);
  const has = vocabulary(wordsOf(step));
  const fitting = pages.filter(({ wanted }) => wanted.some((condition) => fits(condition, has)));
  if (fitting.length === 0) return [];
  const known = context.entries.flatMap((entry) =>
    entry.kind === 'answer' ? argumentsOf(entry) : hintsOf(entry),
  );
  return fitting
    .filter(({ path }) => !known.some((text) => text.includes(path)))
    .slice(0, STEP.hints)
    .map((page) => ({ kind: 'hint', text: `${page.path} may help here: ${page.readWhen.join('; ')}` }));
}

function argumentsOf(entry: Entry): string[] {
  return entry.kind === 'answer' ? callsOf(entry.items).map(({ argument }) => argument) : [];
}

function hintsOf(entry: Entry): string[] {
  return entry.kind === 'input' && entry.input.kind === 'hint' ? [entry.input.text] : [];
}

function lineOf({ path, summary = '', readWhen }: DocsPage): string {
  const when = readWhen.length === 0 ? '' : ` (read when: ${readWhen.join('; ')})`;
  return summary === '' && when === '' ? `- ${path}` : `- ${path}: ${summary}${when}`;
}

function textOf({ path, summary = '', readWhen }: DocsPage): string {
  return [path, summary, ...readWhen].join(' ');
}

/** Words that say nothing of a subject. */
const EMPTY = new Set(
  'about added adding after again another anything before being change changed changes changing does each else file files first from have into more moved need needs other over project should some something somewhere than that their them then there these they thing this those time under what when where which while will with without work working works would your'.split(
    ' ',
  ),
);

/** Lower case, of four letters and more. */
function wordsOf(text: string): string[] {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]{4,}/gu) ?? [];
  return [...new Set(words)].filter((word) => !EMPTY.has(word));
}

/** Most of a condition's words, and at least two, or the one long word that it has. */
function fits(wanted: readonly string[], has: (word: string) => boolean): boolean {
  const found = wanted.filter(has).length;
  if (wanted.length === 1) return found === 1 && (wanted[0] ?? '').length >= 6;
  return found >= Math.max(2, Math.ceil(wanted.length * 0.6));
}

/** Letters by which words that may be forms of one another are found. */
const START = 5;

/** Whether a word is among these, also in another form: `snapshot` and `snapshots`, `release` and `releasing`. */
function vocabulary(words: readonly string[]): (word: string) => boolean {
  const exact = new Set(words);
  const alike = Map.groupBy(words, (word) => word.slice(0, START));
  return (word) =>
    exact.has(word) ||
    (word.length >= START && alike.get(word.slice(0, START))?.some((each) => sameStem(each, word)) === true);
}

function sameStem(a: string, b: string): boolean {
  const stem = Math.max(START, Math.min(a.length, b.length) - 1);
  return Math.abs(a.length - b.length) <= 3 && a.slice(0, stem) === b.slice(0, stem);
}
